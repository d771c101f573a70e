// A small ladybug among leaves, twigs, petals and berries. Objects: 1 ladybug.
#include "common.inc"
#include "Objects/ladybug.inc"
#include "Objects/leaf.inc"

Camera(<-1.5, 13, -9>, <0, 0, 0>, 35)
SoftLight(<-9, 14, -2>, rgb <1.5, 1.42, 1.22>, 5)
FillLight(<8, 9, -9>, rgb <0.16, 0.19, 0.22>)
plane { y, -2.5 Paint(texture { pigment { granite color_map { [0 rgb <0.02, 0.02, 0.008>] [1 rgb <0.10, 0.08, 0.04>] } } finish { diffuse 0.8 } }) }

#declare Numbers = seed(8);
#declare Greens = array[4] { <0.08, 0.20, 0.03>, <0.12, 0.25, 0.04>, <0.05, 0.13, 0.03>, <0.19, 0.27, 0.06> };
#for (Number, 0, 119)
  #declare Colour = Greens[mod(Number, 4)];
  #if (mod(Number, 9) = 8) #declare Colour = <0.26, 0.16, 0.05>; #end
  #declare Across = 13 * (rand(Numbers) - 0.5);
  #declare Along = 13 * (rand(Numbers) - 0.5);
  object {
    Leaf(Colour)
    scale <1.3, 1, 1.3> * (1 + 0.9 * rand(Numbers))
    rotate <30 * (rand(Numbers) - 0.5), 360 * rand(Numbers), 30 * (rand(Numbers) - 0.5)>
    translate <Across, -1.9 + 0.011 * Number, Along>
  }
#end
// Twigs.
#for (Number, 0, 7)
  #declare Across = 10 * (rand(Numbers) - 0.5);
  #declare Along = 10 * (rand(Numbers) - 0.5);
  cylinder { <-2.5, 0, 0>, <2.5, 0.4, 0>, 0.07 rotate y * 360 * rand(Numbers) translate <Across, 0.1, Along>
    Paint(Matte(rgb <0.17, 0.11, 0.06>, 0.7, 0.1)) }
#end
// Small white flowers and dark red berries, none of them where the ladybug sits.
#for (Number, 0, 20)
  #declare Around = 360 / 21 * Number;
  #declare Out = 2.4 + 3.4 * rand(Numbers);
  union {
    #if (mod(Number, 3) < 2)
      sphere { 0, 0.30 Paint(Glossy(rgb <0.30, 0.012, 0.03>)) }
    #else
      #for (Petal, 0, 4)
        sphere { 0, 1 scale <0.30, 0.04, 0.17> translate x * 0.3 rotate <0, 72 * Petal, 0> Paint(Matte(rgb <0.80, 0.78, 0.82>, 0.05, 0.2)) }
      #end
      sphere { 0, 0.13 Paint(Matte(rgb <0.75, 0.45, 0.02>, 0.5, 0.05)) }
    #end
    rotate x * -15
    translate vrotate(<Out, 0.55 + 0.3 * rand(Numbers), 0>, y * Around)
  }
#end
object { Leaf(<0.11, 0.25, 0.035>) scale <2.8, 1.6, 2.6> rotate y * 40 translate <0.5, 0.55, -0.5> }

#declare Subject = 1;
object { Ladybug() scale 0.68 rotate y * 30 translate <0.55, 0.55, -0.45> }
