// A cup of espresso. Objects: 1 cup (with its saucer).
#include "common.inc"
#include "Objects/cup.inc"

Camera(<-1.3, 5.4, -5.2>, <0.05, 0.55, 0.05>, 36)
SoftLight(<-6, 8, 3>, rgb <1.35, 1.22, 1.05>, 4)
FillLight(<5, 6, -6>, rgb <0.30, 0.29, 0.28>)
plane { y, 0 Paint(texture { Wood scale 1.6 rotate y * 20 }) }
// A spoon.
union {
  sphere { 0, 1 scale <0.42, 0.08, 0.28> }
  sphere_sweep { cubic_spline 4, <0.3, 0, 0>, 0.05, <0.4, 0.02, 0>, 0.05, <2.2, 0.12, 0>, 0.07, <2.4, 0.12, 0>, 0.07 }
  Paint(texture { pigment { rgb 0.55 } finish { diffuse 0.4 specular 0.8 roughness 0.01 reflection 0.45 metallic } })
  rotate y * 65 translate <-2.3, 0.1, 0.9>
}

#declare Subject = 1;
object { EspressoCup() rotate y * 28 }
