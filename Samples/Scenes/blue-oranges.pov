// The oranges of orange.pov, blue: what is left when the colour does not help. Objects: 1 orange (all of them).
#include "common.inc"
#include "Objects/orange.inc"
#include "Objects/still-life.inc"

#declare BluePeel = <0.012, 0.10, 0.55>;

#declare Subject = 1;
object { Orange(BluePeel) rotate <-20, 0, 15> translate <-0.75, 0.96, 0.4> }
object { Orange(BluePeel) rotate <35, 60, -25> scale 0.95 translate <1.3, 0.92, 1.0> }
object { HalfOrange(BluePeel) rotate <-62, -12, 0> translate <0.55, 0.92, -1.05> }
