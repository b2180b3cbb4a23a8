from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest
import yaml

from grader import rubric
from grader.errors import CourseError, UsageError
from grader.rubric import CheckPlace, Limits, Policy

GOOD = """\
schema: 1
title: {en: Vectors, ru: Векторы}
arrays: numpy
files: [vectors.py]
given: [tools.py]
returns: {"*_forward": [array, held], "*": value}
limits: {seconds: 2, load: 5, memory: 1 GiB, output: 64 KiB}
feedback: hints
items:
  - {id: center.forward, title: {en: Center, ru: Центр}, points: 1}
  - {id: center.backward, title: {en: Back}, points: 2, needs: [center.forward]}
  - {id: races, title: {en: Race}, points: 3, device: accelerator, limits: {seconds: 60}}
  - {id: questions.mean, title: {en: Mean}, points: 1, kind: answer}
  - {id: extra, title: {en: Extra}, points: 2, bonus: true, kind: manual}
"""


@pytest.fixture
def course(tmp_path):
    """A function that writes assignments/vectors with this assignment.yaml, and its secret half."""

    def write(text: str = GOOD) -> Path:
        folder = tmp_path / "assignments" / "vectors"
        folder.mkdir(parents=True)
        (tmp_path / "reference" / "vectors").mkdir(parents=True)
        for name in ("vectors.py", "tools.py"):
            (folder / name).write_text("")
        (folder / "assignment.yaml").write_text(text, encoding="utf-8")
        return folder

    return write


def test_an_assignment_is_read_with_its_items_in_order(course):
    assignment = rubric.read(course())

    assert [item.id for item in assignment.items] == [
        "center.forward",
        "center.backward",
        "races",
        "questions.mean",
        "extra",
    ]


def test_sizes_are_bytes(course):
    assert rubric.read(course()).limits == Limits(
        seconds=2.0, load=5.0, memory_bytes=1 << 30, output_bytes=64 << 10
    )


def test_a_size_may_be_a_number_of_bytes(course):
    assert rubric.read(course(GOOD.replace("64 KiB", "65536"))).limits.output_bytes == 65536


def test_an_item_s_limits_lie_over_the_assignment_s(course):
    item = rubric.read(course()).item("races")

    assert (item.limits.seconds, item.limits.load) == (60.0, 5.0)


def test_a_title_without_russian_is_english(course):
    assert rubric.read(course()).item("center.backward").title.text("ru") == "Back"


def test_the_secret_half_is_found_by_the_slug(course):
    folder = course()

    assert rubric.read(folder).secret == folder.parents[1] / "reference" / "vectors"


def test_without_a_secret_half_the_work_may_be_missing(course):
    folder = course()
    (folder.parents[1] / "reference" / "vectors").rmdir()
    (folder / "vectors.py").unlink()

    assert rubric.read(folder).secret is None


@pytest.mark.parametrize(
    ("function", "returns"),
    [("center_forward", ("array", "held")), ("other", "value")],
)
def test_the_first_pattern_that_fits_says_what_is_returned(course, function, returns):
    assert rubric.read(course()).returns_of(function) == returns


def test_without_patterns_a_call_returns_a_value(course):
    folder = course(GOOD.replace('returns: {"*_forward": [array, held], "*": value}\n', ""))

    assert rubric.read(folder).returns_of("center_forward") == "value"


def test_returns_may_be_nested(course):
    folder = course(GOOD.replace("[array, held]", "[array, [held, value]]"))

    assert rubric.read(folder).returns_of("a_forward") == ("array", ("held", "value"))


def test_an_unknown_item_gets_the_nearest_name(course):
    with pytest.raises(UsageError, match=r'no item "center.fward". Did you mean "center.forward"'):
        rubric.read(course()).item("center.fward")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("feedback:", "feedbak:", ':8: unknown key "feedbak". Did you mean "feedback"?'),
        (
            "points: 2, needs",
            "point: 2, needs",
            ':11: unknown key "point" in items[1]. Did you mean "points"?',
        ),
        ("{seconds: 60}", "{secs: 60}", ':12: unknown key "secs" in items[2].limits.'),
        ("points: 3, ", "", ':12: items[2] needs the key "points". Add it.'),
        (
            "[center.forward]",
            "[center.forwar]",
            'items[1].needs names "center.forwar"; no such item. Did you mean "center.forward"?',
        ),
        ("id: races", "id: center.forward", ':12: items[2].id is "center.forward", as on line 10.'),
        (
            "points: 3,",
            "points: 3, needs: [questions.mean],",
            'items[2].needs names "questions.mean", which stands below.',
        ),
        (
            "points: 1}",
            "points: 1, needs: [center.backward]}",
            "items[0].needs runs in a circle: center.forward -> center.backward -> center.forward.",
        ),
        (
            "points: 1}",
            "points: 1, needs: [center.forward]}",
            "items[0].needs runs in a circle: center.forward -> center.forward.",
        ),
        ("[vectors.py]", "[vektors.py]", ":4: files names vektors.py, which is not in vectors/."),
        ("[tools.py]", "[toolz.py]", ":5: given names toolz.py, which is not in vectors/."),
        ("[tools.py]", "[vectors.py]", "names a file twice"),
        ("[vectors.py]", "[../x.py]", ":4: files[0] is '../x.py':"),
        ("[vectors.py]", "[checks_x.py]", "files of checks are called so; rename this one"),
        ("1 GiB", "1 GB", ":7: limits.memory is '1 GB': write a size such as 64 KiB"),
        ("seconds: 2", "seconds: -2", ":7: limits.seconds is -2: input should be greater than 0."),
        ("schema: 1", "schema: 2", ":1: schema is 2: input should be 1."),
        (
            "arrays: numpy",
            "arrays: jax",
            ":3: arrays is 'jax': input should be 'torch' or 'numpy'.",
        ),
        ("[array, held]", "[array, hold]", "write value, array, held, or a list of these"),
        ("id: races", "id: Races", ":12: items[2].id is 'Races': string should match pattern"),
        ("points: 3", "points: [3]", ":12: items[2].points is a list:"),
        ("{en: Race}", "Race", ":12: items[2].title is 'Race':"),
        ("id: races", "id: {a: 1}", ":12: items[2].id is a mapping:"),
        ("points: 3", "points: three", ":12: items[2].points is 'three':"),
        ("bonus: true", "bonus: yes", ":14: items[4].bonus is 'yes':"),
        ("schema: 1\n", "schema: 1\nschema: 1\n", 'the key "schema" stands here and on line 1'),
    ],
)
def test_a_mistake_is_named_by_file_line_and_key(course, old, new, message):
    assert old in GOOD
    with pytest.raises(CourseError) as caught:
        rubric.read(course(GOOD.replace(old, new, 1)))

    assert str(caught.value).startswith("assignments/vectors/assignment.yaml:")
    assert message in str(caught.value)


@pytest.mark.parametrize("text", ["", "- 1\n", "just text\n"])
def test_a_file_that_is_no_mapping_is_refused(course, text):
    with pytest.raises(CourseError, match="a mapping of keys to values is asked"):
        rubric.read(course(text))


def test_a_folder_without_the_file_is_refused(tmp_path):
    with pytest.raises(CourseError, match="there is no such file"):
        rubric.read(tmp_path)


def test_a_slug_is_found_from_anywhere_below_the_course(course):
    folder = course()
    below = folder / "deep" / "down"
    below.mkdir(parents=True)

    assert rubric.find("vectors", below) == folder


@pytest.mark.parametrize("argument", ["assignments/vectors", "assignments/vectors/assignment.yaml"])
def test_a_path_to_the_folder_is_found(course, argument):
    folder = course()

    assert rubric.find(argument, folder.parents[1]) == folder


def test_the_current_folder_is_an_assignment_by_its_path(course):
    folder = course()

    assert rubric.read(rubric.find(".", folder)).slug == "vectors"


def test_an_unknown_slug_gets_the_nearest_name(course):
    start = course().parents[1]

    with pytest.raises(UsageError, match=r'no assignment "vector": .* Did you mean "vectors"'):
        rubric.find("vector", start)


def test_where_no_assignment_is_known_none_is_suggested(tmp_path):
    with pytest.raises(UsageError, match=r"nor a folder with assignment.yaml\.$"):
        rubric.find("vectors", tmp_path)


def place(item: str) -> CheckPlace:
    return CheckPlace("dx_is_right", item, "checks.py", 7)


ALL = [place(name) for name in ("center.forward", "center.backward", "races")]


def test_checks_that_cover_the_code_items_are_accepted(course):
    assert rubric.compare_with_checks(rubric.read(course()), ALL) is None


@pytest.mark.parametrize(
    ("checks", "message"),
    [
        (
            [*ALL, place("race")],
            'checks.py:7: dx_is_right names the item "race", which assignment.yaml does not have. '
            'Did you mean "races"?',
        ),
        ([*ALL, place("extra")], 'checks.py:7: dx_is_right names "extra", an item of kind manual'),
        (ALL[:2], 'assignments/vectors/assignment.yaml:12: no check names "races".'),
    ],
)
def test_a_check_without_item_and_an_item_without_check_are_refused(course, checks, message):
    with pytest.raises(CourseError) as caught:
        rubric.compare_with_checks(rubric.read(course()), checks)

    assert str(caught.value).startswith(message)


def test_the_schema_accepts_what_is_accepted():
    jsonschema.Draft202012Validator.check_schema(rubric.schema())
    jsonschema.validate(yaml.safe_load(GOOD), rubric.schema())


def test_the_schema_refuses_an_unknown_key():
    with pytest.raises(jsonschema.ValidationError, match="feedbak"):
        jsonschema.validate(yaml.safe_load(GOOD.replace("feedback", "feedbak")), rubric.schema())


def test_of_a_notebook_definitions_are_taken_where_nothing_is_said(course):
    assert rubric.read(course()).notebook == "definitions"


def test_an_assignment_may_have_notebooks_executed(course):
    text = GOOD.replace("feedback: hints\n", "feedback: hints\nnotebook: execute\n")

    assert rubric.read(course(text)).notebook == "execute"


def test_another_way_with_notebooks_is_refused(course):
    text = GOOD.replace("feedback: hints\n", "feedback: hints\nnotebook: run\n")

    with pytest.raises(CourseError, match="notebook"):
        rubric.read(course(text))


FORBIDS = GOOD.replace(
    "feedback: hints\n", "feedback: hints\npolicy: {forbid: [numpy.mean, .sum], action: fail}\n"
)


def test_an_assignment_without_a_policy_forbids_nothing(course):
    assert {item.policy for item in rubric.read(course()).items} == {Policy()}


def test_a_policy_holds_for_every_item(course):
    item = rubric.read(course(FORBIDS)).item("races")

    assert item.policy == Policy(forbid=("numpy.mean", ".sum"), action="fail")


def test_a_policy_flags_where_nothing_else_is_said(course):
    text = FORBIDS.replace(", action: fail", "")

    assert rubric.read(course(text)).item("races").policy.action == "flag"


@pytest.mark.parametrize("forbid", ["[scipy]", "[]"])
def test_an_item_s_policy_stands_in_place_of_the_assignment_s(course, forbid):
    text = FORBIDS.replace("points: 3,", f"points: 3, policy: {{forbid: {forbid}}},")
    item = rubric.read(course(text)).item("races")

    assert item.policy == Policy(forbid=("scipy",) if forbid == "[scipy]" else ())


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (
            "numpy.mean",
            "numpy mean",
            "policy.forbid[0] is 'numpy mean': write a dotted name such as torch.autograd, or "
            ".backward for an attribute of that name.",
        ),
        ("numpy.mean", "7", "policy.forbid[0] is 7: write a dotted name"),
        ("numpy.mean", '"numpy.mean\\n"', "policy.forbid[0] is 'numpy.mean\\n': write a dotted"),
        (".sum", ".a.b", "policy.forbid[1] is '.a.b': write a dotted name"),
        ("fail", "warn", "policy.action is 'warn': input should be 'flag' or 'fail'."),
        ("action", "actoin", 'unknown key "actoin" in policy. Did you mean "action"?'),
        ("forbid: [numpy.mean, .sum], ", "", 'policy needs the key "forbid". Add it.'),
    ],
)
def test_a_wrong_policy_is_named_with_line_and_key(course, before, after, message):
    with pytest.raises(CourseError) as caught:
        rubric.read(course(FORBIDS.replace(before, after)))

    assert str(caught.value).startswith("assignments/vectors/assignment.yaml:9: " + message)


def test_a_policy_of_an_item_without_code_is_refused(course):
    text = GOOD.replace("kind: answer", "kind: answer, policy: {forbid: [numpy]}")

    with pytest.raises(CourseError, match=r":13: items\[3\]\.policy is for code, .*kind answer"):
        rubric.read(course(text))


def test_the_schema_knows_a_policy():
    jsonschema.validate(yaml.safe_load(FORBIDS), rubric.schema())


@pytest.mark.parametrize("entry", ["numpy mean", ".a.b", "numpy.", "."])
def test_the_schema_refuses_what_cannot_be_forbidden(entry):
    text = yaml.safe_load(FORBIDS.replace(".sum", f'"{entry}"'))

    with pytest.raises(jsonschema.ValidationError, match="does not match"):
        jsonschema.validate(text, rubric.schema())
