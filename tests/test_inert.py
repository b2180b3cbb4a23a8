from __future__ import annotations

import pytest

from grader.inert import inert, is_inert


def test_what_can_be_seen_stays_as_it_is():
    text = "Центр at [1, 2]: x[::-1], c10::Scalar, a[::2] # 3 ✓"

    assert inert(text) == text


def test_line_ends_and_wide_spaces_become_plain_spaces():
    assert inert("a\nb\rc\td\u3000e\xa0f") == "a b c d e f"


@pytest.mark.parametrize(
    "character", ["\x1b", "\0", "\x9b", "\u202e", "\u200b", "\ud800", "\U000e0041"]
)
def test_what_cannot_be_seen_becomes_an_escape(character):
    assert is_inert(inert(f"a{character}b"))
    assert character not in inert(f"a{character}b")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("::error file=a::b", r"\x3a:error file=a::b"),
        ("so ::set-output name=x::1", r"so \x3a:set-output name=x::1"),
        ("folded::warning::b", r"folded\x3a:warning::b"),
        ("\n::token::", r" \x3a:token::"),
        ("##[add-mask]0", r"\x23#[add-mask]0"),
        ("a ##vso[task.x]b", r"a \x23#vso[task.x]b"),
        ("::STOP-commands::x", r"\x3a:STOP-commands::x"),
    ],
)
def test_no_runner_of_workflows_finds_a_command(text, shown):
    assert inert(text) == shown
