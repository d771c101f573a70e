// A burning candle in the dark. Objects: 1 candle (with its flame).
#include "common.inc"
#include "Objects/candle.inc"

Camera(<0, 3.1, -10>, <0, 2.05, 0>, 31)
SoftLight(<-6, 6, -7>, rgb <0.10, 0.08, 0.06>, 2)
#if (!Mask)
  light_source {
    <0, 4.1, 0> rgb <2.3, 1.25, 0.5> fade_distance 3.5 fade_power 2
    area_light x * 0.3, z * 0.3, 3, 3 adaptive 1 jitter circular orient
  }
#end
SoftBackground(14, rgb <0.006, 0.002, 0.001>, rgb <0.02, 0.007, 0.002>, rgb <0.05, 0.017, 0.004>, 5)
plane { y, 0 Paint(texture { Wood scale 2 }) }

#declare Subject = 1;
object { Candle() }
