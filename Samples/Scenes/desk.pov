// A small ladybug on a crowded desk. Objects: 1 ladybug.
#include "common.inc"
#include "Objects/ladybug.inc"
#include "Objects/desk.inc"

Camera(<-2, 12, -11>, <0.3, 0.4, -0.1>, 33)
SoftLight(<-9, 13, 4>, rgb <1.35, 1.27, 1.14>, 6)
FillLight(<7, 9, -8>, rgb <0.26, 0.26, 0.27>)
plane { y, 0 Paint(texture { Wood scale 2 rotate y * 8 }) }

union { Book(<3.2, 0.5, 4.4>, <0.05, 0.14, 0.26>) rotate y * 14 translate <-5.9, 0, 0.3> }
union { Book(<2.8, 0.4, 3.9>, <0.36, 0.05, 0.04>) rotate y * -9 translate <-5.6, 0.5, 0.9> }
union { Book(<3.4, 0.55, 4.6>, <0.07, 0.20, 0.09>) rotate y * 38 translate <2.3, 0, 3.3> }
union { Book(<2.6, 0.35, 3.6>, <0.50, 0.36, 0.08>) rotate y * 70 translate <-3.9, 0, -3.1> }
// Sheets of paper.
#for (Sheet, 0, 3)
  box { <-1.6, 0, -2.2>, <1.6, 0.012, 2.2> rotate y * (25 * Sheet - 55) translate <2.2 - 0.4 * Sheet, 0.014 * Sheet, -1.2>
    Paint(Matte(rgb 0.62, 0.02, 0.5)) }
#end
#for (Line, 0, 13)
  box { <-1.25, 0.056, -0.02>, <0.9 + 0.35 * sin(Line * 5), 0.06, 0.02> translate z * (1.8 - 0.27 * Line) rotate y * 20 translate <1.0, 0, -1.2>
    Paint(Matte(rgb 0.08, 0.02, 0.5)) }
#end
object { Pencil(3.4, <0.55, 0.35, 0.02>) rotate y * 35 translate <0.8, 0.06, -3.9> }
object { Pencil(3.0, <0.04, 0.22, 0.12>) rotate y * -20 translate <1.2, 0.06, -1.1> }
object { Pencil(3.2, <0.45, 0.03, 0.03>) rotate y * 80 translate <-1.9, 0, 2.2> }
object { Die(<0.75, 0.74, 0.7>, <0.02, 0.02, 0.02>) scale 0.28 rotate y * 25 translate <-1.9, 0.28, -1.9> }
object { Die(<0.04, 0.12, 0.40>, <0.75, 0.75, 0.7>) scale 0.28 rotate y * 60 translate <-2.7, 0.28, -1.3> }
// A jar of pens.
difference {
  cylinder { <0, 0, 0>, <0, 1.9, 0>, 0.8 }
  cylinder { <0, 0.1, 0>, <0, 2, 0>, 0.72 }
  Paint(Matte(rgb <0.09, 0.10, 0.12>, 0.1, 0.3))
  translate <-1.7, 0, 4.6>
}
#for (Pen, 0, 4)
  object { Pencil(3.2, <0.1 + 0.15 * Pen, 0.1 + 0.1 * mod(Pen * 3, 5), 0.5 - 0.11 * Pen>) rotate z * (76 + 5 * Pen) rotate y * 77 * Pen translate <-1.7 + 0.2 * Pen - 0.4, 0.2, 4.6> }
#end
// An eraser and a paper clip or two.
superellipsoid { <0.2, 0.2> scale <0.5, 0.2, 0.25> rotate y * -30 translate <4.4, 0.2, 0.9> Paint(Matte(rgb <0.62, 0.25, 0.28>, 0.1, 0.2)) }
#for (Clip, 0, 3)
  torus { 0.16, 0.03 scale <1.8, 1, 1> rotate y * 50 * Clip translate <-0.6 + 0.45 * Clip, 0.04, -4.6 + 0.3 * mod(Clip, 2)>
    Paint(texture { pigment { rgb 0.5 } finish { diffuse 0.4 specular 0.7 reflection 0.3 metallic } }) }
#end

#declare Subject = 1;
object { Ladybug() scale 0.5 rotate y * 55 translate <0.75, 0.06, 0.2> }
