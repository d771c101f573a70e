// oneDNN as camtui sees it. Everything whose C signature differs between the 2.x
// and 3.x lines stands in this file, so that 3.x is an addition in one place.
#ifndef CAMTUI_CONEDNN_SHIM_H
#define CAMTUI_CONEDNN_SHIM_H

#include <oneapi/dnnl/dnnl.h>
#include <oneapi/dnnl/dnnl_debug.h>

#if DNNL_VERSION_MAJOR != 2
#error "camtui builds against oneDNN 2.x (Debian 12: libdnnl-dev 2.6.3)."
#endif

// omp.h is in a directory of GCC that clang does not search.
void omp_set_num_threads(int count);

// A macro with a cast and an inline function of two arguments: not importable.
static inline int camtui_arg_post_op(int index) {
  return DNNL_ARG_ATTR_MULTIPLE_POST_OP(index) | DNNL_ARG_SRC_1;
}

static inline int camtui_arg_multiple_source(int index) {
  return DNNL_ARG_MULTIPLE_SRC + index;
}

// Macro with a cast to a pointer: not importable.
static inline void *camtui_memory_none(void) { return DNNL_MEMORY_NONE; }

// oneDNN 2.x has two steps (an operation descriptor, then a primitive descriptor) where
// 3.x has one; each function below is that one step.

static inline dnnl_status_t camtui_convolution_forward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_prop_kind_t propagation,
    dnnl_alg_kind_t algorithm, const dnnl_memory_desc_t *source,
    const dnnl_memory_desc_t *weights, const dnnl_memory_desc_t *bias,
    const dnnl_memory_desc_t *destination, const int64_t *strides, const int64_t *dilations,
    const int64_t *pads_begin, const int64_t *pads_end, const_dnnl_primitive_attr_t attributes) {
  dnnl_convolution_desc_t d;
  dnnl_status_t s = dnnl_dilated_convolution_forward_desc_init(
      &d, propagation, algorithm, source, weights, bias, destination, strides, dilations,
      pads_begin, pads_end);
  return s != dnnl_success ? s : dnnl_primitive_desc_create(result, &d, attributes, engine, NULL);
}

static inline dnnl_status_t camtui_convolution_backward_data(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_alg_kind_t algorithm,
    const dnnl_memory_desc_t *source, const dnnl_memory_desc_t *weights,
    const dnnl_memory_desc_t *destination, const int64_t *strides, const int64_t *dilations,
    const int64_t *pads_begin, const int64_t *pads_end, const_dnnl_primitive_attr_t attributes,
    const_dnnl_primitive_desc_t hint) {
  dnnl_convolution_desc_t d;
  dnnl_status_t s = dnnl_dilated_convolution_backward_data_desc_init(
      &d, algorithm, source, weights, destination, strides, dilations, pads_begin, pads_end);
  return s != dnnl_success ? s : dnnl_primitive_desc_create(result, &d, attributes, engine, hint);
}

static inline dnnl_status_t camtui_inner_product_forward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_prop_kind_t propagation,
    const dnnl_memory_desc_t *source, const dnnl_memory_desc_t *weights,
    const dnnl_memory_desc_t *bias, const dnnl_memory_desc_t *destination,
    const_dnnl_primitive_attr_t attributes) {
  dnnl_inner_product_desc_t d;
  dnnl_status_t s = dnnl_inner_product_forward_desc_init(
      &d, propagation, source, weights, bias, destination);
  return s != dnnl_success ? s : dnnl_primitive_desc_create(result, &d, attributes, engine, NULL);
}

static inline dnnl_status_t camtui_matmul(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, const dnnl_memory_desc_t *source,
    const dnnl_memory_desc_t *weights, const dnnl_memory_desc_t *bias,
    const dnnl_memory_desc_t *destination, const_dnnl_primitive_attr_t attributes) {
  dnnl_matmul_desc_t d;
  dnnl_status_t s = dnnl_matmul_desc_init(&d, source, weights, bias, destination);
  return s != dnnl_success ? s : dnnl_primitive_desc_create(result, &d, attributes, engine, NULL);
}

static inline dnnl_status_t camtui_pooling_forward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_prop_kind_t propagation,
    dnnl_alg_kind_t algorithm, const dnnl_memory_desc_t *source,
    const dnnl_memory_desc_t *destination, const int64_t *strides, const int64_t *kernel,
    const int64_t *dilations, const int64_t *pads_begin, const int64_t *pads_end,
    const_dnnl_primitive_attr_t attributes) {
  dnnl_pooling_v2_desc_t d;
  dnnl_status_t s = dnnl_pooling_v2_forward_desc_init(
      &d, propagation, algorithm, source, destination, strides, kernel, dilations, pads_begin,
      pads_end);
  return s != dnnl_success ? s : dnnl_primitive_desc_create(result, &d, attributes, engine, NULL);
}

static inline dnnl_status_t camtui_pooling_backward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_alg_kind_t algorithm,
    const dnnl_memory_desc_t *source, const dnnl_memory_desc_t *destination,
    const int64_t *strides, const int64_t *kernel, const int64_t *dilations,
    const int64_t *pads_begin, const int64_t *pads_end, const_dnnl_primitive_attr_t attributes,
    const_dnnl_primitive_desc_t hint) {
  dnnl_pooling_v2_desc_t d;
  dnnl_status_t s = dnnl_pooling_v2_backward_desc_init(
      &d, algorithm, source, destination, strides, kernel, dilations, pads_begin, pads_end);
  return s != dnnl_success ? s : dnnl_primitive_desc_create(result, &d, attributes, engine, hint);
}

static inline dnnl_status_t camtui_eltwise_forward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_alg_kind_t algorithm,
    const dnnl_memory_desc_t *data, float alpha, float beta,
    const_dnnl_primitive_attr_t attributes) {
  dnnl_eltwise_desc_t d;
  dnnl_status_t s = dnnl_eltwise_forward_desc_init(
      &d, dnnl_forward_training, algorithm, data, alpha, beta);
  return s != dnnl_success ? s : dnnl_primitive_desc_create(result, &d, attributes, engine, NULL);
}

static inline dnnl_status_t camtui_eltwise_backward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_alg_kind_t algorithm,
    const dnnl_memory_desc_t *gradient, const dnnl_memory_desc_t *data, float alpha, float beta,
    const_dnnl_primitive_attr_t attributes, const_dnnl_primitive_desc_t hint) {
  dnnl_eltwise_desc_t d;
  dnnl_status_t s = dnnl_eltwise_backward_desc_init(&d, algorithm, gradient, data, alpha, beta);
  return s != dnnl_success ? s : dnnl_primitive_desc_create(result, &d, attributes, engine, hint);
}

static inline dnnl_status_t camtui_binary(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_alg_kind_t algorithm,
    const dnnl_memory_desc_t *left, const dnnl_memory_desc_t *right,
    const dnnl_memory_desc_t *destination, const_dnnl_primitive_attr_t attributes) {
  dnnl_binary_desc_t d;
  dnnl_status_t s = dnnl_binary_desc_init(&d, algorithm, left, right, destination);
  return s != dnnl_success ? s : dnnl_primitive_desc_create(result, &d, attributes, engine, NULL);
}

static inline dnnl_status_t camtui_softmax_forward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_alg_kind_t algorithm,
    const dnnl_memory_desc_t *data, int axis, const_dnnl_primitive_attr_t attributes) {
  dnnl_softmax_v2_desc_t d;
  dnnl_status_t s = dnnl_softmax_v2_forward_desc_init(
      &d, dnnl_forward_training, algorithm, data, data, axis);
  return s != dnnl_success ? s : dnnl_primitive_desc_create(result, &d, attributes, engine, NULL);
}

static inline dnnl_status_t camtui_softmax_backward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_alg_kind_t algorithm,
    const dnnl_memory_desc_t *data, int axis, const_dnnl_primitive_attr_t attributes,
    const_dnnl_primitive_desc_t hint) {
  dnnl_softmax_v2_desc_t d;
  dnnl_status_t s = dnnl_softmax_v2_backward_desc_init(&d, algorithm, data, data, data, axis);
  return s != dnnl_success ? s : dnnl_primitive_desc_create(result, &d, attributes, engine, hint);
}

static inline dnnl_status_t camtui_prelu_forward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, const dnnl_memory_desc_t *data,
    const dnnl_memory_desc_t *slope, const_dnnl_primitive_attr_t attributes) {
  dnnl_prelu_desc_t d;
  dnnl_status_t s = dnnl_prelu_forward_desc_init(&d, dnnl_forward_training, data, slope);
  return s != dnnl_success ? s : dnnl_primitive_desc_create(result, &d, attributes, engine, NULL);
}

static inline dnnl_status_t camtui_lrn_forward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, const dnnl_memory_desc_t *data,
    int64_t size, float alpha, float beta, float k, const_dnnl_primitive_attr_t attributes) {
  dnnl_lrn_desc_t d;
  dnnl_status_t s = dnnl_lrn_forward_desc_init(
      &d, dnnl_forward_training, dnnl_lrn_across_channels, data, size, alpha, beta, k);
  return s != dnnl_success ? s : dnnl_primitive_desc_create(result, &d, attributes, engine, NULL);
}

static inline dnnl_status_t camtui_lrn_backward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, const dnnl_memory_desc_t *gradient,
    const dnnl_memory_desc_t *data, int64_t size, float alpha, float beta, float k,
    const_dnnl_primitive_attr_t attributes, const_dnnl_primitive_desc_t hint) {
  dnnl_lrn_desc_t d;
  dnnl_status_t s = dnnl_lrn_backward_desc_init(
      &d, dnnl_lrn_across_channels, gradient, data, size, alpha, beta, k);
  return s != dnnl_success ? s : dnnl_primitive_desc_create(result, &d, attributes, engine, hint);
}

static inline dnnl_status_t camtui_layer_normalization_forward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, const dnnl_memory_desc_t *data,
    float epsilon, unsigned flags, const_dnnl_primitive_attr_t attributes) {
  dnnl_layer_normalization_desc_t d;
  dnnl_status_t s = dnnl_layer_normalization_forward_desc_init(
      &d, dnnl_forward_training, data, NULL, epsilon, flags);
  return s != dnnl_success ? s : dnnl_primitive_desc_create(result, &d, attributes, engine, NULL);
}

static inline dnnl_status_t camtui_reduction(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_alg_kind_t algorithm,
    const dnnl_memory_desc_t *source, const dnnl_memory_desc_t *destination,
    const_dnnl_primitive_attr_t attributes) {
  dnnl_reduction_desc_t d;
  dnnl_status_t s = dnnl_reduction_desc_init(&d, algorithm, source, destination, 0.f, 0.f);
  return s != dnnl_success ? s : dnnl_primitive_desc_create(result, &d, attributes, engine, NULL);
}

// Opaque in 3.x, a struct with these fields in 2.x.
static inline int camtui_memory_desc_inner_blocks(const dnnl_memory_desc_t *d) {
  return d->format_kind == dnnl_blocked ? d->format_desc.blocking.inner_nblks : -1;
}

static inline int64_t camtui_memory_desc_stride(const dnnl_memory_desc_t *d, int axis) {
  return d->format_desc.blocking.strides[axis];
}

static inline int camtui_memory_desc_rank(const dnnl_memory_desc_t *d) { return d->ndims; }

static inline int64_t camtui_memory_desc_dimension(const dnnl_memory_desc_t *d, int axis) {
  return d->dims[axis];
}

static inline int64_t camtui_memory_desc_padded_dimension(const dnnl_memory_desc_t *d, int axis) {
  return d->padded_dims[axis];
}

// Whether two blocked tensors have the same dimensions, padding, blocks, and strides from an axis on.
static inline int camtui_memory_desc_same_blocking(
    const dnnl_memory_desc_t *a, const dnnl_memory_desc_t *b, int from_axis) {
  if (a->format_kind != dnnl_blocked || b->format_kind != dnnl_blocked || a->ndims != b->ndims)
    return 0;
  const dnnl_blocking_desc_t *x = &a->format_desc.blocking, *y = &b->format_desc.blocking;
  if (x->inner_nblks != y->inner_nblks) return 0;
  for (int i = 0; i < x->inner_nblks; i++)
    if (x->inner_blks[i] != y->inner_blks[i] || x->inner_idxs[i] != y->inner_idxs[i]) return 0;
  for (int i = 0; i < a->ndims; i++)
    if (a->dims[i] != b->dims[i] || a->padded_dims[i] != b->padded_dims[i]
        || (i >= from_axis && x->strides[i] != y->strides[i]))
      return 0;
  return 1;
}

static inline dnnl_status_t camtui_memory_desc_any(
    dnnl_memory_desc_t *d, int rank, const int64_t *dimensions) {
  return dnnl_memory_desc_init_by_tag(d, rank, dimensions, dnnl_f32, dnnl_format_tag_any);
}

static inline dnnl_status_t camtui_memory_desc_strided(
    dnnl_memory_desc_t *d, int rank, const int64_t *dimensions, const int64_t *strides) {
  return dnnl_memory_desc_init_by_strides(d, rank, dimensions, dnnl_f32, strides);
}

// The 3.x form takes no engine arguments for the sum's output; scales are always one here.
static inline dnnl_status_t camtui_sum(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, const dnnl_memory_desc_t *destination,
    int count, const float *scales, const dnnl_memory_desc_t *sources,
    const_dnnl_primitive_attr_t attributes) {
  return dnnl_sum_primitive_desc_create(
      result, destination, count, scales, sources, attributes, engine);
}

static inline dnnl_status_t camtui_concat(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, const dnnl_memory_desc_t *destination,
    int count, int axis, const dnnl_memory_desc_t *sources,
    const_dnnl_primitive_attr_t attributes) {
  return dnnl_concat_primitive_desc_create(
      result, destination, count, axis, sources, attributes, engine);
}

static inline dnnl_status_t camtui_reorder(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, const dnnl_memory_desc_t *source,
    const dnnl_memory_desc_t *destination, const_dnnl_primitive_attr_t attributes) {
  return dnnl_reorder_primitive_desc_create(
      result, source, engine, destination, engine, attributes);
}

static inline dnnl_status_t camtui_sum_post_op(dnnl_post_ops_t chain) {
  return dnnl_post_ops_append_sum(chain, 1.f);
}

static inline dnnl_status_t camtui_eltwise_post_op(
    dnnl_post_ops_t chain, dnnl_alg_kind_t algorithm, float alpha, float beta) {
  return dnnl_post_ops_append_eltwise(chain, 1.f, algorithm, alpha, beta);
}

#endif
