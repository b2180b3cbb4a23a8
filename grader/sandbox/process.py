"""A plain process in place of a box: level `process`, for a student's own machine.

One spawned worker serves all items of a submission and is replaced after it dies. It needs no fork,
so that it holds on macOS and Windows; deadlines are the judge's own.
"""

from __future__ import annotations

import contextlib
import json
import queue
import signal
import subprocess
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path
from typing import IO

import psutil

from grader import wire
from grader.errors import BoxError, CourseError, WireError
from grader.questions import Answer, Failure, FailureKind, Question
from grader.rubric import Limits
from grader.sandbox import environment, installed
from grader.sandbox.talk import Sources, answer_in, broken, cleaned, seed_of, shortened

STARTING_SECONDS = 180
DRIVER_BYTES = 4 << 30
"""What an accelerator's driver may keep in this machine's own memory, beside the code's budget."""
FLOOD = 128
BUSY = 10
_TICK = 0.05
_UNREAD_FRAMES = 4
"""A worker says that it runs, that it has loaded, then one thing a question."""
_LAST_SECONDS = 1
"""How long a worker that hung up may take to end."""


class Spawner:
    """Opens spawned boxes; it has the zygote's face and nothing to keep warm."""

    def __init__(self, arrays: str, device: str | None = None, *, locked: bool = False) -> None:
        """Boxes will bring `arrays` ("torch" or "numpy") with them, on `device` if there is one.

        `locked` asks for what a driver leaves of Linux's lock-down.
        """
        self._arrays = arrays
        self._device = device
        self._locked = locked
        self.modules: list[str] = []

    def open_box(self, sources: Sources) -> SpawnedBox:
        """A new box that holds `sources`."""
        return SpawnedBox(self._arrays, sources, self._device, locked=self._locked)

    def close(self) -> None:
        """Nothing is kept."""


class SpawnedBox:
    """One submission in a process of its own."""

    def __init__(
        self,
        arrays: str,
        sources: Sources,
        device: str | None = None,
        *,
        locked: bool = False,
    ) -> None:
        """Remember what to load; the process starts with the first item."""
        self._device = device
        self._locked = locked
        self.seconds = 0.0
        self.definitions_alone = False
        self.stumble: Failure | None = None
        self._arrays = arrays
        self._sources = sources
        self._scripts = sources.are_scripts
        self._worker: _Worker | None = None
        self._check = ""
        self._began = 0.0

    def open_item(self, item: str, limits: Limits) -> Failure | None:
        """See that a worker runs; the failure if the submission does not load.

        Raises:
            BoxError: no worker could be started.
        """
        if self._worker is not None and self._worker.is_alive():
            self.seconds = 0.0
            return None
        first = self._load(item, limits)
        if first is None or self.definitions_alone or self._scripts:
            return first
        self.definitions_alone = True
        if self._load(item, limits) is None:
            self.stumble = first
            return None
        self.definitions_alone = False
        return first

    @property
    def item_is_open(self) -> bool:
        """Whether the worker still answers."""
        return self._worker is not None

    def _load(self, item: str, limits: Limits) -> Failure | None:
        self.close()
        self._worker = worker = _Worker(limits, self._device)
        needs = installed.needed(self._arrays)
        facts, nodes = devices()
        readable = [str(path) for path in (*needs.readable, *facts)] if self._locked else []
        worker.send(
            wire.pack(
                {
                    "arrays": self._arrays,
                    "allowed": needs.modules,
                    "device": self._device,
                    "readable": readable,
                    "usable": [str(path) for path in nodes],
                    "memory_bytes": limits.memory_bytes,
                    "seed": seed_of(item),
                    "whole": not self.definitions_alone,
                },
                json.dumps(asdict(self._sources)).encode(),
            )
        )
        if isinstance(worker.receive(STARTING_SECONDS, 0.0), Failure):
            said = shortened(worker.printed().strip().rpartition("\n")[2])
            self.close()
            raise BoxError(f"the worker's interpreter did not start. {said}".rstrip())
        if self._device is not None:
            worker.watch_memory(limits.memory_bytes)
        began = worker.computed()
        frame = worker.receive(limits.load, began)
        self.seconds = worker.computed() - began
        if isinstance(frame, Failure):
            self.close()
            return frame
        loaded = answer_in(frame, _NOBODY) or broken(_NOBODY)
        if loaded.failure is not None:
            self.close()
        return loaded.failure

    def ask(self, question: Question, check: str, limits: Limits) -> Answer:
        """The worker's answer; after a failure that ended it the item is closed."""
        worker = self._worker
        assert worker is not None
        if check != self._check:
            self._check, self._began = check, worker.computed()
        try:
            frame = wire.pack_question(question, check=check, seed=seed_of(check))
        except WireError as error:
            raise CourseError(f"{check} asks what a question cannot carry: {error}") from error
        worker.send(frame)
        reply = worker.receive(limits.seconds, self._began)
        self.seconds = worker.computed() - self._began
        if isinstance(reply, Failure):
            self.close()
            return Answer(question=question.id, failure=cleaned(reply))
        answer = answer_in(reply, question)
        if answer is None:
            self.close()
            return broken(question)
        if answer.failure is not None and answer.failure.kind.ends_the_item:
            self.close()
        return answer

    def close_item(self) -> str:
        """The worker stays for the next item; what was printed so far."""
        return self._worker.printed() if self._worker else ""

    def close(self) -> None:
        """End the worker."""
        if self._worker is not None:
            self._worker.end()
        self._worker = None
        self._check = ""


def devices() -> tuple[list[Path], list[Path]]:
    """What an accelerator's driver reads besides, and its nodes.

    Of /proc it is the worker's own and what concerns no process: others' command lines may hold
    the seed of a course.
    """
    nodes = [path for name in ("nvidia*", "dri", "kfd") for path in sorted(Path("/dev").glob(name))]
    proc = ("self", "driver", "devices", "cpuinfo", "meminfo", "modules", "version", "sys/vm")
    facts = [*(Path("/proc") / name for name in proc), Path("/sys")]
    return [*facts, *environment.library_folders()], nodes


class _Worker:
    """The spawned process with two threads that read what it says."""

    def __init__(self, limits: Limits, device: str | None) -> None:
        program = Path(__file__).parent.parent / "worker" / "spawned.py"
        folder = environment.empty_folder()
        self._process = subprocess.Popen(
            [sys.executable, "-s", "-P", "-B", str(program)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment.pinned(folder, device),
            cwd=folder,
        )
        self._cpu = psutil.Process(self._process.pid)
        self._last = 0.0
        self._most_resident: int | None = None
        self._memory_bytes = 0
        self._frames: queue.Queue[bytes | None] = queue.Queue(_UNREAD_FRAMES)
        self._said_too_much = False
        self._kept = limits.output_bytes
        self._printed = bytearray()
        self._printed_bytes = 0
        for target, stream in (
            (self._read_frames, self._process.stdout),
            (self._read_output, self._process.stderr),
        ):
            threading.Thread(target=target, args=(stream,), daemon=True).start()

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def printed(self) -> str:
        return self._printed.decode("utf-8", "replace")

    def computed(self) -> float:
        """CPU seconds so far; the last that were seen once the process is gone."""
        with contextlib.suppress(psutil.Error):
            times = self._cpu.cpu_times()
            self._last = times.user + times.system
        return self._last

    def watch_memory(self, memory_bytes: int) -> None:
        """From now on end the worker when so much more of its memory is resident."""
        self._memory_bytes = memory_bytes
        self._most_resident = self._resident() + memory_bytes + DRIVER_BYTES

    def _resident(self) -> int:
        with contextlib.suppress(psutil.Error):
            return int(self._cpu.memory_info().rss)
        return 0

    def send(self, frame: bytes) -> None:
        assert self._process.stdin is not None
        # A worker that is gone is seen when its answer is awaited.
        with contextlib.suppress(OSError):
            self._process.stdin.write(frame)
            self._process.stdin.flush()

    def receive(self, limit: float, began: float) -> bytes | Failure:
        """The next frame, or why there is none."""
        started = time.monotonic()
        while True:
            try:
                frame = self._frames.get(timeout=_TICK)
            except queue.Empty:
                frame = b""
                if self._said_too_much:
                    text = "the code's process sent more answers than it was asked for"
                    return Failure(kind=FailureKind.UNREADABLE, message=text)
            if frame is None:
                return self._death()
            if frame:
                return frame
            if self._printed_bytes > FLOOD * self._kept:
                text = f"the code printed more than {FLOOD * self._kept >> 10} KiB"
                return Failure(kind=FailureKind.FLOODED, message=text)
            if self._most_resident is not None and self._resident() > self._most_resident:
                text = f"the code took more than {self._memory_bytes >> 20} MiB of memory"
                return Failure(kind=FailureKind.OUT_OF_MEMORY, message=text)
            computed = self.computed() - began
            if not computed <= limit:
                text = f"no answer within {limit:g} s of computing"
                return Failure(kind=FailureKind.TIMED_OUT, message=text)
            # On a busy machine, a worker that computes waits for nothing but its turn.
            if not time.monotonic() - started - BUSY * computed <= 3 * limit:
                text = f"no answer within {3 * limit:g} s, and not by computing: the code waits"
                return Failure(kind=FailureKind.TIMED_OUT, message=text)

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def _death(self) -> Failure:
        try:
            status = self._process.wait(_LAST_SECONDS)
        except subprocess.TimeoutExpired:
            status = 0  # it closed its stream and lives on; whoever asked will end it
        if status < 0:
            text = f"the process was ended by {signal.Signals(-status).name}"
        else:
            text = "the code ended its own process"
        return Failure(kind=FailureKind.CRASHED, message=text)

    def _read_frames(self, stream: IO[bytes]) -> None:
        """Keep what the worker says until it is asked for; one that says too much is ended.

        It is not made to wait: we might be waiting for it to take a long question meanwhile.
        """
        try:
            try:
                while prefix := stream.read(wire.PREFIX.size):
                    rest = sum(wire.lengths(prefix))
                    self._frames.put_nowait(prefix + stream.read(rest))
            except (WireError, OSError, ValueError):
                self._frames.put_nowait(b"\0")
            self._frames.put_nowait(None)
        except queue.Full:
            self._said_too_much = True
            self._process.kill()

    def _read_output(self, stream: IO[bytes]) -> None:
        with contextlib.suppress(OSError, ValueError):
            while piece := stream.read1(1 << 16):  # type: ignore[attr-defined]
                self._printed_bytes += len(piece)
                self._printed += piece[: max(0, self._kept - len(self._printed))]


_NOBODY = Question(id=-1, verb="make", target="")
