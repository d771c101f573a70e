import COneDNN

/// A function applied to every element, by oneDNN's name, with its two constants.
struct ElementwiseFunction: Hashable {
  /// The functions that the operators here use.
  enum Kind: Hashable {
    /// `x > 0 ? x : alpha x`
    case relu
    /// `x > 0 ? x : alpha (exp x - 1)`
    case elu
    /// `min(max(x, alpha), beta)`
    case clip
    /// `1 / (1 + exp -x)`
    case logistic
    case tanh
    /// `x min(max(x + 3, 0), 6) / 6`
    case hardSwish
    /// `x (1 + erf(x / sqrt 2)) / 2`
    case geluErf
    /// `x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2`
    case geluTanh
    /// `x / (1 + exp(-alpha x))`
    case swish
    /// `alpha x + beta`
    case linear
    /// `alpha x^beta`
    case power
    case sqrt
    case exp
    case log
    case abs
    /// `log(1 + exp(alpha x)) / alpha`, alpha 1
    case softplus
    /// `x tanh(log(1 + exp x))`
    case mish
  }

  var kind: Kind
  var alpha: Float = 0
  var beta: Float = 0

  static func linear(scale: Float, shift: Float) -> ElementwiseFunction {
    ElementwiseFunction(kind: .linear, alpha: scale, beta: shift)
  }

  static func clip(_ low: Float, _ high: Float) -> ElementwiseFunction {
    ElementwiseFunction(kind: .clip, alpha: low, beta: high)
  }

  static let relu = ElementwiseFunction(kind: .relu)

  /// Whether the derivative can be computed from the function's value alone, so that the function
  /// may be fused into its producer and the input forgotten.
  var hasGradientFromOutput: Bool {
    switch kind {
    case .relu, .elu: alpha >= 0
    case .clip, .logistic, .tanh, .sqrt, .exp: true
    case .hardSwish, .geluErf, .geluTanh, .swish, .linear, .power, .log, .abs, .softplus, .mish:
      false
    }
  }

  var algorithm: dnnl_alg_kind_t {
    switch kind {
    case .relu: dnnl_eltwise_relu
    case .elu: dnnl_eltwise_elu
    case .clip: dnnl_eltwise_clip_v2
    case .logistic: dnnl_eltwise_logistic
    case .tanh: dnnl_eltwise_tanh
    case .hardSwish: dnnl_eltwise_hardswish
    case .geluErf: dnnl_eltwise_gelu_erf
    case .geluTanh: dnnl_eltwise_gelu_tanh
    case .swish: dnnl_eltwise_swish
    case .linear: dnnl_eltwise_linear
    case .power: dnnl_eltwise_pow
    case .sqrt: dnnl_eltwise_sqrt
    case .exp: dnnl_eltwise_exp
    case .log: dnnl_eltwise_log
    case .abs: dnnl_eltwise_abs
    case .softplus: dnnl_eltwise_soft_relu
    case .mish: dnnl_eltwise_mish
    }
  }

  /// The algorithm that takes the output in the backward pass; the plain one where there is none.
  var algorithmFromOutput: dnnl_alg_kind_t {
    switch kind {
    case .relu: dnnl_eltwise_relu_use_dst_for_bwd
    case .elu: dnnl_eltwise_elu_use_dst_for_bwd
    case .clip: dnnl_eltwise_clip_v2_use_dst_for_bwd
    case .logistic: dnnl_eltwise_logistic_use_dst_for_bwd
    case .tanh: dnnl_eltwise_tanh_use_dst_for_bwd
    case .sqrt: dnnl_eltwise_sqrt_use_dst_for_bwd
    case .exp: dnnl_eltwise_exp_use_dst_for_bwd
    case .hardSwish, .geluErf, .geluTanh, .swish, .linear, .power, .log, .abs, .softplus, .mish:
      algorithm
    }
  }
}
