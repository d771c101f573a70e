// oneDNN 3.x: one step makes a primitive descriptor; layouts are opaque.
#ifndef CAMTUI_ONEDNN_3_H
#define CAMTUI_ONEDNN_3_H

static inline const_dnnl_memory_desc_t camtui_native(const camtui_memory_desc *d) {
  return (const_dnnl_memory_desc_t)d;
}

static inline dnnl_memory_desc_t *camtui_place(camtui_memory_desc **d) {
  return (dnnl_memory_desc_t *)d;
}

static inline void camtui_memory_desc_destroy(camtui_memory_desc *d) {
  dnnl_memory_desc_destroy((dnnl_memory_desc_t)d);
}

static inline camtui_memory_desc *camtui_primitive_desc_layout(
    const_dnnl_primitive_desc_t descriptor, dnnl_query_t what, int index) {
  const_dnnl_memory_desc_t found = dnnl_primitive_desc_query_md(descriptor, what, index);
  camtui_memory_desc *copy = NULL;
  if (found) dnnl_memory_desc_clone(camtui_place(&copy), found);
  return copy;
}

static inline dnnl_status_t camtui_memory_desc_tagged(
    camtui_memory_desc **result, int rank, const int64_t *dimensions, dnnl_format_tag_t tag) {
  return dnnl_memory_desc_create_with_tag(
      camtui_place(result), rank, dimensions, dnnl_f32, tag);
}

static inline dnnl_status_t camtui_memory_desc_strided(
    camtui_memory_desc **result, int rank, const int64_t *dimensions, const int64_t *strides) {
  return dnnl_memory_desc_create_with_strides(
      camtui_place(result), rank, dimensions, dnnl_f32, strides);
}

static inline dnnl_status_t camtui_memory_desc_part(
    camtui_memory_desc **result, const camtui_memory_desc *parent, const int64_t *dimensions,
    const int64_t *offsets) {
  return dnnl_memory_desc_create_submemory(
      camtui_place(result), camtui_native(parent), dimensions, offsets);
}

static inline dnnl_status_t camtui_memory_desc_reshape(
    camtui_memory_desc **result, const camtui_memory_desc *source, int rank,
    const int64_t *dimensions) {
  return dnnl_memory_desc_reshape(
      camtui_place(result), camtui_native(source), rank, dimensions);
}

static inline dnnl_status_t camtui_memory_desc_permute(
    camtui_memory_desc **result, const camtui_memory_desc *source, const int *permutation) {
  return dnnl_memory_desc_permute_axes(camtui_place(result), camtui_native(source), permutation);
}

// The answer to a question of one integer; `otherwise` where the layout has none.
static inline int camtui_memory_desc_number(
    const camtui_memory_desc *d, dnnl_query_t what, int otherwise) {
  int number = otherwise;
  return d && dnnl_memory_desc_query(camtui_native(d), what, &number) == dnnl_success
      ? number : otherwise;
}

static inline const int64_t *camtui_memory_desc_numbers(
    const camtui_memory_desc *d, dnnl_query_t what) {
  const int64_t *numbers = NULL;
  if (d) dnnl_memory_desc_query(camtui_native(d), what, &numbers);
  return numbers;
}

static inline int camtui_memory_desc_rank(const camtui_memory_desc *d) {
  return camtui_memory_desc_number(d, dnnl_query_ndims_s32, 0);
}

static inline const int64_t *camtui_memory_desc_dimensions(const camtui_memory_desc *d) {
  return camtui_memory_desc_numbers(d, dnnl_query_dims);
}

static inline const int64_t *camtui_memory_desc_padded_dimensions(const camtui_memory_desc *d) {
  return camtui_memory_desc_numbers(d, dnnl_query_padded_dims);
}

static inline int camtui_memory_desc_inner_blocks(const camtui_memory_desc *d) {
  dnnl_format_kind_t kind = dnnl_format_kind_undef;
  if (d) dnnl_memory_desc_query(camtui_native(d), dnnl_query_format_kind, &kind);
  return kind == dnnl_blocked
      ? camtui_memory_desc_number(d, dnnl_query_inner_nblks_s32, -1) : -1;
}

static inline const int64_t *camtui_memory_desc_strides(const camtui_memory_desc *d) {
  return camtui_memory_desc_numbers(d, dnnl_query_strides);
}

static inline const int64_t *camtui_memory_desc_inner_sizes(const camtui_memory_desc *d) {
  return camtui_memory_desc_numbers(d, dnnl_query_inner_blks);
}

static inline const int64_t *camtui_memory_desc_inner_axes(const camtui_memory_desc *d) {
  return camtui_memory_desc_numbers(d, dnnl_query_inner_idxs);
}

static inline dnnl_status_t camtui_convolution_forward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_prop_kind_t propagation,
    dnnl_alg_kind_t algorithm, const camtui_memory_desc *source,
    const camtui_memory_desc *weights, const camtui_memory_desc *bias,
    const camtui_memory_desc *destination, const int64_t *strides, const int64_t *dilations,
    const int64_t *pads_begin, const int64_t *pads_end, const_dnnl_primitive_attr_t attributes) {
  return dnnl_convolution_forward_primitive_desc_create(
      result, engine, propagation, algorithm, camtui_native(source), camtui_native(weights), camtui_native(bias), camtui_native(destination), strides,
      dilations, pads_begin, pads_end, attributes);
}

static inline dnnl_status_t camtui_convolution_backward_data(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_alg_kind_t algorithm,
    const camtui_memory_desc *source, const camtui_memory_desc *weights,
    const camtui_memory_desc *destination, const int64_t *strides, const int64_t *dilations,
    const int64_t *pads_begin, const int64_t *pads_end, const_dnnl_primitive_attr_t attributes,
    const_dnnl_primitive_desc_t hint) {
  return dnnl_convolution_backward_data_primitive_desc_create(
      result, engine, algorithm, camtui_native(source), camtui_native(weights), camtui_native(destination), strides, dilations,
      pads_begin, pads_end, hint, attributes);
}

static inline dnnl_status_t camtui_inner_product_forward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_prop_kind_t propagation,
    const camtui_memory_desc *source, const camtui_memory_desc *weights,
    const camtui_memory_desc *bias, const camtui_memory_desc *destination,
    const_dnnl_primitive_attr_t attributes) {
  return dnnl_inner_product_forward_primitive_desc_create(
      result, engine, propagation, camtui_native(source), camtui_native(weights), camtui_native(bias), camtui_native(destination), attributes);
}

static inline dnnl_status_t camtui_matmul(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, const camtui_memory_desc *source,
    const camtui_memory_desc *weights, const camtui_memory_desc *bias,
    const camtui_memory_desc *destination, const_dnnl_primitive_attr_t attributes) {
  return dnnl_matmul_primitive_desc_create(
      result, engine, camtui_native(source), camtui_native(weights), camtui_native(bias), camtui_native(destination), attributes);
}

static inline dnnl_status_t camtui_pooling_forward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_prop_kind_t propagation,
    dnnl_alg_kind_t algorithm, const camtui_memory_desc *source,
    const camtui_memory_desc *destination, const int64_t *strides, const int64_t *kernel,
    const int64_t *dilations, const int64_t *pads_begin, const int64_t *pads_end,
    const_dnnl_primitive_attr_t attributes) {
  return dnnl_pooling_forward_primitive_desc_create(
      result, engine, propagation, algorithm, camtui_native(source), camtui_native(destination), strides, kernel, dilations,
      pads_begin, pads_end, attributes);
}

static inline dnnl_status_t camtui_pooling_backward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_alg_kind_t algorithm,
    const camtui_memory_desc *source, const camtui_memory_desc *destination,
    const int64_t *strides, const int64_t *kernel, const int64_t *dilations,
    const int64_t *pads_begin, const int64_t *pads_end, const_dnnl_primitive_attr_t attributes,
    const_dnnl_primitive_desc_t hint) {
  return dnnl_pooling_backward_primitive_desc_create(
      result, engine, algorithm, camtui_native(source), camtui_native(destination), strides, kernel, dilations, pads_begin,
      pads_end, hint, attributes);
}

static inline dnnl_status_t camtui_eltwise_forward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_alg_kind_t algorithm,
    const camtui_memory_desc *data, float alpha, float beta,
    const_dnnl_primitive_attr_t attributes) {
  return dnnl_eltwise_forward_primitive_desc_create(
      result, engine, dnnl_forward_training, algorithm, camtui_native(data), camtui_native(data), alpha, beta, attributes);
}

static inline dnnl_status_t camtui_eltwise_backward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_alg_kind_t algorithm,
    const camtui_memory_desc *gradient, const camtui_memory_desc *data, float alpha, float beta,
    const_dnnl_primitive_attr_t attributes, const_dnnl_primitive_desc_t hint) {
  return dnnl_eltwise_backward_primitive_desc_create(
      result, engine, algorithm, camtui_native(gradient), camtui_native(gradient), camtui_native(data), alpha, beta, hint, attributes);
}

static inline dnnl_status_t camtui_binary(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_alg_kind_t algorithm,
    const camtui_memory_desc *left, const camtui_memory_desc *right,
    const camtui_memory_desc *destination, const_dnnl_primitive_attr_t attributes) {
  return dnnl_binary_primitive_desc_create(
      result, engine, algorithm, camtui_native(left), camtui_native(right), camtui_native(destination), attributes);
}

static inline dnnl_status_t camtui_softmax_forward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_alg_kind_t algorithm,
    const camtui_memory_desc *data, int axis, const_dnnl_primitive_attr_t attributes) {
  return dnnl_softmax_forward_primitive_desc_create(
      result, engine, dnnl_forward_training, algorithm, camtui_native(data), camtui_native(data), axis, attributes);
}

static inline dnnl_status_t camtui_softmax_backward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, dnnl_alg_kind_t algorithm,
    const camtui_memory_desc *data, int axis, const_dnnl_primitive_attr_t attributes,
    const_dnnl_primitive_desc_t hint) {
  return dnnl_softmax_backward_primitive_desc_create(
      result, engine, algorithm, camtui_native(data), camtui_native(data), camtui_native(data), axis, hint, attributes);
}

static inline dnnl_status_t camtui_prelu_forward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, const camtui_memory_desc *data,
    const camtui_memory_desc *slope, const_dnnl_primitive_attr_t attributes) {
  return dnnl_prelu_forward_primitive_desc_create(
      result, engine, dnnl_forward_training, camtui_native(data), camtui_native(slope), camtui_native(data), attributes);
}

static inline dnnl_status_t camtui_lrn_forward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, const camtui_memory_desc *data,
    int64_t size, float alpha, float beta, float k, const_dnnl_primitive_attr_t attributes) {
  return dnnl_lrn_forward_primitive_desc_create(
      result, engine, dnnl_forward_training, dnnl_lrn_across_channels, camtui_native(data), camtui_native(data), size, alpha,
      beta, k, attributes);
}

static inline dnnl_status_t camtui_lrn_backward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, const camtui_memory_desc *gradient,
    const camtui_memory_desc *data, int64_t size, float alpha, float beta, float k,
    const_dnnl_primitive_attr_t attributes, const_dnnl_primitive_desc_t hint) {
  return dnnl_lrn_backward_primitive_desc_create(
      result, engine, dnnl_lrn_across_channels, camtui_native(gradient), camtui_native(gradient), camtui_native(data), size, alpha, beta,
      k, hint, attributes);
}

static inline dnnl_status_t camtui_layer_normalization_forward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, const camtui_memory_desc *data,
    float epsilon, unsigned flags, const_dnnl_primitive_attr_t attributes) {
  return dnnl_layer_normalization_forward_primitive_desc_create(
      result, engine, dnnl_forward_training, camtui_native(data), camtui_native(data), NULL, epsilon, flags, attributes);
}

static inline dnnl_status_t camtui_sum(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, const camtui_memory_desc *destination,
    int count, const float *scales, const camtui_memory_desc *const *sources,
    const_dnnl_primitive_attr_t attributes) {
  return dnnl_sum_primitive_desc_create(
      result, engine, camtui_native(destination), count, scales,
      (const const_dnnl_memory_desc_t *)sources, attributes);
}

static inline dnnl_status_t camtui_concat(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, const camtui_memory_desc *destination,
    int count, int axis, const camtui_memory_desc *const *sources,
    const_dnnl_primitive_attr_t attributes) {
  return dnnl_concat_primitive_desc_create(
      result, engine, camtui_native(destination), count, axis,
      (const const_dnnl_memory_desc_t *)sources, attributes);
}

static inline dnnl_status_t camtui_sum_post_op(dnnl_post_ops_t chain) {
  return dnnl_post_ops_append_sum(chain, 1.f, 0, dnnl_data_type_undef);
}

static inline dnnl_status_t camtui_eltwise_post_op(
    dnnl_post_ops_t chain, dnnl_alg_kind_t algorithm, float alpha, float beta) {
  return dnnl_post_ops_append_eltwise(chain, algorithm, alpha, beta);
}

#endif
