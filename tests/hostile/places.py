"""What an attack must know to aim: places that are real while a batch runs.

An attack writes `{{PORT}}`; before it is handed in, that is replaced by the number. No attacker
would know them, so an attack that fails with them fails without them.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass


class UnknownPlace(Exception):
    """An attack names a place that there is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """One batch's places; a field `unix` is written `{{UNIX}}`.

    Attributes:
        port, udp_port: of sockets that listen on the loopback.
        unix, abstract: the path of a unix socket, and the name of an abstract one (without its
            NUL), both listening.
        shm_key: of a System V segment; posix_shm: the name of one under /dev/shm. Both hold a
            secret.
        canary: a file in /tmp with a secret; canaries: the paths of all such files, `:` between.
        home, cwd: the judge's home and working folder; each holds a canary.
        reference, store, other: the folder of the solution, of the results, and of another
            student's submission; each holds a canary.
        variable: an environment variable of the judge with a secret.
        judge_pid: of the process that reads the reports.
        mark: a word; a file whose name holds it was made by an attack.
    """

    port: int
    udp_port: int
    unix: str
    abstract: str
    shm_key: int
    posix_shm: str
    canary: str
    canaries: str
    home: str
    cwd: str
    reference: str
    store: str
    other: str
    variable: str
    judge_pid: int
    mark: str


def filled(text: str, places: Places) -> str:
    """`text` with every `{{NAME}}` replaced.

    Raises: UnknownPlace for a name that is no field of Places.
    """
    known = {name.upper(): str(value) for name, value in asdict(places).items()}

    def value(found: re.Match[str]) -> str:
        if found[1] not in known:
            raise UnknownPlace(f"{{{{{found[1]}}}}} is none of {', '.join(sorted(known))}")
        return known[found[1]]

    return re.sub(r"\{\{([A-Z_]+)\}\}", value, text)
