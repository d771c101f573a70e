// Convolution of 3 x 3 kernels with stride 1 by Winograd's minimal filtering, float32.
//
// Lavin and Gray 2016, "Fast Algorithms for Convolutional Neural Networks": F(4x4, 3x3) needs 36
// products for 16 outputs where the direct way needs 144, F(2x2, 3x3) 16 for 4 instead of 36. The
// gradient with respect to the input is the same computation with the kernels turned around.
//
// Vectors run along the channels, so that the pixels of nChw16c, nChw8c and NHWC are whole vectors.
#ifndef CAMTUI_WINOGRAD_H
#define CAMTUI_WINOGRAD_H

#include <stddef.h>

// Which instructions do the work.
typedef enum {
  // Vectors of 8 numbers as the compiler makes them for any processor.
  camtui_winograd_portable,
  // AVX2 with FMA: vectors of 8.
  camtui_winograd_avx2,
  // AVX-512 F: vectors of 16.
  camtui_winograd_avx512
} camtui_winograd_isa;

// How far apart numbers lie: images, vectors of channels, rows and pixels.
typedef struct {
  ptrdiff_t image, block, row, pixel;
} camtui_winograd_layout;

// One convolution. Channels are counted with their padding: multiples of the vector.
typedef struct {
  camtui_winograd_isa isa;
  int batch, inputs, outputs;
  // Of the source and of the destination; the zeros before the source's first row and column.
  int height, width, out_height, out_width, top, left;
  // Rows and columns of outputs that a tile makes (2 or 4), and how many tiles are worked on at once.
  int tile, tiles_at_once;
  // Results are kept within these bounds (infinite for none).
  float low, high;
  camtui_winograd_layout source, destination, addend;
} camtui_winograd;

// How many numbers a vector of the instructions has.
int camtui_winograd_lanes(camtui_winograd_isa isa);

// Sets `tile` and `tiles_at_once`; 0 where a direct convolution is as fast.
int camtui_winograd_choose(camtui_winograd *w);

// The floats that the transformed kernels take, and the scratch memory of one part.
size_t camtui_winograd_weight_count(const camtui_winograd *w);
size_t camtui_winograd_scratch_count(const camtui_winograd *w);

// Transforms kernels of `outputs` x `inputs` (without padding) of the convolution that is computed.
// They lie `by_output` and `by_input` floats apart; `turned` reads the 9 numbers from the end.
void camtui_winograd_weights(
    const camtui_winograd *w, const float *kernels, int outputs, int inputs, ptrdiff_t by_output,
    ptrdiff_t by_input, int turned, float *result);

// Computes `parts` parts in as many threads of OpenMP's team.
//
// `bias` (one number an output, padding included) and `addend` (added before the bounds; it may be
// the destination) may be null. `scratch` is `parts` times what one part takes. The result does not
// depend on the number of parts.
void camtui_winograd_run(
    const camtui_winograd *w, const float *source, const float *weights, const float *bias,
    const float *addend, float *destination, float *scratch, int parts);

#endif
