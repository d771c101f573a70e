#include "winograd.h"

#include <math.h>

// GCC's OpenMP runtime, whose team oneDNN's kernels use as well; the call that its compiler makes of
// `#pragma omp parallel`, which needs a flag that packages may not set.
void GOMP_parallel(void (*body)(void *), void *data, unsigned threads, unsigned flags);
int omp_get_thread_num(void);
int omp_get_num_threads(void);
int omp_get_max_threads(void);

// The points of F(4x4, 3x3) are 0, +-P, +-Q and infinity; those of F(2x2, 3x3) 0, +-1 and infinity.
// These have exact squares and half the error of 1 and 2.
#define POINT_P 0.625f
#define POINT_Q 1.5f
enum { MAX_POINTS = 6, WIDEST_PANEL = 32 };

#define UNROLL _Pragma("GCC unroll 16")

static inline int least(int a, int b) { return a < b ? a : b; }
static inline int ceil_div(int a, int b) { return (a + b - 1) / b; }

int camtui_winograd_lanes(camtui_winograd_isa isa) { return isa == camtui_winograd_avx512 ? 16 : 8; }

// Tiles whose sums fit into the registers.
static int rows_at_once(camtui_winograd_isa isa) { return isa == camtui_winograd_avx512 ? 12 : 6; }

static int panel_width(const camtui_winograd *w) { return 2 * camtui_winograd_lanes(w->isa); }
static int panel_count(const camtui_winograd *w) { return ceil_div(w->outputs, panel_width(w)); }
static int side(const camtui_winograd *w) { return w->tile + 2; }
static int tiles_across(const camtui_winograd *w) { return ceil_div(w->out_width, w->tile); }
static int tiles_down(const camtui_winograd *w) { return ceil_div(w->out_height, w->tile); }
static int tile_count(const camtui_winograd *w) {
  return w->batch * tiles_across(w) * tiles_down(w);
}

// Planes an odd number of cache lines apart do not fall into the same sets of a cache.
static size_t odd_lines(size_t floats) { return ((floats + 31) / 32 * 2 + 1) * 16; }

static size_t source_plane(const camtui_winograd *w) {
  const int rows = rows_at_once(w->isa);
  return odd_lines((size_t)ceil_div(w->tiles_at_once, rows) * rows * w->inputs);
}

static size_t product_plane(const camtui_winograd *w) {
  return odd_lines((size_t)w->tiles_at_once * panel_count(w) * panel_width(w));
}

size_t camtui_winograd_scratch_count(const camtui_winograd *w) {
  return (size_t)side(w) * side(w) * (source_plane(w) + product_plane(w));
}

size_t camtui_winograd_weight_count(const camtui_winograd *w) {
  return (size_t)side(w) * side(w) * panel_count(w) * panel_width(w) * w->inputs;
}

// Where a tile of outputs begins.
typedef struct {
  int image, y, x;
} place;

static place tile_place(const camtui_winograd *w, int tile) {
  const int across = tiles_across(w), of_image = across * tiles_down(w);
  return (place){
      tile / of_image, tile % of_image / across * w->tile, tile % across * w->tile};
}

static ptrdiff_t offset(const camtui_winograd_layout *l, place at, int block) {
  return at.image * l->image + block * l->block + at.y * l->row + at.x * l->pixel;
}

// What one part works on: some tiles and all panels, or all tiles and some panels.
typedef struct {
  const float *source, *weights, *bias, *addend;
  float *destination, *scratch;
  int first_tile, end_tile, first_panel, end_panel;
} work;

#define LANES 8
#define ROWS 6
#define TARGET
#define NAME(name) name##_portable
#include "kernel.h"
#undef TARGET
#undef NAME

#if defined(__x86_64__)
#define TARGET __attribute__((target("avx2,fma")))
#define NAME(name) name##_avx2
#include "kernel.h"
#undef TARGET
#undef NAME
#undef LANES
#undef ROWS

#define LANES 16
#define ROWS 12
#define TARGET __attribute__((target("avx512f")))
#define NAME(name) name##_avx512
#include "kernel.h"
#undef TARGET
#undef NAME
#endif
#undef LANES
#undef ROWS

// The cost is counted in products of one input and one output. The transformed kernels are read once
// for every group of tiles, as dear as `lanes` tiles; the transforms of a tile cost about as much as
// 6 additions a number of the source and 4 of the products.
static double cost(const camtui_winograd *w) {
  const double points = (double)side(w) * side(w), lanes = camtui_winograd_lanes(w->isa);
  const double tiles = tile_count(w);
  const double products = points * (tiles + lanes) * w->inputs * w->outputs;
  return products + points * tiles * (6.0 * w->inputs + 4.0 * w->outputs);
}

int camtui_winograd_choose(camtui_winograd *w) {
  const double lanes = camtui_winograd_lanes(w->isa);
  const double pixels = (double)w->batch * w->out_height * w->out_width;
  double best = 9 * 0.9 * (pixels + lanes) * w->inputs * w->outputs;
  int found = 0;
  for (int tile = 2; tile <= 4; tile += 2) {
    camtui_winograd candidate = *w;
    candidate.tile = tile;
    if (cost(&candidate) >= best) continue;
    best = cost(&candidate);
    w->tile = tile;
    found = 1;
  }
  if (!found) return 0;
#ifndef __OPTIMIZE__
  // Debug builds compile the kernels without optimisation, thirty times as slow: the library is
  // faster but for the small convolutions of tests.
  if (best > 2e7) return 0;
#endif
  // More tiles read the kernels less often, until tiles and products leave the second cache.
  const double few = w->tile == 4 ? 1 : 1.5;
  const int rows = rows_at_once(w->isa), tiles = tile_count(w);
  int wanted = (int)(few * sqrt((double)w->inputs * w->outputs) / 6);
  if (wanted < 24 * few) wanted = (int)(24 * few);
  const int blocks = ceil_div(tiles, ceil_div(wanted, rows) * rows);
  w->tiles_at_once = least(tiles, ceil_div(ceil_div(tiles, blocks), rows) * rows);
  return 1;
}

// The rows of G: (1, a, a^2) over the product of the differences to the other points, and infinity.
static void kernel_transform(int tile, double g[MAX_POINTS][3]) {
  const double four[] = {0, POINT_P, -POINT_P, POINT_Q, -POINT_Q}, two[] = {0, 1, -1};
  const double *points = tile == 4 ? four : two;
  for (int i = 0; i <= tile; i++) {
    double scale = 1;
    for (int j = 0; j <= tile; j++)
      if (j != i) scale *= points[i] - points[j];
    g[i][0] = 1 / scale, g[i][1] = points[i] / scale, g[i][2] = points[i] * points[i] / scale;
  }
  g[tile + 1][0] = g[tile + 1][1] = 0, g[tile + 1][2] = 1;
}

typedef struct {
  const camtui_winograd *w;
  const float *kernels;
  float *result;
  ptrdiff_t by_output, by_input;
  int outputs, inputs, turned;
} weight_work;

// U = G g G' of one panel and input.
static void transform_kernels(const weight_work *job, double g[MAX_POINTS][3], int panel, int input) {
  const int n = side(job->w), width = panel_width(job->w);
  const size_t plane = (size_t)panel_count(job->w) * width * job->w->inputs;
  double k[9][WIDEST_PANEL], t[MAX_POINTS][3][WIDEST_PANEL];
  for (int o = 0; o < width; o++) {
    const int output = panel * width + o, exists = output < job->outputs && input < job->inputs;
    for (int j = 0; j < 9; j++)
      k[j][o] = exists
          ? job->kernels[output * job->by_output + input * job->by_input + (job->turned ? 8 - j : j)]
          : 0;
  }
  for (int i = 0; i < n; i++)
    for (int x = 0; x < 3; x++)
      for (int o = 0; o < width; o++)
        t[i][x][o] = g[i][0] * k[x][o] + g[i][1] * k[3 + x][o] + g[i][2] * k[6 + x][o];
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++) {
      float *to = job->result + (i * n + j) * plane
          + ((size_t)panel * job->w->inputs + input) * width;
      for (int o = 0; o < width; o++)
        to[o] = (float)(g[j][0] * t[i][0][o] + g[j][1] * t[i][1][o] + g[j][2] * t[i][2][o]);
    }
}

static void weight_part(void *data) {
  const weight_work *job = data;
  double g[MAX_POINTS][3];
  kernel_transform(job->w->tile, g);
  const int inputs = job->w->inputs, all = panel_count(job->w) * inputs;
  const int part = omp_get_thread_num(), parts = omp_get_num_threads();
  for (int i = (int)((long long)all * part / parts); i < (long long)all * (part + 1) / parts; i++)
    transform_kernels(job, g, i / inputs, i % inputs);
}

void camtui_winograd_weights(
    const camtui_winograd *w, const float *kernels, int outputs, int inputs, ptrdiff_t by_output,
    ptrdiff_t by_input, int turned, float *result) {
  weight_work job = {w, kernels, result, by_output, by_input, outputs, inputs, turned};
  GOMP_parallel(weight_part, &job, (unsigned)omp_get_max_threads(), 0);
}

typedef struct {
  const camtui_winograd *w;
  work all;
  int parts;
} run_work;

// Many tiles are shared out; where they are few, every part transforms all of them for its panels.
static void run_one(const run_work *run, int part) {
  const camtui_winograd *w = run->w;
  const int tiles = tile_count(w), panels = panel_count(w), parts = run->parts;
  const int by_tiles = panels < parts
      || tiles >= parts * least(w->tiles_at_once, 4 * rows_at_once(w->isa));
  const int all = by_tiles ? tiles : panels;
  const int first = (int)((long long)all * part / parts);
  const int end = (int)((long long)all * (part + 1) / parts);
  work job = run->all;
  job.scratch += part * camtui_winograd_scratch_count(w);
  job.first_tile = by_tiles ? first : 0;
  job.end_tile = by_tiles ? end : tiles;
  job.first_panel = by_tiles ? 0 : first;
  job.end_panel = by_tiles ? panels : end;
  switch (w->isa) {
    case camtui_winograd_portable: convolve_portable(w, &job); break;
#if defined(__x86_64__)
    case camtui_winograd_avx2: convolve_avx2(w, &job); break;
    case camtui_winograd_avx512: convolve_avx512(w, &job); break;
#else
    default: convolve_portable(w, &job); break;
#endif
  }
}

// The team may be smaller than the number of parts.
static void run_parts(void *data) {
  const run_work *run = data;
  for (int part = omp_get_thread_num(); part < run->parts; part += omp_get_num_threads())
    run_one(run, part);
}

void camtui_winograd_run(
    const camtui_winograd *w, const float *source, const float *weights, const float *bias,
    const float *addend, float *destination, float *scratch, int parts) {
  run_work run = {w, {source, weights, bias, addend, destination, scratch, 0, 0, 0, 0}, parts};
  GOMP_parallel(run_parts, &run, (unsigned)parts, 0);
}
