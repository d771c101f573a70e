import CAMEngine
import CCrypto
import Foundation

/// The SHA-256 digest of FIPS 180-4, by OpenSSL.
enum SHA256 {
  /// The digest of bytes.
  ///
  /// - Parameter bytes: The bytes; a mapped file is read once, and not copied.
  /// - Returns: 64 hexadecimal digits.
  /// - Throws: ``EvaluationError`` where OpenSSL has no SHA-256, as a FIPS provider without a
  ///   configuration.
  static func digest(_ bytes: Data) throws -> String {
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var count: UInt32 = 0
    let status = bytes.withUnsafeBytes { bytes in
      EVP_Digest(bytes.baseAddress, bytes.count, &digest, &count, EVP_sha256(), nil)
    }
    guard status == 1 else {
      throw EvaluationError(.request, "OpenSSL has no SHA-256, by which results know their model.")
    }
    return digest.prefix(Int(count)).map { byte in
      let digits = String(byte, radix: 16)
      return byte < 16 ? "0" + digits : digits
    }.joined()
  }
}
