import Foundation

/// A block of memory aligned to a cache line, freed with its owner.
final class AlignedMemory {
  let pointer: UnsafeMutableRawPointer
  let byteCount: Int

  /// - Throws: ``InferenceError/outOfMemory(bytes:)``.
  init(byteCount: Int) throws {
    var memory: UnsafeMutableRawPointer?
    guard byteCount >= 0, posix_memalign(&memory, Self.alignment, max(byteCount, 64)) == 0,
      let memory
    else {
      throw InferenceError.outOfMemory(bytes: byteCount)
    }
    pointer = memory
    self.byteCount = byteCount
  }

  deinit { free(pointer) }

  static let alignment = 64
}
