from __future__ import annotations

import base64
import hashlib
import re

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from grader.exports.pages import frame
from tests.html_pages import Page


def rendered(monkeypatch, tmp_path, template: str, **values: object) -> str:
    """A page of a template of its own."""
    for name in ("base.html", "page.css"):
        (tmp_path / name).write_text(frame.text_of(name), encoding="utf-8")
    (tmp_path / "own.html").write_text(
        f'{{% extends "base.html" %}}{{% block main %}}{template}{{% endblock %}}'
    )
    monkeypatch.setattr(frame, "TEMPLATES", tmp_path)
    frame._environment.cache_clear()
    try:
        return frame.page("own.html", "en", **values)
    finally:
        frame._environment.cache_clear()


def test_every_value_is_escaped(monkeypatch, tmp_path):
    assert "&lt;b&gt;&#34;" in rendered(monkeypatch, tmp_path, "{{ x }}", x='<b>"')


def test_every_value_is_inert(monkeypatch, tmp_path):
    assert "a\\u202eb\\x00" in rendered(monkeypatch, tmp_path, "{{ x }}", x="a\u202eb\0")


def test_markup_of_ours_passes(monkeypatch, tmp_path):
    assert "<i>x</i>" in rendered(monkeypatch, tmp_path, "{{ x }}", x=Markup("<i>x</i>"))


def test_what_is_not_given_is_a_mistake(monkeypatch, tmp_path):
    with pytest.raises(UndefinedError):
        rendered(monkeypatch, tmp_path, "{{ missing }}")


def test_a_page_says_its_language(monkeypatch, tmp_path):
    assert '<html lang="en">' in rendered(monkeypatch, tmp_path, "")


def test_the_policy_lets_the_page_s_own_style_through_and_nothing_else(monkeypatch, tmp_path):
    html = rendered(monkeypatch, tmp_path, "")
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    (policy,) = Page(html).of("meta", **{"http-equiv": "Content-Security-Policy"})

    assert policy["content"] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def test_a_page_without_a_script_has_none(monkeypatch, tmp_path):
    assert "script" not in Page(rendered(monkeypatch, tmp_path, "")).tags


def test_the_policy_names_the_script_by_its_digest():
    digest = base64.b64encode(hashlib.sha256(b"let x = 1").digest()).decode()

    assert f"script-src 'sha256-{digest}'" in frame.policy("", "let x = 1")


@pytest.mark.parametrize(
    ("student", "file"), [("ivanova", "ivanova.html"), ("Иванова", "Иванова.html")]
)
def test_an_ordinary_name_is_its_page_s_name(student, file):
    assert frame.file_name(student) == file


@pytest.mark.parametrize(
    "student", ["index", "INDEX", "con", "nul", "lpt1", ".x", "-rf", "a b", "<b>", "=1", "../x", ""]
)
def test_a_name_that_something_else_goes_by_gets_a_digest(student):
    assert re.fullmatch(r"[\w.-]*[0-9a-f]{8}\.html", frame.file_name(student))


def test_names_that_differ_in_signs_alone_have_two_pages():
    assert frame.file_name("a b") != frame.file_name("a?b")


def test_a_very_long_name_is_cut():
    assert len(frame.file_name("x" * 5000)) < 130


def test_a_dotted_name_may_break_behind_a_dot():
    assert frame.breakable("<a>.b_c") == "&lt;a&gt;.<wbr>b_<wbr>c"
