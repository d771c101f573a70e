// A jellyfish in blue water. Objects: 1 jellyfish.
#include "common.inc"
#include "Objects/jellyfish.inc"

Camera(<0, 0.2, -9>, <0, 0, 0>, 40)
SoftLight(<-4, 10, -5>, rgb <1.1, 1.15, 1.3>, 4)
FillLight(<5, 2, -6>, rgb <0.25, 0.25, 0.35>)
#if (!Mask)
  plane {
    -z, -14
    pigment {
      gradient y
      color_map {
        [0.0 rgb <0.001, 0.008, 0.10>]
        [0.6 rgb <0.004, 0.045, 0.36>]
        [1.0 rgb <0.02, 0.17, 0.72>]
      }
      scale 24 translate y * -12
    }
    finish { ambient 0 diffuse 0 emission 1 }
  }
  // Small things that float in the water.
  #declare Numbers = seed(5);
  #for (Speck, 0, 90)
    sphere {
      <14 * rand(Numbers) - 7, 12 * rand(Numbers) - 6, 1 + 8 * rand(Numbers)>, 0.006 + 0.02 * rand(Numbers)
      pigment { rgbt <0.5, 0.7, 1, 0.5> } finish { emission 0.4 }
    }
  #end
#end

#declare Subject = 1;
object { Jellyfish(3) scale 1.25 rotate <14, 20, -16> translate <-0.25, 1.35, 0> }
