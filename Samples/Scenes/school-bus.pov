// A school bus on a road. Objects: 1 bus.
#include "common.inc"
#include "Objects/school-bus.inc"
#include "Objects/tree.inc"

Camera(<-11.5, 3.4, -13>, <-0.2, 1.7, 0>, 35)
DaySky(0.5)
#if (!Mask)
  light_source { <-500, 500, -450> rgb <1.5, 1.42, 1.28> }
#end
FillLight(<300, 300, -300>, rgb <0.12, 0.16, 0.22>)

plane { y, 0 Paint(Grass) }
box {
  <-200, -1, -4.5>, <200, 0.01, 3.2>
  Paint(texture {
    pigment { granite color_map { [0 rgb 0.10] [1 rgb 0.19] } scale 2 }
    normal { granite 0.2 scale 0.2 }
    finish { diffuse 0.85 }
  })
}
box { <-200, 0, 3.2>, <200, 0.12, 5> Paint(Matte(rgb 0.42, 0.1, 0.2)) }
box { <-200, 0, -2.6>, <200, 0.02, -2.45> Paint(Matte(rgb 0.6, 0.1, 0.2)) }
#for (Number, 0, 9)
  object { Tree(Number) rotate y * 77 * Number scale 0.9 + 0.05 * mod(Number * 3, 5) translate <-16 + 5 * Number, 0, 9 + 2 * mod(Number * 7, 3)> }
#end

#declare Subject = 1;
object { SchoolBus() }
