// A suspension bridge over a strait; wider than tall. Objects: 1 bridge.
#include "common.inc"
#include "Objects/bridge.inc"

Camera(<-16, 0, -17.5>, <-5, 4.9, 0>, 60)
DaySky(0.6)
#if (!Mask)
  light_source { <-300, 320, -500> rgb <1.5, 1.38, 1.18> }
#end
FillLight(<300, 200, -300>, rgb <0.12, 0.16, 0.24>)

plane {
  y, -2
  Paint(texture {
    pigment { rgb <0.02, 0.075, 0.10> }
    normal { granite 0.3 scale <6, 1, 3> }
    finish { diffuse 0.6 specular 0.5 roughness 0.02 reflection { 0.05, 0.7 fresnel on } conserve_energy }
  })
  #if (!Mask) interior { ior 1.33 } #end
}
#declare Hills = texture {
  pigment {
    granite
    color_map { [0 rgb <0.05, 0.075, 0.04>] [0.6 rgb <0.13, 0.16, 0.09>] [1 rgb <0.27, 0.26, 0.16>] }
    scale 8
  }
  normal { granite 0.7 scale 4 }
  finish { diffuse 0.75 emission <0.03, 0.045, 0.065> }
}
#declare Numbers = seed(4);
blob {
  threshold 0.5
  #for (Hill, 0, 40)
    sphere { <-70 + 3.6 * Hill, -3, 42 + 12 * rand(Numbers)>, 9 + 6 * rand(Numbers), 1 scale <1, 0.75, 1> }
  #end
  Paint(Hills)
}
blob {
  threshold 0.5
  #for (Hill, 0, 14)
    sphere { <27 + 2.5 * Hill, -3, 1 + 8 * rand(Numbers)>, 5 + 4 * rand(Numbers), 1 }
  #end
  Paint(Hills)
}

#declare Subject = 1;
object { SuspensionBridge() }
