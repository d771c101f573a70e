import Testing

@testable import camtui

@Suite struct BrailleCurveTests {
  @Test func aFallingLineGoesFromCornerToCorner() {
    let curve = BrailleCurve(values: (0..<9).map { 1 - Float($0) / 8 }, width: 2, height: 1)
    #expect(curve.lines == ["⠙⢦"], "the points are joined")
  }

  @Test func constantsAreFlat() {
    #expect(BrailleCurve(values: [1, 1], width: 3, height: 2).lines == ["⠉⠉⠉", "⠀⠀⠀"])
    #expect(BrailleCurve(values: [0, 0], width: 3, height: 2).lines == ["⠀⠀⠀", "⣀⣀⣀"])
    #expect(BrailleCurve(values: [], width: 1, height: 1).lines == ["⠀"])
  }
}
