from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.witness import watching

pytestmark = [
    pytest.mark.hostile,
    pytest.mark.skipif(sys.platform != "linux", reason="looks at Linux's own facts"),
]

ATTACH = """
import ctypes
libc = ctypes.CDLL(None)
libc.shmat.restype = ctypes.c_void_p
libc.shmat(libc.shmget({key}, 4096, 0), None, 0)
"""


@pytest.fixture
def witness():
    with watching() as made:
        yield made


def test_where_nothing_happens_there_is_nothing_to_say(witness):
    assert witness.problems() == []


@pytest.mark.parametrize("kind", ["tcp", "udp", "unix", "abstract"])
def test_whoever_connects_is_seen(witness, kind):
    places = witness.places
    reached = {
        "tcp": (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", places.port)),
        "udp": (socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", places.udp_port)),
        "unix": (socket.AF_UNIX, socket.SOCK_STREAM, places.unix),
        "abstract": (socket.AF_UNIX, socket.SOCK_STREAM, f"\0{places.abstract}"),
    }
    family, how, address = reached[kind]
    with socket.socket(family, how) as caller:
        caller.connect(address)
        caller.send(b"x")

        assert any("connected" in said for said in witness.problems())


def test_every_canary_is_looked_at(witness):
    for path in map(Path, witness.places.canaries.split(":")):
        before = path.read_bytes()
        path.write_bytes(b"changed")
        assert any("is not what it was" in said for said in witness.problems())
        path.write_bytes(before)
    assert witness.problems() == []


@pytest.mark.parametrize("folder", ["/tmp", "/dev/shm", "home", "cwd"])
def test_a_file_that_an_attack_made_is_seen(witness, folder):
    place = Path(getattr(witness.places, folder, folder)) / f"{witness.places.mark}-left"
    place.write_text("")
    try:
        assert any(place.name in said for said in witness.problems())
    finally:
        place.unlink()


def test_whoever_attaches_the_shared_memory_is_seen(witness):
    text = ATTACH.format(key=witness.places.shm_key)
    subprocess.run([sys.executable, "-c", text], check=True)

    assert "somebody is attached to our shared memory" in witness.problems()


def test_a_process_that_lives_on_is_seen_though_its_parent_ended(witness):
    daemon = "import os, time\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(60)\n"
    before = witness.problems()
    subprocess.run([sys.executable, "-c", daemon], check=True)
    left = [said for said in witness.problems() if said.startswith("a process was left")]
    for pid in [int(said.split()[4]) for said in left]:
        os.kill(pid, 9)
        os.waitpid(pid, 0)

    assert (before, len(left)) == ([], 1)


def test_a_secret_of_ours_is_known_in_any_text(witness):
    canary = Path(witness.places.canary).read_text()

    assert witness.texts_leak(["nothing", canary, os.environ[witness.places.variable]]) != []
    assert witness.texts_leak(["nothing"]) == []


def test_afterwards_everything_is_as_it_was():
    here, home = os.getcwd(), os.environ.get("HOME")
    with watching() as witness:
        root, canary = witness.root, Path(witness.places.canary)

    assert (os.getcwd(), os.environ.get("HOME")) == (here, home)
    assert not root.exists()
    assert not canary.exists()
