"""The two sides of a comparison as processes: warm ones behind a line protocol, cold ones that run once."""
import dataclasses
import json
import os
import subprocess
import time


@dataclasses.dataclass
class Measurement:
    """Seconds of one visit to a side (the median of its repeats), and what it computed, where it says so."""

    seconds: float
    check: list | None = None
    megabytes: float | None = None


def median(values):
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def environment(threads):
    return {**os.environ, "OMP_NUM_THREADS": str(threads)}


class Warm:
    """A process that stays up and sleeps on its standard input while the other side is measured."""

    def __init__(self, title, command, request, threads):
        self.title, self.request, self.check = title, request, None
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True, env=environment(threads))

    def measure(self):
        try:
            self.process.stdin.write(self.request + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            raise RuntimeError(f"{self.title}: the process ended at '{self.request}'")
        answer = json.loads(line)
        if "error" in answer:
            raise RuntimeError(f"{self.title}: {answer['error']}")
        return Measurement(median(answer["seconds"]), answer.get("check"))

    def close(self):
        """Ends the process and returns its peak resident memory in MB."""
        self.process.stdin.close()
        _, _, usage = os.wait4(self.process.pid, 0)
        self.process.returncode = 0
        return usage.ru_maxrss / 1024


class Cold:
    """A command that is started afresh at every visit; `{folder}` in it is a new output folder."""

    def __init__(self, title, command, threads, scratch):
        self.title, self.command, self.threads, self.scratch, self.visits = title, command, threads, scratch, 0

    def measure(self):
        self.visits += 1
        folder = self.scratch / f"{self.title.replace(' ', '-')}-{self.visits}"
        command = [part.replace("{folder}", str(folder)) for part in self.command]
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                   env=environment(self.threads))
        message = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        process.stderr.close()
        if process.returncode != 0:
            lines = message.decode(errors="replace").strip().splitlines() or [""]
            telling = next((line for line in lines if "Error" in line), lines[-1])
            raise RuntimeError(f"{self.title}: exit {process.returncode}: {telling}")
        return Measurement(seconds, megabytes=usage.ru_maxrss / 1024)

    def close(self):
        return None
