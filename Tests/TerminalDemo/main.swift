// A program for the tests of Terminal: shows a picture and the last event, and obeys a few keys.

import Glibc
import Terminal

/// A picture in which no two pixels have the same colour.
func gradient(shift: Int) -> Picture {
  var pixels: [UInt8] = []
  for y in 0..<200 {
    for x in 0..<200 {
      pixels += [UInt8(x + shift & 255), UInt8(y), UInt8((x ^ y) & 255)]
    }
  }
  return Picture(width: 200, height: 200, pixels: pixels)
}

func screen(_ session: TerminalSession, _ note: String, shift: Int) -> Screen {
  let (columns, rows) = session.size
  var screen = Screen(width: columns, height: rows)
  screen.draw(Screen(fitting: gradient(shift: shift), columns: columns, rows: rows - 1), x: 0, y: 0)
  screen.write("\(columns)x\(rows) \(session.colorMode.rawValue) \(note)", x: 0, y: rows - 1)
  return screen
}

func describe(_ event: TerminalEvent) -> String {
  switch event {
  case .key(let key): "key \(key)"
  case .mouse(let mouse): "mouse \(mouse.action) \(mouse.x),\(mouse.y)"
  case .paste(let text): "paste \(text)"
  case .resize: "resize"
  case .wake: "wake"
  case .terminate: "terminate"
  }
}

func wakeFromAnotherThread(_ waker: TerminalWaker) {
  let argument = Unmanaged.passRetained(waker)
  var thread = pthread_t()
  pthread_create(
    &thread, nil,
    { pointer in
      if let pointer { Unmanaged<TerminalWaker>.fromOpaque(pointer).takeRetainedValue().wake() }
      return nil
    }, argument.toOpaque())
}

func run(_ session: TerminalSession) -> TerminationSignal? {
  var shift = 0
  var note = "ready"
  var isWoken = false
  var clicks = 0
  while true {
    session.draw(screen(session, note, shift: shift))
    guard let event = session.nextEvent(timeout: .seconds(60)) else { return nil }
    // Without having been asked for, it means that a frame which was held back can be drawn.
    if event != .wake || isWoken { note = describe(event) }
    if case .mouse(let mouse) = event { clicks += mouse.action == .press(1) ? 1 : 0 }
    if clicks > 0 { note += " clicks \(clicks)" }
    switch event {
    case .terminate(let signal): return signal
    case .key(.character("q")): return nil
    case .key(.character("n")): shift += 1
    case .key(.character("w")):
      isWoken = true
      wakeFromAnotherThread(session.waker)
    case .key(.character("c")): raise(SIGSEGV)
    case .key(.character("t")): preconditionFailure("asked for")
    default: break
    }
  }
}

do {
  let arguments = CommandLine.arguments.dropFirst()
  let choice = arguments.first.flatMap(ColorChoice.init(rawValue:))
  let bandwidth = arguments.dropFirst().first.flatMap(BandwidthChoice.init(rawValue:))
  let session = try TerminalSession(color: choice ?? .auto, bandwidth: bandwidth ?? .high)
  let signal = run(session)
  session.close()
  signal?.reraise()
} catch {
  print(error)
  exit(1)
}
