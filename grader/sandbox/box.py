"""A zygote and its boxes, as the judge sees them: start, open, ask, close."""

from __future__ import annotations

import json
import math
import socket
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from grader import wire
from grader.errors import BoxError, CourseError, WireError
from grader.questions import Answer, Failure, FailureKind, Question
from grader.rubric import Limits
from grader.sandbox import bubblewrap, environment, installed
from grader.sandbox.talk import Sources, answer_in, broken, cleaned, seed_of, shortened

STARTING_SECONDS = 180
"""A warm torch takes 2 to 12 seconds of a busy machine; past this it never comes."""
PATIENCE = 60
"""Seconds of wall time beyond a box's own deadline after which the box itself is at fault."""
LONGEST = 13
"""How many times the CPU limit a box waits at most: thrice, and ten times what was computed."""
CHECKS_OF_AN_ITEM = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Confinement:
    """How student code is held: the level's name, and the throw-away user where one is had."""

    level: str
    uid: int | None = None
    bubblewrap: Path | None = None


class Zygote:
    """One warm interpreter; every box is a fork of it."""

    def __init__(self, confinement: Confinement, arrays: str) -> None:
        """Start it and wait until it is warm.

        Raises:
            BoxError: it did not start; the text holds the end of what it said.
        """
        self._confinement = confinement
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the zygote
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        needs = installed.needed(arrays)
        folder = environment.empty_folder()
        program = Path(__file__).parent.parent / "worker" / "zygote.py"
        python = [sys.executable, "-s", "-P", "-B", str(program), str(theirs.fileno())]
        if confinement.bubblewrap is not None:
            folder = str(bubblewrap.WORKING_FOLDER)
            paths = [*needs.readable, *needs.started]
            python = [
                *bubblewrap.command(confinement.bubblewrap, readable=paths, uid=65534),
                *python,
            ]
        try:
            self._process = subprocess.Popen(
                python,
                pass_fds=[theirs.fileno()],
                env=environment.pinned(folder),
                cwd="/" if confinement.bubblewrap is not None else folder,
                stdin=subprocess.DEVNULL,
                stdout=self._said,
                stderr=self._said,
            )
        except OSError as error:
            self._control.close()
            self._said.close()
            raise BoxError(f"the box's interpreter did not start ({error})") from error
        finally:
            theirs.close()
        self._control.settimeout(STARTING_SECONDS)
        config = {
            "level": confinement.level,
            "arrays": arrays,
            "uid": confinement.uid,
            "allowed": needs.modules,
            "readable": [str(path) for path in needs.readable],
            "listable": [folder, *map(str, needs.listable)],
        }
        try:
            self._control.send(json.dumps(config).encode())
            hello = self._control.recv(1 << 20)
        except OSError as error:
            hello = b""
            reason = f"{type(error).__name__}: {error}"
        else:
            reason = "it ended"
        if not hello:
            said = self._last_words()
            self.close()
            raise BoxError(f"the box's interpreter did not start ({reason}). {said}")
        self.modules: list[str] = json.loads(hello)["modules"]

    def open_box(self, sources: Sources) -> ForkedBox:
        """A new box that holds `sources`.

        Raises:
            BoxError: the zygote is gone.
        """
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                socket.send_fds(self._control, [b"box"], [theirs.fileno()])
            return ForkedBox(ours, sources)
        except OSError as error:
            ours.close()
            raise BoxError(f"the box's interpreter ended. {self._last_words()}") from error

    def close(self) -> None:
        """Hang up and wait until it is gone."""
        self._control.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._said.close()

    def _last_words(self) -> str:
        self._said.seek(0)
        text = self._said.read()[-2000:].decode("utf-8", "replace").strip()
        return shortened(text.rpartition("\n")[2])


class ForkedBox:
    """One submission in a fork of the zygote; each item is a further fork."""

    def __init__(self, stream: socket.socket, sources: Sources) -> None:
        """Hand the sources over; nothing of them runs before `open_item`."""
        self.seconds = 0.0
        self.definitions_alone = False
        self.stumble: Failure | None = None
        self._scripts = sources.are_scripts
        self._stream = stream
        self._open = False
        self._printed = ""
        # Files may be longer than a header.
        stream.sendall(wire.pack({}, json.dumps(asdict(sources)).encode()))

    def open_item(self, item: str, limits: Limits) -> Failure | None:
        """Start a fresh process for `item` and load the submission in it.

        A file that does not load as it is, or not within its limit, is loaded again by its
        definitions alone; if that fails too, the first failure stands.

        Raises:
            BoxError: the box is gone.
        """
        self.close_item()
        first = self._load(item, limits)
        if first is None or self.definitions_alone or self._scripts:
            return first
        self.definitions_alone = True
        second = self._load(item, limits)
        if second is None:
            self.stumble = first
            return None
        self.definitions_alone = False
        return first

    def _load(self, item: str, limits: Limits) -> Failure | None:
        header = {
            "kind": "open",
            "seed": seed_of(item),
            "whole": not self.definitions_alone,
            "seconds": limits.load,
            "limits": {
                "memory_bytes": limits.memory_bytes,
                "output_bytes": limits.output_bytes,
                "cpu_seconds": math.ceil(limits.load + CHECKS_OF_AN_ITEM * limits.seconds),
            },
        }
        reply, frame = self._exchange(header, b"", limits.load)
        failure = _failure_of(reply)
        if failure is not None:
            self._printed = _text(frame)
            return failure
        self._open = True
        loaded = answer_in(frame, _NOBODY) or broken(_NOBODY)
        if loaded.failure is not None:
            # It says that it failed; whether it also ended is not for it to say.
            self._end_item()
        return loaded.failure

    def ask(self, question: Question, check: str, limits: Limits) -> Answer:
        """The open item's answer; after a failure that ended its process the item is closed.

        Raises:
            BoxError: the box is gone.
            CourseError: the question is too long, or holds what does not cross.
        """
        try:
            frame = wire.pack_question(question, check=check, seed=seed_of(check))
        except WireError as error:
            raise CourseError(f"{check} asks what a question cannot carry: {error}") from error
        header = {"kind": "ask", "check": check, "seconds": limits.seconds}
        reply, raw = self._exchange(header, frame, limits.seconds)
        failure = _failure_of(reply)
        if failure is not None:
            self._open = False
            self._printed = _text(raw)
            return Answer(question=question.id, failure=failure)
        answer = answer_in(raw, question)
        if answer is None:
            self._end_item()
            return broken(question)
        if answer.failure is not None and answer.failure.kind.ends_the_item:
            self._end_item()
        return answer

    @property
    def item_is_open(self) -> bool:
        """Whether the item's process still answers."""
        return self._open

    def close_item(self) -> str:
        """End the item's process, if there is one; what it printed."""
        self._end_item()
        printed, self._printed = self._printed, ""
        return printed

    def _end_item(self) -> None:
        if self._open:
            self._open = False
            _, raw = self._exchange({"kind": "close"}, b"", 0.0)
            self._printed = _text(raw)

    def close(self) -> None:
        """Hang up: the box kills its item and ends."""
        self._stream.close()

    def _exchange(
        self, header: dict[str, Any], frame: bytes, seconds: float
    ) -> tuple[dict[str, Any], bytes]:
        self._stream.settimeout(LONGEST * seconds + PATIENCE)
        try:
            self._stream.sendall(wire.pack(header, frame, max_body=wire.MAX_RELAYED))
            reply, raw = wire.read(self._stream.recv, max_body=wire.MAX_RELAYED)
        except (OSError, EOFError, WireError) as error:
            raise BoxError(f"a box ended unasked ({type(error).__name__})") from error
        self.seconds = reply["seconds"]
        return reply, raw


_NOBODY = Question(id=-1, verb="make", target="")


def _text(printed: bytes) -> str:
    return printed.decode("utf-8", "replace")


def _failure_of(reply: dict[str, Any]) -> Failure | None:
    if reply["failure"] is None:
        return None
    kind, message = reply["failure"]
    return cleaned(Failure(kind=FailureKind(kind), message=message))
