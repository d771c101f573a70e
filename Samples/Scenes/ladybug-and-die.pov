// A ladybug beside a red die with black pips, which is as red and as spotted. Objects: 1 ladybug, 2 die.
#include "common.inc"
#include "Objects/ladybug.inc"
#include "Objects/leaf.inc"
#include "Objects/desk.inc"

Camera(<-1.6, 5.6, -8.2>, <0.05, 0.45, -0.1>, 40)
SoftLight(<-9, 14, -6>, rgb <1.5, 1.42, 1.25>, 5)
FillLight(<8, 6, -9>, rgb <0.16, 0.2, 0.24>)
SoftBackground(18, rgb <0.03, 0.09, 0.01>, rgb <0.10, 0.24, 0.03>, rgb <0.35, 0.48, 0.12>, 6)

object { Leaf(<0.10, 0.23, 0.035>) scale <9, 4, 8> rotate y * 75 translate <0.3, -0.02, 0.2> }
object { Leaf(<0.05, 0.14, 0.02>) scale <6, 5, 8> rotate <6, -30, 10> translate <-3, -3, 5> }
object { Leaf(<0.07, 0.18, 0.03>) scale <5, 5, 8> rotate <-8, 110, -8> translate <4, -4, 7> }

#declare Subject = 1;
object { Ladybug() rotate y * 30 translate <-1.45, 0, -0.45> }
#declare Subject = 2;
object { Die(<0.60, 0.025, 0.012>, <0.008, 0.008, 0.008>) scale 0.85 rotate y * 28 translate <1.8, 0.8, 0.6> }
