import Foundation
import POSIX

/// One thread that runs jobs in order: all plans of a network live on it.
///
/// oneDNN's scratch memory and OpenMP's team belong to the thread that first uses them, so a plan
/// must be made and run on one thread.
final class ComputeThread: SerialExecutor, @unchecked Sendable {
  // Safe to share: `jobs` and `isFinished` are only touched under `condition`.
  private let condition = NSCondition()
  private var jobs: [UnownedJob] = []
  private var isFinished = false

  /// - Parameter threadCount: how many threads parallel regions use.
  init(threadCount: Int) {
    let thread = Thread { [weak self] in
      SignalStack.using {
        OneDNNEngine.setThreadCount(threadCount)
        while let jobs = self?.nextJobs() {
          for job in jobs { self?.run(job) }
        }
      }
    }
    thread.name = "camtui compute"
    thread.stackSize = 8 << 20
    thread.start()
  }

  deinit { finish() }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    condition.withLock {
      jobs.append(job)
      condition.signal()
    }
  }

  func asUnownedSerialExecutor() -> UnownedSerialExecutor {
    UnownedSerialExecutor(ordinary: self)
  }

  /// Lets the thread end once its jobs are done.
  func finish() {
    condition.withLock {
      isFinished = true
      condition.signal()
    }
  }

  private func run(_ job: UnownedJob) { job.runSynchronously(on: asUnownedSerialExecutor()) }

  private func nextJobs() -> [UnownedJob]? {
    condition.withLock {
      while jobs.isEmpty {
        if isFinished { return nil }
        condition.wait()
      }
      defer { jobs = [] }
      return jobs
    }
  }
}
