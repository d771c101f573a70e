import Foundation

/// A block of memory: its own, aligned to a cache line and freed with this object, or a part of a
/// mapped file, which is only read.
final class AlignedMemory {
  let pointer: UnsafeMutableRawPointer
  let byteCount: Int
  /// Keeps the mapping open where the memory is a file's.
  private let file: MappedFile?

  /// - Throws: ``InferenceError/outOfMemory(bytes:)``.
  init(byteCount: Int) throws {
    var memory: UnsafeMutableRawPointer?
    // The system gives more than it has, and ends the process when it is used.
    let isLarge = byteCount >= 2 * Self.hugePage
    let alignment = isLarge ? Self.hugePage : Self.alignment
    guard (0...Self.largest).contains(byteCount),
      posix_memalign(&memory, alignment, max(byteCount, 64)) == 0,
      let memory
    else {
      throw InferenceError.outOfMemory(bytes: byteCount)
    }
    // Winograd's transforms stride through hundreds of megabytes; small pages would cost them a miss
    // of the address cache at every step. A hint: where there are no huge pages nothing changes.
    if isLarge { madvise(memory, byteCount, Self.hugePageAdvice) }
    pointer = memory
    self.byteCount = byteCount
    file = nil
  }

  /// The bytes of a mapped file; nil where the range lies outside.
  init?(borrowing file: MappedFile, _ range: Range<Int>) {
    guard let base = file.bytes.baseAddress, range.upperBound <= file.count else { return nil }
    pointer = UnsafeMutableRawPointer(mutating: base + range.lowerBound)
    byteCount = range.count
    self.file = file
  }

  deinit {
    if file == nil { free(pointer) }
  }

  static let alignment = 64
  private static let hugePage = 2 << 20
  /// `MADV_HUGEPAGE` of Linux.
  private static let hugePageAdvice: Int32 = 14
  private static let largest = Int(clamping: ProcessInfo.processInfo.physicalMemory)
}
