// oneDNN as camtui sees it: the same functions over 2.x and 3.x, whose C interfaces differ.
#ifndef CAMTUI_CONEDNN_SHIM_H
#define CAMTUI_CONEDNN_SHIM_H

#include <oneapi/dnnl/dnnl.h>
#include <oneapi/dnnl/dnnl_debug.h>

// omp.h is in a directory of GCC that clang does not search.
void omp_set_num_threads(int count);
int omp_get_max_threads(void);

// A layout: a struct in 2.x and a handle in 3.x; here a handle that is made, cloned and destroyed.
typedef struct camtui_memory_desc camtui_memory_desc;

#if DNNL_VERSION_MAJOR == 2
#include "onednn2.h"
#elif DNNL_VERSION_MAJOR == 3
#include "onednn3.h"
#else
#error "camtui builds against oneDNN 2.5 to 3.x (libdnnl-dev)."
#endif

// A macro with a cast and an inline function of two arguments: not importable.
static inline int camtui_arg_post_op(int index) {
  return DNNL_ARG_ATTR_MULTIPLE_POST_OP(index) | DNNL_ARG_SRC_1;
}

static inline int camtui_arg_multiple_source(int index) {
  return DNNL_ARG_MULTIPLE_SRC + index;
}

// Macro with a cast to a pointer: not importable.
static inline void *camtui_memory_none(void) { return DNNL_MEMORY_NONE; }

static inline dnnl_status_t camtui_memory_create(
    dnnl_memory_t *result, const camtui_memory_desc *d, dnnl_engine_t engine, void *bytes) {
  return dnnl_memory_create(result, camtui_native(d), engine, bytes);
}

static inline size_t camtui_memory_desc_size(const camtui_memory_desc *d) {
  return d ? dnnl_memory_desc_get_size(camtui_native(d)) : 0;
}

static inline int camtui_memory_desc_equal(
    const camtui_memory_desc *a, const camtui_memory_desc *b) {
  return a && b && dnnl_memory_desc_equal(camtui_native(a), camtui_native(b));
}

static inline dnnl_status_t camtui_reorder(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, const camtui_memory_desc *source,
    const camtui_memory_desc *destination, const_dnnl_primitive_attr_t attributes) {
  return dnnl_reorder_primitive_desc_create(
      result, camtui_native(source), engine, camtui_native(destination), engine, attributes);
}

static inline dnnl_status_t camtui_binary_post_op(
    dnnl_post_ops_t chain, dnnl_alg_kind_t algorithm, const camtui_memory_desc *operand) {
  return dnnl_post_ops_append_binary(chain, algorithm, camtui_native(operand));
}

#endif
