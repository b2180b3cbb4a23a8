"""The table of attack and level in docs/security.md.

`python -m tests.hostile.table` writes it anew. Every level that this machine has is fought; the
others keep what stood there, if anything did.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from grader.sandbox import probe
from grader.sandbox.probe import LEVELS
from tests.hostile import arena, header
from tests.hostile.header import Attack

PAGE = Path(__file__).resolve().parents[2] / "docs" / "security.md"
BEGIN, END = "<!-- attacks: begin -->", "<!-- attacks: end -->"
HELD, WON, NOT_CLAIMED, NOT_TRIED = "held", "**WON**", "not claimed", "not tried here"


def committed() -> str:
    """The block as it stands in the page.

    Raises: ValueError where the page has no place for it.
    """
    text = PAGE.read_text(encoding="utf-8")
    _, begin, rest = text.partition(BEGIN)
    block, end, _ = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{PAGE.name} needs a line {BEGIN} and a line {END}")
    return block


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


def main() -> int:
    """Fight at every level that is here, write the table, and say what was seen."""
    attacks = header.everything()
    try:
        stood = rows_of(committed())
    except FileNotFoundError:
        stood = {}
        PAGE.write_text(f"# Security\n\n{BEGIN}\n{END}\n", encoding="utf-8")
    cells = {
        one.name: [NOT_TRIED if level in one.holds else NOT_CLAIMED for level in LEVELS]
        for one in attacks
    }
    unclean = False
    for place, level in enumerate(LEVELS):
        claimed = [one.name for one in attacks if level in one.holds]
        if probe.probe(level).confinement is None:
            for name in claimed:
                cells[name][place] = stood.get(name, cells[name])[place]
            continue
        battle = arena.fight(level, attacks)
        for name, verdict in battle.verdicts.items():
            cells[name][place] = HELD if verdict.held else WON
            if not verdict.held:
                sys.stdout.write(f"{level}: {name} won: {verdict.why}\n")
        for said in (*battle.seen, *(f"{name} was harmed" for name in battle.harmed)):
            sys.stdout.write(f"{level}: {said}\n")
        unclean = unclean or bool(battle.seen or battle.harmed)
        sys.stdout.write(f"{level}: {len(battle.verdicts)} attacks in {battle.seconds:.0f} s\n")
    text = PAGE.read_text(encoding="utf-8")
    before, after = text.partition(BEGIN)[0], text.partition(END)[2]
    PAGE.write_text(f"{before}{BEGIN}{written(attacks, cells)}{END}{after}", encoding="utf-8")
    return int(unclean or any(WON in row for row in cells.values()))


if __name__ == "__main__":
    raise SystemExit(main())
