from __future__ import annotations

import math

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from grader import yamlfile
from grader.errors import CourseError, SubmissionError
from grader.yamlfile import dump, load

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=("Cs",)))
)
KEYS = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def refusal(data: bytes, **options: object) -> str:
    with pytest.raises(CourseError) as caught:
        load(data, name="a.yaml", **options)
    return str(caught.value)


@given(VALUES)
def test_what_is_dumped_loads_as_it_was(value):
    assert load(dump(value).encode(), name="x").value == value


@given(VALUES)
def test_what_is_dumped_means_the_same_to_a_reader_of_yaml_1_1(value):
    assert yaml.safe_load(dump(value)) == value


@given(VALUES)
def test_what_is_dumped_holds_no_character_that_cannot_be_seen(value):
    assert dump(value).replace("\n", "").isprintable()


@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))
)
def test_any_bytes_load_or_are_refused_by_name(data):
    refused = ""
    try:
        load(data, name="a.yaml")
    except CourseError as error:
        refused = str(error)

    assert refused == "" or refused.startswith("a.yaml:")


@pytest.mark.parametrize("parser", [yaml.SafeLoader, getattr(yaml, "CSafeLoader", None)])
def test_both_parsers_refuse_broken_syntax_at_its_line(parser, monkeypatch):
    if parser is None:
        pytest.skip("PyYAML was built without libyaml")
    monkeypatch.setattr(yamlfile, "_PARSER", parser)

    assert refusal(b"a: 1\nb: c: d\n").startswith("a.yaml:2:")


def test_reports_look_like_this():
    value = {
        "title": "Прямой проход",
        "evidence": {"what": "dx", "where": [1, 2], "error": 1e-05, "given": -0.9436},
        "items": [{"id": "a.b", "where": None}, {"id": "001"}],
        "message": "it's: [1]",
        "empty": {},
        "none": [],
        "deep": {"list": [{"a": 1}]},
    }

    assert dump(value) == (
        "title: Прямой проход\n"
        "evidence: {what: dx, where: [1, 2], error: 1.0e-05, given: -0.9436}\n"
        "items:\n"
        "  - id: a.b\n"
        "    where: null\n"
        "  - id: '001'\n"
        "message: 'it''s: [1]'\n"
        "empty: {}\n"
        "none: []\n"
        "deep:\n"
        "  list:\n"
        "    - a: 1\n"
    )


def test_bidi_and_control_characters_are_written_as_escapes():
    assert dump("a\u202eb\x1b[31m\n") == '"a\\u202eb\\x1b[31m\\n"\n'


def test_half_a_character_is_replaced():
    assert dump("a\ud800b") == '"a\\ufffdb"\n'


@pytest.mark.parametrize(
    ("value", "text"),
    [(math.nan, ".nan\n"), (math.inf, ".inf\n"), (-math.inf, "-.inf\n"), (1e16, "1.0e+16\n")],
)
def test_floats_have_a_fixed_form(value, text):
    assert dump(value) == text


def test_a_value_without_a_form_is_a_type_error():
    with pytest.raises(TypeError, match="object"):
        dump({"a": object()})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("4.54e-5", 4.54e-5),
        ("1e3", 1000.0),
        ("010", 10),
        ("1:30", "1:30"),
        ("2026-01-01", "2026-01-01"),
        ("<<", "<<"),
        ("'1'", "1"),
        ("", None),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_a_plain_scalar_is_read_by_the_core_schema(text, value):
    assert load(text.encode(), name="x").value == value


def test_a_byte_order_mark_is_allowed():
    assert load(b"\xef\xbb\xbfa: 1\n", name="x").value == {"a": 1}


def test_the_line_of_a_value_is_known():
    document = load(b"a: 1\nitems:\n  - id: x\n  - id: y\n", name="x")

    assert document.line_of(("items", 1, "id")) == 4


def test_the_line_of_what_is_not_there_is_that_of_what_is_round_it():
    document = load(b"a: 1\nitems:\n  - id: x\n", name="x")

    assert document.line_of(("items", 0, "limits", "load")) == 3


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a: 1\nb: 2\na: 3\n", 'a.yaml:3:1: the key "a" stands here and on line 1. Keep one.'),
        (b"a: &x 1\n", "a.yaml:1:4: anchors (&name) are not allowed. Write the value out."),
        (b"a: *x\n", "a.yaml:1:4: aliases (*name) are not allowed. Write the value out."),
        (b"a: !!python/name:os.system x\n", "a.yaml:1:4: tags are not allowed; delete"),
        (b"--- 1\n--- 2\n", "a.yaml:2:1: a second document starts. Keep one in a file."),
        (b"[a]: 1\n", "a.yaml:1:1: a key must be a plain text. Rename it."),
        (b"a: 1\nb: \xff\n", "a.yaml:2: byte 0xff is not UTF-8. Save it as UTF-8."),
        (b"a: \x07\n", "a.yaml:1: the character U+0007 has no place in YAML. Delete it."),
        (b"a:\n\tb: 1\n", "Indent with spaces, not with tabs."),
        (b"a: b: c\n", "A text that holds a colon needs quotes."),
        (b"[" * 5000, "a.yaml:1:34: nested deeper than 32 levels. Make it flatter."),
        (b"a: [1\n", "a.yaml:2:1: not readable as YAML"),
    ],
)
def test_a_refusal_names_file_and_line_and_says_what_to_do(data, message):
    assert message in refusal(data)


def test_what_is_too_long_is_refused():
    assert refusal(b"x" * 11, max_bytes=10).startswith("a.yaml: longer than the 10 bytes")


def test_too_many_values_are_refused(monkeypatch):
    monkeypatch.setattr(yamlfile, "MAX_NODES", 3)

    assert "more than 3 values" in refusal(b"[1, 2, 3, 4]")


def test_of_a_long_file_only_the_allowed_bytes_are_read(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a: 1\n" * 100)

    with pytest.raises(CourseError, match="longer than the 20 bytes"):
        load(path, max_bytes=20)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CourseError, match="there is no such file"):
        load(tmp_path / "gone.yaml")


def test_a_folder_in_the_place_of_a_file_is_named(tmp_path):
    with pytest.raises(CourseError, match="cannot be read"):
        load(tmp_path)


def test_the_caller_says_whose_fault_it_is():
    with pytest.raises(SubmissionError):
        load(b"[", name="x", error=SubmissionError)


def test_aliases_are_read_where_they_are_allowed():
    assert load(b"a: &x [1]\nb: *x\n", name="x", aliases=True).value == {"a": [1], "b": [1]}


def test_an_alias_of_nothing_is_refused():
    assert "names nothing above it" in refusal(b"b: *x\n", aliases=True)
