// A school bus on a coast road, a lighthouse behind it. Objects: 1 bus, 2 lighthouse.
#include "common.inc"
#include "Objects/school-bus.inc"
#include "Objects/lighthouse.inc"

Camera(<-13, 4.4, -23>, <2.0, 4.7, 0>, 38)
DaySky(0.6)
#if (!Mask)
  light_source { <-400, 420, -450> rgb <1.5, 1.42, 1.26> }
#end
FillLight(<300, 300, -300>, rgb <0.12, 0.16, 0.22>)

plane {
  y, -1.5
  Paint(texture {
    pigment { rgb <0.02, 0.07, 0.11> }
    normal { granite 0.35 scale <9, 1, 4> }
    finish { diffuse 0.6 specular 0.5 roughness 0.02 reflection { 0.05, 0.7 fresnel on } conserve_energy }
  })
  #if (!Mask) interior { ior 1.33 } #end
}
box { <-200, -4, -60>, <200, 0, 2> Paint(Grass) }
box {
  <-200, -1, -7.2>, <200, 0.02, -1.2>
  Paint(texture {
    pigment { granite color_map { [0 rgb 0.10] [1 rgb 0.19] } scale 2 }
    normal { granite 0.2 scale 0.2 }
    finish { diffuse 0.85 }
  })
}
// The headland that the lighthouse stands on.
#declare Numbers = seed(21);
blob {
  threshold 0.5
  #for (Stone, 0, 60)
    sphere { <9.5 + 7 * rand(Numbers), -1.5 + 0.9 * rand(Numbers), 2.5 + 6 * rand(Numbers)>, 1.3 + rand(Numbers), 1 }
  #end
  Paint(Grass)
}

#declare Subject = 1;
object { SchoolBus() translate <-2.4, 0, -4> }
#declare Subject = 2;
object { Lighthouse() rotate y * 25 scale 1.2 translate <13.2, -0.3, 5.5> }
