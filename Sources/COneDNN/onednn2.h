// oneDNN 2.x: an operation descriptor first, then a primitive descriptor; layouts are structs.
#ifndef CAMTUI_ONEDNN_2_H
#define CAMTUI_ONEDNN_2_H

#include <stdlib.h>

static inline const dnnl_memory_desc_t *camtui_native(const camtui_memory_desc *d) {
  return (const dnnl_memory_desc_t *)d;
}

static inline camtui_memory_desc *camtui_boxed(const dnnl_memory_desc_t *d) {
  dnnl_memory_desc_t *copy = malloc(sizeof *copy);
  if (copy) *copy = *d;
  return (camtui_memory_desc *)copy;
}

static inline void camtui_memory_desc_destroy(camtui_memory_desc *d) { free(d); }

static inline camtui_memory_desc *camtui_primitive_desc_layout(
    const_dnnl_primitive_desc_t descriptor, dnnl_query_t what, int index) {
  const dnnl_memory_desc_t *found = dnnl_primitive_desc_query_md(descriptor, what, index);
  return found ? camtui_boxed(found) : NULL;
}

// Hands a layout that a function of the library filled in to the caller.
static inline dnnl_status_t camtui_hand_over(
    dnnl_status_t status, const dnnl_memory_desc_t *made, camtui_memory_desc **result) {
  if (status != dnnl_success) return status;
  *result = camtui_boxed(made);
  return *result ? dnnl_success : dnnl_out_of_memory;
}

static inline dnnl_status_t camtui_memory_desc_tagged(
    camtui_memory_desc **result, int rank, const int64_t *dimensions, dnnl_format_tag_t tag) {
  dnnl_memory_desc_t d;
  return camtui_hand_over(
      dnnl_memory_desc_init_by_tag(&d, rank, dimensions, dnnl_f32, tag), &d,
      result);
}

static inline dnnl_status_t camtui_memory_desc_strided(
    camtui_memory_desc **result, int rank, const int64_t *dimensions, const int64_t *strides) {
  dnnl_memory_desc_t d;
  return camtui_hand_over(
      dnnl_memory_desc_init_by_strides(&d, rank, dimensions, dnnl_f32, strides), &d, result);
}

static inline dnnl_status_t camtui_memory_desc_part(
    camtui_memory_desc **result, const camtui_memory_desc *parent, const int64_t *dimensions,
    const int64_t *offsets) {
  dnnl_memory_desc_t d;
  return camtui_hand_over(
      dnnl_memory_desc_init_submemory(&d, camtui_native(parent), dimensions, offsets), &d, result);
}

static inline dnnl_status_t camtui_memory_desc_reshape(
    camtui_memory_desc **result, const camtui_memory_desc *source, int rank,
    const int64_t *dimensions) {
  dnnl_memory_desc_t d;
  return camtui_hand_over(
      dnnl_memory_desc_reshape(&d, camtui_native(source), rank, dimensions), &d, result);
}

static inline dnnl_status_t camtui_memory_desc_permute(
    camtui_memory_desc **result, const camtui_memory_desc *source, const int *permutation) {
  dnnl_memory_desc_t d;
  return camtui_hand_over(
      dnnl_memory_desc_permute_axes(&d, camtui_native(source), permutation), &d, result);
}

static inline int camtui_memory_desc_rank(const camtui_memory_desc *d) {
  return d ? camtui_native(d)->ndims : 0;
}

static inline const int64_t *camtui_memory_desc_dimensions(const camtui_memory_desc *d) {
  return d ? camtui_native(d)->dims : NULL;
}

static inline const int64_t *camtui_memory_desc_padded_dimensions(const camtui_memory_desc *d) {
  return d ? camtui_native(d)->padded_dims : NULL;
}

// The blocking of a layout; null for layouts that only the library understands.
static inline const dnnl_blocking_desc_t *camtui_blocking(const camtui_memory_desc *d) {
  return d && camtui_native(d)->format_kind == dnnl_blocked
      ? &camtui_native(d)->format_desc.blocking : NULL;
}

static inline int camtui_memory_desc_inner_blocks(const camtui_memory_desc *d) {
  const dnnl_blocking_desc_t *blocking = camtui_blocking(d);
  return blocking ? blocking->inner_nblks : -1;
}

static inline const int64_t *camtui_memory_desc_strides(const camtui_memory_desc *d) {
  return camtui_blocking(d) ? camtui_blocking(d)->strides : NULL;
}

static inline const int64_t *camtui_memory_desc_inner_sizes(const camtui_memory_desc *d) {
  return camtui_blocking(d) ? camtui_blocking(d)->inner_blks : NULL;
}

static inline const int64_t *camtui_memory_desc_inner_axes(const camtui_memory_desc *d) {
  return camtui_blocking(d) ? camtui_blocking(d)->inner_idxs : NULL;
}

static inline dnnl_status_t camtui_convolution_forward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_prop_kind_t propagation,
    dnnl_alg_kind_t algorithm, const camtui_memory_desc *source,
    const camtui_memory_desc *weights, const camtui_memory_desc *bias,
    const camtui_memory_desc *destination, const int64_t *strides, const int64_t *dilations,
    const int64_t *pads_begin, const int64_t *pads_end, const_dnnl_primitive_attr_t attributes) {
  dnnl_convolution_desc_t d;
  dnnl_status_t s = dnnl_dilated_convolution_forward_desc_init(
      &d, propagation, algorithm, camtui_native(source), camtui_native(weights), camtui_native(bias), camtui_native(destination), strides, dilations,
      pads_begin, pads_end);
  return s != dnnl_success ? s : dnnl_primitive_desc_create(result, &d, attributes, engine, NULL);
}

static inline dnnl_status_t camtui_convolution_backward_data(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_alg_kind_t algorithm,
    const camtui_memory_desc *source, const camtui_memory_desc *weights,
    const camtui_memory_desc *destination, const int64_t *strides, const int64_t *dilations,
    const int64_t *pads_begin, const int64_t *pads_end, const_dnnl_primitive_attr_t attributes,
    const_dnnl_primitive_desc_t hint) {
  dnnl_convolution_desc_t d;
  dnnl_status_t s = dnnl_dilated_convolution_backward_data_desc_init(
      &d, algorithm, camtui_native(source), camtui_native(weights), camtui_native(destination), strides, dilations, pads_begin, pads_end);
  return s != dnnl_success ? s : dnnl_primitive_desc_create(result, &d, attributes, engine, hint);
}

static inline dnnl_status_t camtui_inner_product_forward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_prop_kind_t propagation,
    const camtui_memory_desc *source, const camtui_memory_desc *weights,
    const camtui_memory_desc *bias, const camtui_memory_desc *destination,
    const_dnnl_primitive_attr_t attributes) {
  dnnl_inner_product_desc_t d;
  dnnl_status_t s = dnnl_inner_product_forward_desc_init(
      &d, propagation, camtui_native(source), camtui_native(weights), camtui_native(bias), camtui_native(destination));
  return s != dnnl_success ? s : dnnl_primitive_desc_create(result, &d, attributes, engine, NULL);
}

static inline dnnl_status_t camtui_matmul(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, const camtui_memory_desc *source,
    const camtui_memory_desc *weights, const camtui_memory_desc *bias,
    const camtui_memory_desc *destination, const_dnnl_primitive_attr_t attributes) {
  dnnl_matmul_desc_t d;
  dnnl_status_t s = dnnl_matmul_desc_init(&d, camtui_native(source), camtui_native(weights), camtui_native(bias), camtui_native(destination));
  return s != dnnl_success ? s : dnnl_primitive_desc_create(result, &d, attributes, engine, NULL);
}

static inline dnnl_status_t camtui_pooling_forward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_prop_kind_t propagation,
    dnnl_alg_kind_t algorithm, const camtui_memory_desc *source,
    const camtui_memory_desc *destination, const int64_t *strides, const int64_t *kernel,
    const int64_t *dilations, const int64_t *pads_begin, const int64_t *pads_end,
    const_dnnl_primitive_attr_t attributes) {
  dnnl_pooling_v2_desc_t d;
  dnnl_status_t s = dnnl_pooling_v2_forward_desc_init(
      &d, propagation, algorithm, camtui_native(source), camtui_native(destination), strides, kernel, dilations, pads_begin,
      pads_end);
  return s != dnnl_success ? s : dnnl_primitive_desc_create(result, &d, attributes, engine, NULL);
}

static inline dnnl_status_t camtui_pooling_backward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_alg_kind_t algorithm,
    const camtui_memory_desc *source, const camtui_memory_desc *destination,
    const int64_t *strides, const int64_t *kernel, const int64_t *dilations,
    const int64_t *pads_begin, const int64_t *pads_end, const_dnnl_primitive_attr_t attributes,
    const_dnnl_primitive_desc_t hint) {
  dnnl_pooling_v2_desc_t d;
  dnnl_status_t s = dnnl_pooling_v2_backward_desc_init(
      &d, algorithm, camtui_native(source), camtui_native(destination), strides, kernel, dilations, pads_begin, pads_end);
  return s != dnnl_success ? s : dnnl_primitive_desc_create(result, &d, attributes, engine, hint);
}

static inline dnnl_status_t camtui_eltwise_forward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_alg_kind_t algorithm,
    const camtui_memory_desc *data, float alpha, float beta,
    const_dnnl_primitive_attr_t attributes) {
  dnnl_eltwise_desc_t d;
  dnnl_status_t s = dnnl_eltwise_forward_desc_init(
      &d, dnnl_forward_training, algorithm, camtui_native(data), alpha, beta);
  return s != dnnl_success ? s : dnnl_primitive_desc_create(result, &d, attributes, engine, NULL);
}

static inline dnnl_status_t camtui_eltwise_backward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_alg_kind_t algorithm,
    const camtui_memory_desc *gradient, const camtui_memory_desc *data, float alpha, float beta,
    const_dnnl_primitive_attr_t attributes, const_dnnl_primitive_desc_t hint) {
  dnnl_eltwise_desc_t d;
  dnnl_status_t s = dnnl_eltwise_backward_desc_init(&d, algorithm, camtui_native(gradient), camtui_native(data), alpha, beta);
  return s != dnnl_success ? s : dnnl_primitive_desc_create(result, &d, attributes, engine, hint);
}

static inline dnnl_status_t camtui_binary(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_alg_kind_t algorithm,
    const camtui_memory_desc *left, const camtui_memory_desc *right,
    const camtui_memory_desc *destination, const_dnnl_primitive_attr_t attributes) {
  dnnl_binary_desc_t d;
  dnnl_status_t s = dnnl_binary_desc_init(&d, algorithm, camtui_native(left), camtui_native(right), camtui_native(destination));
  return s != dnnl_success ? s : dnnl_primitive_desc_create(result, &d, attributes, engine, NULL);
}

static inline dnnl_status_t camtui_softmax_forward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_alg_kind_t algorithm,
    const camtui_memory_desc *data, int axis, const_dnnl_primitive_attr_t attributes) {
  dnnl_softmax_v2_desc_t d;
  dnnl_status_t s = dnnl_softmax_v2_forward_desc_init(
      &d, dnnl_forward_training, algorithm, camtui_native(data), camtui_native(data), axis);
  return s != dnnl_success ? s : dnnl_primitive_desc_create(result, &d, attributes, engine, NULL);
}

static inline dnnl_status_t camtui_softmax_backward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_alg_kind_t algorithm,
    const camtui_memory_desc *data, int axis, const_dnnl_primitive_attr_t attributes,
    const_dnnl_primitive_desc_t hint) {
  dnnl_softmax_v2_desc_t d;
  dnnl_status_t s = dnnl_softmax_v2_backward_desc_init(&d, algorithm, camtui_native(data), camtui_native(data), camtui_native(data), axis);
  return s != dnnl_success ? s : dnnl_primitive_desc_create(result, &d, attributes, engine, hint);
}

static inline dnnl_status_t camtui_prelu_forward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, const camtui_memory_desc *data,
    const camtui_memory_desc *slope, const_dnnl_primitive_attr_t attributes) {
  dnnl_prelu_desc_t d;
  dnnl_status_t s = dnnl_prelu_forward_desc_init(&d, dnnl_forward_training, camtui_native(data), camtui_native(slope));
  return s != dnnl_success ? s : dnnl_primitive_desc_create(result, &d, attributes, engine, NULL);
}

static inline dnnl_status_t camtui_lrn_forward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, const camtui_memory_desc *data,
    int64_t size, float alpha, float beta, float k, const_dnnl_primitive_attr_t attributes) {
  dnnl_lrn_desc_t d;
  dnnl_status_t s = dnnl_lrn_forward_desc_init(
      &d, dnnl_forward_training, dnnl_lrn_across_channels, camtui_native(data), size, alpha, beta, k);
  return s != dnnl_success ? s : dnnl_primitive_desc_create(result, &d, attributes, engine, NULL);
}

static inline dnnl_status_t camtui_lrn_backward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, const camtui_memory_desc *gradient,
    const camtui_memory_desc *data, int64_t size, float alpha, float beta, float k,
    const_dnnl_primitive_attr_t attributes, const_dnnl_primitive_desc_t hint) {
  dnnl_lrn_desc_t d;
  dnnl_status_t s = dnnl_lrn_backward_desc_init(
      &d, dnnl_lrn_across_channels, camtui_native(gradient), camtui_native(data), size, alpha, beta, k);
  return s != dnnl_success ? s : dnnl_primitive_desc_create(result, &d, attributes, engine, hint);
}

static inline dnnl_status_t camtui_layer_normalization_forward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, const camtui_memory_desc *data,
    float epsilon, unsigned flags, const_dnnl_primitive_attr_t attributes) {
  dnnl_layer_normalization_desc_t d;
  dnnl_status_t s = dnnl_layer_normalization_forward_desc_init(
      &d, dnnl_forward_training, camtui_native(data), NULL, epsilon, flags);
  return s != dnnl_success ? s : dnnl_primitive_desc_create(result, &d, attributes, engine, NULL);
}

// The library takes the structs one behind another.
static inline dnnl_memory_desc_t *camtui_gathered(
    const camtui_memory_desc *const *sources, int count) {
  dnnl_memory_desc_t *all = malloc(count * sizeof *all);
  for (int i = 0; all && i < count; i++) all[i] = *camtui_native(sources[i]);
  return all;
}

static inline dnnl_status_t camtui_sum(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, const camtui_memory_desc *destination,
    int count, const float *scales, const camtui_memory_desc *const *sources,
    const_dnnl_primitive_attr_t attributes) {
  dnnl_memory_desc_t *all = camtui_gathered(sources, count);
  if (!all) return dnnl_out_of_memory;
  dnnl_status_t s = dnnl_sum_primitive_desc_create(
      result, camtui_native(destination), count, scales, all, attributes, engine);
  free(all);
  return s;
}

static inline dnnl_status_t camtui_concat(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, const camtui_memory_desc *destination,
    int count, int axis, const camtui_memory_desc *const *sources,
    const_dnnl_primitive_attr_t attributes) {
  dnnl_memory_desc_t *all = camtui_gathered(sources, count);
  if (!all) return dnnl_out_of_memory;
  dnnl_status_t s = dnnl_concat_primitive_desc_create(
      result, camtui_native(destination), count, axis, all, attributes, engine);
  free(all);
  return s;
}

static inline dnnl_status_t camtui_sum_post_op(dnnl_post_ops_t chain) {
  return dnnl_post_ops_append_sum(chain, 1.f);
}

static inline dnnl_status_t camtui_eltwise_post_op(
    dnnl_post_ops_t chain, dnnl_alg_kind_t algorithm, float alpha, float beta) {
  return dnnl_post_ops_append_eltwise(chain, 1.f, algorithm, alpha, beta);
}

#endif
