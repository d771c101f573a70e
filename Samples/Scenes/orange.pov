// Two oranges and a half one on a wooden table. Objects: 1 orange (all of them).
#include "common.inc"
#include "Objects/orange.inc"
#include "Objects/still-life.inc"

#declare Subject = 1;
object { Orange(OrangePeel) rotate <-20, 0, 15> translate <-0.75, 0.96, 0.4> }
object { Orange(OrangePeel) rotate <35, 60, -25> scale 0.95 translate <1.3, 0.92, 1.0> }
object { HalfOrange(OrangePeel) rotate <-62, -12, 0> translate <0.55, 0.92, -1.05> }
