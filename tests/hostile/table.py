"""The tables in docs/security.md: attack by level, and how many were held by who graded.

`python -m tests.hostile.table` writes them anew; `... us landlock` fights as whoever we are and at
that level alone, `... others` as an ordinary user, which root can become where others may read this
interpreter. Every level that this machine has is fought; what is not fought keeps what stood there.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from grader.sandbox import probe
from grader.sandbox.probe import LEVELS
from tests.hostile import arena, header, ordinary
from tests.hostile.header import Attack

PAGE = Path(__file__).resolve().parents[2] / "docs" / "security.md"
BEGIN, END = "<!-- attacks: begin -->", "<!-- attacks: end -->"
USERS_BEGIN, USERS_END = "<!-- users: begin -->", "<!-- users: end -->"
HELD, WON, NOT_CLAIMED, NOT_TRIED = "held", "**WON**", "not claimed", "not tried here"
THROW_AWAY = "root; boxes run as a user that nobody has"
USER_0 = "root; others cannot read the interpreter, so boxes run as user 0 without capabilities"
ORDINARY = "an ordinary user"
NO_NAMESPACES = "an ordinary user whom the kernel gives no namespaces"
USERS = (THROW_AWAY, USER_0, ORDINARY, NO_NAMESPACES)


def committed(begin: str = BEGIN, end: str = END) -> str:
    """A block as it stands in the page.

    Raises: ValueError where the page has no place for it.
    """
    _, begins, rest = PAGE.read_text(encoding="utf-8").partition(begin)
    block, ends, _ = rest.partition(end)
    if not begins or not ends:
        raise ValueError(f"{PAGE.name} needs a line {begin} and a line {end}")
    return block


def _commit(block: str, begin: str = BEGIN, end: str = END) -> None:
    text = PAGE.read_text(encoding="utf-8")
    before, after = text.partition(begin)[0], text.partition(end)[2]
    PAGE.write_text(f"{before}{begin}{block}{end}{after}", encoding="utf-8")


def rows_of(block: str) -> dict[str, list[str]]:
    """The cells of each attack, a level each, in the order of LEVELS."""
    found = {}
    for line in block.splitlines():
        if named := re.match(r"\| `([^`]+)` \|", line):
            found[named[1]] = [cell.strip() for cell in line.split("|")[-1 - len(LEVELS) : -1]]
    return found


def written(attacks: Sequence[Attack], cells: Mapping[str, Sequence[str]]) -> str:
    """The block: a row an attack, then a line of totals."""
    lines = [f"| attack | what it is | {' | '.join(LEVELS)} |", f"|---|---|{'---|' * len(LEVELS)}"]
    for attack in attacks:
        title = attack.title.rstrip(".").replace("|", r"\|")
        lines.append(f"| `{attack.name}` | {title} | {' | '.join(cells[attack.name])} |")
    totals = [
        f"{level}: {sum(cells[one.name][place] == HELD for one in attacks)} held, "
        f"{sum(cells[one.name][place] == WON for one in attacks)} won"
        for place, level in enumerate(LEVELS)
    ]
    return "\n".join(["", *lines, "", f"{len(attacks)} attacks. {'; '.join(totals)}.", ""])


def users_of(block: str) -> dict[str, list[str]]:
    """The cells of each kind of user, a level each, in the order of LEVELS."""
    rows = (line.split("|") for line in block.splitlines() if line.count("|") == len(LEVELS) + 2)
    return {row[1].strip(): [cell.strip() for cell in row[2:-1]] for row in rows}


def write_user(user: str, level: str, cell: str) -> None:
    """Put a cell into the table of users; everything else stays."""
    rows = users_of(committed(USERS_BEGIN, USERS_END))
    rows = {one: rows.get(one, [NOT_TRIED] * len(LEVELS)) for one in USERS}
    rows[user][LEVELS.index(level)] = cell
    lines = [f"| who grades | {' | '.join(LEVELS)} |", f"|---|{'---|' * len(LEVELS)}"]
    lines += [f"| {one} | {' | '.join(cells)} |" for one, cells in rows.items()]
    _commit("\n".join(["", *lines, ""]), USERS_BEGIN, USERS_END)


def counted(held: int, won: int, unclean: int) -> str:
    """A cell of the users' table."""
    said = f"{held} held, {won} won" if won == 0 else f"{held} held, **{won} won**"
    return said if not unclean else f"{said}, **{unclean} traces**"


def _said(level: str, lines: Sequence[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{level}: {line}\n")
    sys.stdout.flush()


def fight_as_we_are(levels: Sequence[str]) -> bool:
    """Fight at those of the levels that are here, write both tables.

    Returns: whether nothing was won or left.
    """
    attacks = header.everything()
    clean = True
    for level in levels:
        if probe.probe(level).confinement is None:
            continue
        battle = arena.fight(level, attacks)
        stood, place = rows_of(committed()), LEVELS.index(level)
        cells = {one.name: _kept(one, stood.get(one.name)) for one in attacks}
        for name, verdict in battle.verdicts.items():
            cells[name][place] = HELD if verdict.held else WON
        _commit(written(attacks, cells))
        won = [f"{name} won: {one.why}" for name, one in battle.verdicts.items() if not one.held]
        unclean = [*battle.seen, *(f"{name} was harmed" for name in battle.harmed)]
        cell = counted(len(battle.verdicts) - len(won), len(won), len(unclean))
        _said(level, [*won, *unclean, f"{cell} in {battle.seconds:.0f} s"])
        if os.geteuid() == 0:
            write_user(USER_0 if probe.throw_away_uid() is None else THROW_AWAY, level, cell)
        clean = clean and not won and not unclean
    return clean


def _kept(attack: Attack, stood: Sequence[str] | None) -> list[str]:
    """What stays of an attack's row: what it claims today, and how that ended before."""
    before = [NOT_TRIED if cell == NOT_CLAIMED else cell for cell in stood or ()]
    return [
        (before[place] if before else NOT_TRIED) if level in attack.holds else NOT_CLAIMED
        for place, level in enumerate(LEVELS)
    ]


def fight_as_others(levels: Sequence[str]) -> bool:
    """Fight as an ordinary user with and without namespaces, write the table of users.

    Returns: whether nothing was won or left.
    """
    if not ordinary.can_fight():
        _said("an ordinary user", ["not to be had: we are not root, or it could not read this"])
        return True
    clean = True
    for level in levels:
        for user, namespaces in ((ORDINARY, True), (NO_NAMESPACES, False)):
            fought = ordinary.fight_as(level, namespaces=namespaces)
            won, unclean = fought["won"], [*fought["seen"], *fought["harmed"]]
            cell = counted(len(fought["held"]), len(won), len(unclean))
            cell = "not to be had" if fought["missing"] else cell
            _said(f"{user}, {level}", [*map(str, won.items()), *unclean, cell])
            write_user(user, level, cell)
            clean = clean and not won and not unclean
    return clean


def main() -> int:
    """Fight as told, write the tables, and say what was seen."""
    ways = {"us": fight_as_we_are, "others": fight_as_others}
    told = sys.argv[1:]
    levels = [level for level in LEVELS if level in told] or LEVELS
    chosen = [way for name, way in ways.items() if name in told] or list(ways.values())
    clean = [way(levels) for way in chosen]
    return int(not all(clean))


if __name__ == "__main__":
    raise SystemExit(main())
