import CAMEngine
import Foundation
import Testing

@testable import Evaluation

/// The layouts of data sets.
@Suite struct DataSetTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  @Test func foldersHavePhotosOfAllDepths() throws {
    for name in ["b.png", "deep/er/a.JPEG", "notes.txt", ".hidden.png"] {
      try folder.write("", name)
    }
    let data = try DataSet.reading(folder.path)
    #expect(data.format == .folder)
    #expect(data.photos.map(\.name) == ["b.png", "deep/er/a.JPEG"])
    #expect(data.photos[1].path == folder.path("deep/er/a.JPEG"))
  }

  @Test func tinyImageNetCountsPixelsFromZeroInclusively() throws {
    let data = try DataSet.reading(try folder.writeTinyImageNet(count: 3))
    #expect(data.format == .tinyImageNet && data.photos.count == 3)
    let object = try #require(data.photos[2].objects.first)
    #expect(object.label == ClassLabel(name: "tree frog", wordNetID: "n00000002", index: 2))
    #expect(object.box == Box(left: 2, top: 3, right: 31, bottom: 23))
  }

  @Test func stanfordsTinyImageNet() throws {
    try folder.write("val_0.JPEG\tn2\t0\t0\t9\t9", "val/val_annotations.txt")
    try folder.write("", "val/images/val_0.JPEG")
    try folder.write("n2\nn1", "wnids.txt")
    let data = try DataSet.reading(folder.path)
    #expect(data.photos[0].path == folder.path("val/images/val_0.JPEG"))
    #expect(data.photos[0].objects[0].label.index == 1, "classes are in the order of their ids")
    #expect(data.classCount == 2)
  }

  /// VOC counts from 1 and means the last pixel inclusively; parts of people are no objects.
  @Test func vocReadsBoxes() throws {
    try writeVOC("VOCdevkit/VOC2007")
    let data = try DataSet.reading(folder.path("VOCdevkit"))
    #expect(data.format == .voc)
    #expect(data.photos.map(\.name) == ["000001"], "the list decides, not the folder")
    let objects = data.photos[0].objects
    #expect(objects.map(\.label.name) == ["dog", "person"])
    #expect(objects[0].box == Box(left: 47, top: 239, right: 195, bottom: 371))
  }

  private func writeVOC(_ root: String) throws {
    for name in ["000001", "000002"] {
      try folder.write(
        """
        <annotation><filename>\(name).jpg</filename><source><name>not an object</name></source>
        <object><name>dog</name><difficult>0</difficult><bndbox><xmin>48</xmin><ymin>240</ymin>
        <xmax>195</xmax><ymax>371</ymax></bndbox></object>
        <object><name> person </name><part><name>head</name><bndbox><xmin>1</xmin><ymin>1</ymin>
        <xmax>2</xmax><ymax>2</ymax></bndbox></part><bndbox><xmin>8</xmin><ymin>12</ymin>
        <xmax>352</xmax><ymax>498</ymax></bndbox></object></annotation>
        """, "\(root)/Annotations/\(name).xml")
      try folder.write("", "\(root)/JPEGImages/\(name).jpg")
    }
    try folder.write("000001 \n", "\(root)/ImageSets/Main/test.txt")
    try folder.write("000001  1\n000002 -1\n", "\(root)/ImageSets/Main/dog_test.txt")
  }

  @Test func brokenAnnotationsAreNamed() throws {
    try writeVOC("VOC2007")
    for text in ["<annotation><object><name>dog</name></object></annotation>", "<annotation>"] {
      try folder.write(text, "VOC2007/Annotations/000001.xml")
      let error = #expect(throws: EvaluationError.self) { try DataSet.reading(folder.path) }
      #expect(error?.kind == .malformed && error?.description.contains("000001.xml") == true)
    }
    #expect(throws: EvaluationError.self) { try DataSet.reading(folder.path, split: "train") }
  }

  @Test func cubJoinsItsLists() throws {
    try folder.write("1 001.A/a.jpg\n2 002.B/b.jpg\n", "images.txt")
    try folder.write("1 1\n2 2\n", "image_class_labels.txt")
    try folder.write("1 60.0 27.0 325.0 304.0\n2 1.0 2.0 3.0 4.0\n", "bounding_boxes.txt")
    try folder.write("1 0\n2 1\n", "train_test_split.txt")
    try folder.write("1 001.Black_footed_Albatross\n2 002.Laysan\n", "classes.txt")
    let data = try DataSet.reading(folder.path)
    #expect(data.format == .cub && data.photos.map(\.name) == ["001.A/a.jpg"])
    let object = data.photos[0].objects[0]
    #expect(object.label == ClassLabel(name: "001.Black_footed_Albatross", index: 0))
    #expect(object.box == Box(left: 60, top: 27, right: 385, bottom: 331))
    #expect(data.classCount == 2, "those of the photos for training count, too")
    #expect(try DataSet.reading(folder.path, split: "train").photos.map(\.name) == ["002.B/b.jpg"])
    #expect(try DataSet.reading(folder.path, split: "all").photos.count == 2)
  }

  @Test func imageNetByClassFolders() throws {
    try folder.write("", "val/n01440764/x_1.JPEG")
    try folder.write(
      "<annotation><object><name>n01440764</name><bndbox><xmin>0</xmin><ymin>1</ymin><xmax>9</xmax>"
        + "<ymax>8</ymax></bndbox></object></annotation>", "bbox/x_1.xml")
    try folder.write("", "val/n01443537/x_2.JPEG")
    let data = try DataSet.reading(folder.path)
    #expect(data.format == .imageNet)
    #expect(data.photos.map(\.name) == ["n01440764/x_1", "n01443537/x_2"])
    #expect(data.photos[0].objects[0].box == Box(left: 0, top: 1, right: 10, bottom: 9))
    #expect(data.photos[1].objects[0].label.wordNetID == "n01443537")
    #expect(data.photos[1].objects[0].box == nil)
  }

  @Test func imageNetByLists() throws {
    try folder.write("", "val/a.JPEG")
    try folder.write("a.JPEG 65\n", "val.txt")
    let listed = try DataSet.reading(folder.path)
    #expect(listed.photos[0].objects[0].label.index == 65)
    #expect(listed.photos[0].path == folder.path("val/a.JPEG"))
    try folder.write(
      "ImageId,PredictionString\na,n03995372 85 1 499 272 n03995372 0 0 9 9 \n",
      "LOC_val_solution.csv")
    let solved = try DataSet.reading(folder.path)
    #expect(
      solved.photos[0].objects.map(\.box) == [
        Box(left: 85, top: 1, right: 500, bottom: 273), Box(left: 0, top: 0, right: 10, bottom: 10),
      ])
  }

  @Test func aSplitIsRefusedWhereThereIsNone() throws {
    for data in [try folder.writeTinyImageNet(count: 1), folder.path("data/val")] {
      let error = #expect(throws: EvaluationError.self) {
        try DataSet.reading(data, split: "test")
      }
      #expect(error?.kind == .request, "\(String(describing: error))")
    }
  }

  /// Every layout is found by its name, and has one that no other has.
  @Test func layoutsAreOneTable() throws {
    let formats = DataSet.Format.all
    #expect(Set(formats.map(\.name)).count == formats.count)
    #expect(formats.allSatisfy { DataSet.Format(named: $0.name) == $0 && !$0.meaning.isEmpty })
    #expect(DataSet.Format(named: "coco") == nil)
    let copy = try JSONDecoder().decode(
      [DataSet.Format].self, from: try JSONEncoder().encode(formats))
    #expect(copy == formats)
  }

  @Test func nothingIsNamed() throws {
    let missing = #expect(throws: EvaluationError.self) { try DataSet.reading("/nowhere/at/all") }
    #expect(missing?.kind == .missing)
    #expect(throws: EvaluationError.self) { try DataSet.reading(folder.path) }
    #expect(throws: EvaluationError.self) { try DataSet.reading(folder.path, format: .voc) }
  }
}
