// Measures frames: how long they take to make and to draw, and how many bytes they are.
//
// usage: camtui-frames drawing PHOTO [COLUMNS ROWS]
//        camtui-frames pictures PHOTO FOLDER [COLUMNS ROWS]
//        camtui-frames program PHOTO [COLUMNS ROWS [OPTIONS OF camtui]]
//
// `drawing` measures Terminal alone: a photo that fills the screen, under a map whose opacity changes
// from frame to frame. `pictures` writes what one of these frames looks like with exact colours and
// with those of a slow connection. `program` measures the `camtui` beside this program on a
// pseudo-terminal: its start, the time from a key to the end of the frame, and what it does when
// nothing happens. All are to be built with -c release.

import Foundation

let arguments = Array(CommandLine.arguments.dropFirst())

func size(at place: Int, columns: Int, rows: Int) -> (columns: Int, rows: Int) {
  guard arguments.count > place + 1, let columns = Int(arguments[place]),
    let rows = Int(arguments[place + 1])
  else { return (columns, rows) }
  return (columns, rows)
}

switch arguments.first {
case "drawing" where arguments.count > 1:
  try DrawingBenchmark(photo: arguments[1], size: size(at: 2, columns: 200, rows: 60)).run()
case "pictures" where arguments.count > 2:
  try FramePictures(
    photo: arguments[1], folder: arguments[2], size: size(at: 3, columns: 160, rows: 50)
  ).write()
case "program" where arguments.count > 1:
  try ProgramBenchmark(
    photo: arguments[1], size: size(at: 2, columns: 200, rows: 60),
    options: Array(arguments.dropFirst(4))
  ).run()
case "child" where arguments.count > 4:
  try DrawingChild(
    photo: arguments[1], color: arguments[2], tolerance: Int(arguments[3]) ?? 0,
    results: arguments[4]
  ).run()
default:
  print("usage: camtui-frames drawing PHOTO [COLUMNS ROWS]")
  print("       camtui-frames pictures PHOTO FOLDER [COLUMNS ROWS]")
  print("       camtui-frames program PHOTO [COLUMNS ROWS [OPTIONS...]]")
  exit(64)
}
