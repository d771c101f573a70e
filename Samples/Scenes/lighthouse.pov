// A lighthouse on a rocky shore; taller than wide. Objects: 1 lighthouse.
#include "common.inc"
#include "Objects/lighthouse.inc"

Camera(<-9, 2.2, -21>, <0.3, 4.6, 0>, 34)
DaySky(0.75)
#if (!Mask)
  light_source { <-400, 350, -500> rgb <1.55, 1.45, 1.25> }
#end
FillLight(<300, 300, -100>, rgb <0.12, 0.17, 0.24>)

plane {
  y, -1.2
  Paint(texture {
    pigment { rgb <0.02, 0.07, 0.11> }
    normal { granite 0.35 scale <9, 1, 4> }
    finish { diffuse 0.6 specular 0.5 roughness 0.02 reflection { 0.05, 0.7 fresnel on } conserve_energy }
  })
  #if (!Mask) interior { ior 1.33 } #end
}

#declare Rock = texture {
  pigment {
    granite
    color_map { [0 rgb <0.11, 0.09, 0.075>] [0.6 rgb <0.30, 0.26, 0.21>] [1 rgb <0.42, 0.38, 0.32>] }
    scale 1.7
  }
  normal { granite 0.8 scale 0.8 }
  finish { diffuse 0.85 }
}
#declare Numbers = seed(11);
blob {
  threshold 0.55
  #for (Stone, 0, 110)
    #local Angle = 360 * rand(Numbers);
    #local Out = 5.8 * sqrt(rand(Numbers));
    sphere {
      0, 1.1 + 0.9 * rand(Numbers), 1
      scale <1, 0.55 + 0.5 * rand(Numbers), 1>
      translate vrotate(<Out, -0.6 - 0.14 * Out - 0.5 * rand(Numbers), 0>, y * Angle)
    }
  #end
  Paint(Rock)
}
// The keeper's house.
union {
  box { <-1.3, -1, -1>, <1.3, 1.15, 1> Paint(LighthouseWall(<0.82, 0.80, 0.76>)) }
  prism { linear_sweep -1.45, 1.45, 4, <-1.15, 0>, <0, 0.95>, <1.15, 0>, <-1.15, 0>
    rotate <-90, 0, 0> rotate y * 90 translate y * 1.1 Paint(LighthouseWall(<0.36, 0.08, 0.05>)) }
  box { <-0.2, 0.2, -1.02>, <0.25, 0.75, 1> Paint(Glossy(rgb 0.02)) }
  translate <3.3, 0.1, 0.6>
}

#declare Subject = 1;
object { Lighthouse() rotate y * 25 }
