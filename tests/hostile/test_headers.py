from __future__ import annotations

import re

import pytest

from grader.sandbox.probe import LEVELS
from tests.hostile import header, table
from tests.hostile.header import FAMILIES, HeaderError, Refused, Wanted
from tests.hostile.places import Places, UnknownPlace, filled

ATTACKS = header.everything()
PLACES = Places(
    **dict.fromkeys(("port", "udp_port", "shm_key", "judge_pid"), 1),
    **dict.fromkeys(("unix", "abstract", "posix_shm", "canary", "canaries", "home"), "a"),
    **dict.fromkeys(("cwd", "reference", "store", "other", "variable", "mark"), "a"),
)
WHOLE = """'''A title.

goal: points
out: center.forward failed mismatch; running_mean passed
holds: namespaces landlock
'''
"""


@pytest.fixture
def written(tmp_path):
    """Writes an attack's text and reads its header."""

    def read(text):
        path = tmp_path / "forge" / "attack.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return header.read(path)

    return read


def test_a_header_says_all_that_the_arena_needs(written):
    attack = written(WHOLE)

    assert (attack.name, attack.title, attack.goal) == ("forge/attack", "A title.", "points")
    assert attack.holds == ("namespaces", "landlock")
    assert attack.student == "forge-attack"


def test_what_must_come_out_is_read_item_by_item(written):
    assert written(WHOLE).out("landlock") == (
        Wanted(
            item="center.forward", outcomes=frozenset({"failed"}), kinds=frozenset({"mismatch"})
        ),
        Wanted(item="running_mean", outcomes=frozenset({"passed"})),
    )


def test_a_star_is_every_code_item(written):
    attack = written(WHOLE.replace("center.forward failed mismatch", "* blocked"))
    outcomes = {wanted.item: [*wanted.outcomes] for wanted in attack.out("landlock")}

    assert outcomes == {
        "center.forward": ["blocked"],
        "center.backward": ["blocked"],
        "running_mean": ["passed"],
    }


def test_a_level_may_have_an_outcome_of_its_own(written):
    attack = written(WHOLE.replace("holds:", "out landlock: refused 2\nholds:"))

    assert attack.out("landlock") == Refused(code=2)
    assert attack.out("namespaces") != Refused(code=2)


def test_a_literal_may_hold_what_a_docstring_cannot(written):
    attack = written(WHOLE.replace("holds:", "student: '=a\\\\tb'\nholds:"))

    assert attack.student == "=a\tb"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("goal: points", "gaol: points"),
        ("goal: points\n", ""),
        ("goal: points", "goal: points\ngoal: more"),
        ("center.forward", "center.sideways"),
        ("failed", "failing"),
        ("failed mismatch", "failed/passed"),
        ("mismatch", "unlucky"),
        ("holds: namespaces", "holds: everything"),
        ("holds: namespaces landlock", "holds:"),
        ("out: center", "out: refused; center"),
        ("holds:", "target: nothing\nholds:"),
        ("A title.", "goal: points"),
    ],
)
def test_a_header_with_a_slip_is_refused(written, old, new):
    with pytest.raises(HeaderError):
        written(WHOLE.replace(old, new, 1) if old != "A title." else "x = 1\n")


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_an_attack_names_places_that_there_are(attack):
    assert "{{" not in filled(attack.path.read_text(encoding="utf-8"), PLACES) or attack.is_package


def test_a_place_that_there_is_not_is_refused():
    with pytest.raises(UnknownPlace):
        filled("{{NOWHERE}}", PLACES)


def test_two_attacks_never_share_a_student():
    students = [attack.student.casefold() for attack in ATTACKS if not attack.is_package]

    assert len(students) == len(set(students))


def test_every_attack_is_claimed_by_the_strong_levels():
    weak = [attack.name for attack in ATTACKS if not {"namespaces", "landlock"} <= {*attack.holds}]

    assert not weak


def test_there_are_at_least_80_attacks_of_every_family():
    families = {attack.family for attack in ATTACKS}

    assert len(ATTACKS) >= 80
    assert families == {*FAMILIES, "packages"}


def test_every_file_beside_the_attacks_is_one():
    there = {f"{path.parent.name}/{path.stem}" for path in header.ATTACKS.rglob("*.py")} | {
        f"packages/{path.stem}" for path in header.PACKAGES.glob("*.py")
    } - {"packages/__init__"}

    assert there == {attack.name for attack in ATTACKS}


def test_the_table_in_the_docs_names_the_attacks_of_today():
    block = table.committed()
    named = re.findall(r"^\| `([a-z_]+/[a-z0-9_]+)`", block, flags=re.MULTILINE)

    assert named == [attack.name for attack in ATTACKS]


def test_the_table_in_the_docs_says_of_every_claim_how_it_ended():
    rows = table.rows_of(table.committed())

    for attack in ATTACKS:
        cells = dict(zip(LEVELS, rows[attack.name], strict=True))
        claimed = {level for level, cell in cells.items() if cell != table.NOT_CLAIMED}
        assert claimed == {*attack.holds}, attack.name


def test_no_attack_has_won_at_a_strong_level():
    rows = table.rows_of(table.committed())

    assert [name for name, cells in rows.items() if table.WON in cells[:2]] == []


def users():
    return table.users_of(table.committed(table.USERS_BEGIN, table.USERS_END))


def test_the_table_of_users_names_all_of_them():
    assert [one for one in users() if one in table.USERS] == [*table.USERS]


@pytest.mark.parametrize("user", [table.THROW_AWAY, table.ORDINARY, table.NO_NAMESPACES])
def test_who_graded_was_beaten_by_nobody_at_a_strong_level(user):
    cells = users()[user][:2]
    if user == table.NO_NAMESPACES:
        assert cells.pop(0) == "not to be had"

    assert [cell for cell in cells if not re.fullmatch(r"2\d\d held, 0 won", cell)] == []


def test_nobody_has_won_against_anybody():
    rows = users()

    assert [user for user in table.USERS if "**" in "".join(rows[user])] == []


def test_a_cell_of_a_user_replaces_that_cell_alone(tmp_path, monkeypatch):
    page = tmp_path / "security.md"
    page.write_text(f"before\n{table.USERS_BEGIN}\n{table.USERS_END}\nafter\n")
    monkeypatch.setattr(table, "PAGE", page)
    for user, level, cell in (
        (table.ORDINARY, "landlock", "a"),
        (table.USER_0, "process", "b"),
        (table.ORDINARY, "landlock", "c"),
    ):
        table.write_user(user, level, cell)

    assert users()[table.ORDINARY] == [table.NOT_TRIED, "c", *[table.NOT_TRIED] * 2]
    assert users()[table.USER_0] == [*[table.NOT_TRIED] * 3, "b"]
    assert users()[table.THROW_AWAY] == [table.NOT_TRIED] * 4
    assert page.read_text().startswith("before\n")
    assert page.read_text().endswith("after\n")


@pytest.mark.parametrize(("won", "unclean"), [(1, 0), (0, 1)])
def test_what_was_won_or_left_is_not_to_be_overlooked(won, unclean):
    assert "**" in table.counted(200, won, unclean)
