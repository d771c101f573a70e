// The convolution for one kind of vector; winograd.c includes it once for each.
//
// Set before: LANES (numbers a vector), ROWS (tiles whose sums stay in registers), TARGET (the
// function attribute that allows the instructions), NAME(n) (n with a suffix).

typedef float NAME(vector) __attribute__((vector_size(LANES * 4), aligned(4), may_alias));
typedef int NAME(mask) __attribute__((vector_size(LANES * 4), aligned(4), may_alias));
#define VECTOR NAME(vector)
#define MASK NAME(mask)
#define INLINE TARGET static inline __attribute__((always_inline))

#define LOAD(at) (*(const VECTOR *)(at))
#define STORE(at) (*(VECTOR *)(at))

// B' of the `n` numbers d[0], d[step], ...: each point's product of (x - other point) as a polynomial
// whose powers are the numbers' places.
INLINE void NAME(to_points)(int n, const VECTOR *d, int step, VECTOR *to, int to_step) {
  if (n == 4) {
    to[0] = d[2 * step] - d[0];
    to[to_step] = d[2 * step] + d[step];
    to[2 * to_step] = d[2 * step] - d[step];
    to[3 * to_step] = d[3 * step] - d[step];
    return;
  }
  const float p = POINT_P, q = POINT_Q, pp = p * p, qq = q * q;
  const VECTOR even_p = d[4 * step] - qq * d[2 * step], odd_p = d[3 * step] - qq * d[step];
  const VECTOR even_q = d[4 * step] - pp * d[2 * step], odd_q = d[3 * step] - pp * d[step];
  to[0] = d[4 * step] - (pp + qq) * d[2 * step] + pp * qq * d[0];
  to[to_step] = even_p + p * odd_p;
  to[2 * to_step] = even_p - p * odd_p;
  to[3 * to_step] = even_q + q * odd_q;
  to[4 * to_step] = even_q - q * odd_q;
  to[5 * to_step] = d[5 * step] - (pp + qq) * d[3 * step] + pp * qq * d[step];
}

// A' of `n` numbers: sums weighted with the powers of the points; infinity counts in the last one.
INLINE void NAME(from_points)(int n, const VECTOR *m, VECTOR *to) {
  if (n == 4) {
    to[0] = m[0] + (m[1] + m[2]);
    to[1] = m[1] - m[2] + m[3];
    return;
  }
  const float p = POINT_P, q = POINT_Q, pp = p * p, qq = q * q;
  const VECTOR even_p = m[1] + m[2], odd_p = m[1] - m[2];
  const VECTOR even_q = m[3] + m[4], odd_q = m[3] - m[4];
  to[0] = m[0] + (even_p + even_q);
  to[1] = p * odd_p + q * odd_q;
  to[2] = pp * even_p + qq * even_q;
  to[3] = p * pp * odd_p + q * qq * odd_q + m[5];
}

// One vector of channels of one tile of the source, transformed into the `n` x `n` planes.
INLINE void NAME(transform_source)(
    int n, const camtui_winograd *w, const float *image, int y0, int x0, float *to, size_t plane) {
  const ptrdiff_t row = w->source.row, pixel = w->source.pixel;
  const float *from = image + y0 * row + x0 * pixel;
  VECTOR d[MAX_POINTS * MAX_POINTS], t[MAX_POINTS * MAX_POINTS], r[MAX_POINTS];
  if (y0 >= 0 && x0 >= 0 && y0 + n <= w->height && x0 + n <= w->width) {
    UNROLL for (int y = 0; y < n; y++)
      UNROLL for (int x = 0; x < n; x++) d[y * n + x] = LOAD(from + y * row + x * pixel);
    // The next tile's columns.
    UNROLL for (int y = 0; y < n; y++)
      UNROLL for (int x = n; x < 2 * n - 2; x++) __builtin_prefetch(from + y * row + x * pixel);
  } else {
    for (int y = 0; y < n; y++)
      for (int x = 0; x < n; x++) {
        const int inside = y0 + y >= 0 && y0 + y < w->height && x0 + x >= 0 && x0 + x < w->width;
        d[y * n + x] = inside ? LOAD(from + y * row + x * pixel) : (VECTOR){0};
      }
  }
  UNROLL for (int x = 0; x < n; x++) NAME(to_points)(n, d + x, n, t + x, n);
  UNROLL for (int y = 0; y < n; y++) {
    NAME(to_points)(n, t + y * n, 1, r, 1);
    UNROLL for (int x = 0; x < n; x++) STORE(to + (y * n + x) * plane) = r[x];
  }
}

// Numbers below and above the bounds become the bounds; what is no number stays so.
INLINE void NAME(bound)(VECTOR *value, float low, float high) {
  const VECTOR lows = (VECTOR){0} + low, highs = (VECTOR){0} + high;
  const MASK below = *value < lows;
  *value = (VECTOR)(((MASK)*value & ~below) | ((MASK)lows & below));
  const MASK above = *value > highs;
  *value = (VECTOR)(((MASK)*value & ~above) | ((MASK)highs & above));
}

// One vector of outputs of one tile: what lies inside of the destination is written.
INLINE void NAME(transform_products)(
    int n, const camtui_winograd *w, const float *products, size_t plane, const VECTOR *bias,
    const float *addend, float *to, int rows, int columns) {
  VECTOR m[MAX_POINTS], t[(MAX_POINTS - 2) * MAX_POINTS], r[MAX_POINTS - 2];
  UNROLL for (int x = 0; x < n; x++) {
    UNROLL for (int y = 0; y < n; y++) m[y] = LOAD(products + (y * n + x) * plane);
    NAME(from_points)(n, m, r);
    UNROLL for (int y = 0; y < n - 2; y++) t[y * n + x] = r[y];
  }
  UNROLL for (int y = 0; y < n - 2; y++) {
    if (y >= rows) break;
    NAME(from_points)(n, t + y * n, r);
    UNROLL for (int x = 0; x < n - 2; x++) {
      if (x >= columns) break;
      VECTOR value = r[x] + *bias;
      if (addend) value += LOAD(addend + y * w->addend.row + x * w->addend.pixel);
      NAME(bound)(&value, w->low, w->high);
      STORE(to + y * w->destination.row + x * w->destination.pixel) = value;
    }
  }
}

// `rows` tiles times one panel of two vectors of outputs; the sums stay in registers.
//
// The kernels of the next panel come from memory or the last cache: a few lines of them are fetched
// with every block of channels.
INLINE void NAME(multiply_rows)(
    int rows, int inputs, const float *v, const float *u, float *m, const float *next, int lines) {
  VECTOR sums[ROWS][2];
  UNROLL for (int i = 0; i < rows; i++) sums[i][0] = sums[i][1] = (VECTOR){0};
  for (int block = 0; block < inputs; block += LANES, v += ROWS * LANES) {
    for (int line = 0; line < lines; line++, next += 16) __builtin_prefetch(next, 0, 2);
    for (int lane = 0; lane < LANES; lane++, u += 2 * LANES) {
      const VECTOR first = LOAD(u), second = LOAD(u + LANES);
      UNROLL for (int i = 0; i < rows; i++) {
        const VECTOR x = v[i * LANES + lane] - (VECTOR){0};
        sums[i][0] += x * first;
        sums[i][1] += x * second;
      }
    }
  }
  UNROLL for (int i = 0; i < rows; i++) {
    STORE(m + i * 2 * LANES) = sums[i][0];
    STORE(m + i * 2 * LANES + LANES) = sums[i][1];
  }
}

// All tiles times one panel, in groups of `rows`.
TARGET static void NAME(multiply_panel)(
    int count, int rows, int inputs, const float *v, const float *u, float *m, const float *next) {
  const int groups = ceil_div(count, rows);
  const int lines = ceil_div(2 * LANES * LANES / 16, groups);
  for (int i = 0; i < count; i += rows) {
    switch (least(rows, count - i)) {
#define GROUP(size) \
      case size: NAME(multiply_rows)(size, inputs, v, u, m, next, lines); break;
      GROUP(1) GROUP(2) GROUP(3) GROUP(4) GROUP(5) GROUP(6)
#if ROWS == 12
      GROUP(7) GROUP(8) GROUP(9) GROUP(10) GROUP(11) GROUP(12)
#endif
#undef GROUP
    }
    v += (size_t)ROWS * inputs;
    m += (size_t)rows * 2 * LANES;
    next += (size_t)lines * (inputs / LANES) * 16;
  }
}

INLINE void NAME(transform_tiles)(
    int n, const camtui_winograd *w, const work *job, int first, int count, int rows) {
  const size_t plane = source_plane(w);
  for (int block = 0; block < w->inputs / LANES; block++)
    for (int i = 0; i < count; i++) {
      const place at = tile_place(w, first + i);
      const float *image = job->source + at.image * w->source.image + block * w->source.block;
      float *to = job->scratch + ((size_t)(i / rows) * w->inputs + block * LANES) * ROWS
          + i % rows * LANES;
      NAME(transform_source)(n, w, image, at.y - w->top, at.x - w->left, to, plane);
    }
}

INLINE void NAME(multiply_tiles)(int n, const camtui_winograd *w, const work *job, int count, int rows) {
  const size_t from_plane = source_plane(w), to_plane = product_plane(w);
  const size_t panel_size = (size_t)2 * LANES * w->inputs;
  const size_t weight_plane = ceil_div(w->outputs, 2 * LANES) * panel_size;
  float *products = job->scratch + n * n * from_plane;
  for (int point = 0; point < n * n; point++)
    for (int panel = job->first_panel; panel < job->end_panel; panel++) {
      const float *u = job->weights + point * weight_plane + panel * panel_size;
      const float *next = panel + 1 < job->end_panel
          ? u + panel_size
          : job->weights + (point + 1) % (n * n) * weight_plane + job->first_panel * panel_size;
      float *to = products + point * to_plane
          + (size_t)(panel - job->first_panel) * count * 2 * LANES;
      NAME(multiply_panel)(
          count, rows, w->inputs, job->scratch + point * from_plane, u, to, next);
    }
}

INLINE void NAME(finish_tiles)(int n, const camtui_winograd *w, const work *job, int first, int count) {
  const size_t plane = product_plane(w);
  const float *products = job->scratch + n * n * source_plane(w);
  const int end = least(2 * job->end_panel, w->outputs / LANES);
  for (int i = 0; i < count; i++) {
    const place at = tile_place(w, first + i);
    for (int block = 2 * job->first_panel; block < end; block++) {
      const float *from = products
          + ((size_t)(block / 2 - job->first_panel) * count + i) * 2 * LANES + block % 2 * LANES;
      const VECTOR bias = job->bias ? LOAD(job->bias + block * LANES) : (VECTOR){0};
      NAME(transform_products)(
          n, w, from, plane, &bias,
          job->addend ? job->addend + offset(&w->addend, at, block) : NULL,
          job->destination + offset(&w->destination, at, block), w->out_height - at.y,
          w->out_width - at.x);
    }
  }
}

INLINE void NAME(convolve_tiles)(int n, const camtui_winograd *w, const work *job) {
  for (int first = job->first_tile; first < job->end_tile; first += w->tiles_at_once) {
    const int count = least(w->tiles_at_once, job->end_tile - first);
    const int rows = ceil_div(count, ceil_div(count, ROWS));
    NAME(transform_tiles)(n, w, job, first, count, rows);
    NAME(multiply_tiles)(n, w, job, count, rows);
    NAME(finish_tiles)(n, w, job, first, count);
  }
}

TARGET static void NAME(convolve)(const camtui_winograd *w, const work *job) {
  if (w->tile == 4) NAME(convolve_tiles)(6, w, job);
  else NAME(convolve_tiles)(4, w, job);
}

#undef STORE
#undef LOAD
#undef INLINE
#undef MASK
#undef VECTOR
