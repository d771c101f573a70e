// One ladybug on a leaf. Objects: 1 ladybug.
#include "common.inc"
#include "Objects/ladybug.inc"
#include "Objects/leaf.inc"

Camera(<-2.6, 5.2, -6.2>, <0.1, 0.35, -0.05>, 33)
SoftLight(<-9, 14, -6>, rgb <1.5, 1.42, 1.25>, 5)
FillLight(<8, 6, -9>, rgb <0.16, 0.2, 0.24>)
SoftBackground(16, rgb <0.03, 0.09, 0.01>, rgb <0.10, 0.24, 0.03>, rgb <0.35, 0.48, 0.12>, 6)

object { Leaf(<0.11, 0.25, 0.035>) scale <7, 4, 6.2> rotate y * 58 translate <0.3, -0.02, 0.2> }
object { Leaf(<0.05, 0.14, 0.02>) scale <6, 5, 7> rotate <8, -40, 12> translate <-3, -3, 4> }
object { Leaf(<0.07, 0.18, 0.03>) scale <5, 5, 7> rotate <-10, 100, -10> translate <4, -4, 6> }

#declare Subject = 1;
object { Ladybug() rotate y * 38 }
