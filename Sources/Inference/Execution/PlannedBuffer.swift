/// A tensor of a plan: a layout over memory that the plan will own or was given.
struct PlannedBuffer: Hashable {
  /// The block of memory.
  let block: Int
  /// Where the tensor begins in it, in bytes.
  var byteOffset = 0
  let descriptor: MemoryDescriptor
}

/// A block of memory of a plan.
struct PlannedBlock {
  /// Who holds the memory.
  enum Storage {
    /// The plan's arena, at an offset that the memory planner finds.
    case arena
    /// Packed weights.
    case constant(AlignedMemory)
    /// A part of another block, at an offset in bytes.
    case part(of: Int, byteOffset: Int)
  }

  var byteCount: Int
  var storage: Storage
  /// The commands between which the block holds something of use.
  var lifetime: ClosedRange<Int>?
  /// Whether it must outlive the run.
  var isPinned = false

  /// Extends the lifetime to a command.
  mutating func use(at position: Int) {
    guard let lifetime else {
      self.lifetime = position...position
      return
    }
    self.lifetime =
      min(lifetime.lowerBound, position)...max(lifetime.upperBound, position)
  }
}

/// One step of a plan, before memory is assigned.
struct PlannedCommand {
  /// What it does.
  enum Work {
    case primitive(PrimitiveDescriptor, [(PrimitiveArgument, PlannedBuffer)])
    /// A computation of ours, called by a name in profiles, over float32 tensors.
    case loop(String, [PlannedBuffer], ([UnsafeMutablePointer<Float>]) -> Void)
  }

  /// The node it belongs to, for profiles.
  var node: String
  var work: Work

  var buffers: [PlannedBuffer] {
    switch work {
    case .primitive(_, let arguments): arguments.map(\.1)
    case .loop(_, let buffers, _): buffers
    }
  }
}
