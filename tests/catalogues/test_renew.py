"""The catalogues are whole: what is collected from the sources today is what is translated."""

from __future__ import annotations

import gettext
import string

import pytest
from babel.messages.plurals import get_plural

from catalogues import renew
from catalogues.collect import holes
from grader.exports.phrases import LANGUAGES
from grader.findings import Outcome
from grader.questions import FailureKind

LANGS = renew.languages()


def ids(catalogue) -> set[object]:
    return {(message.context, message.id) for message in catalogue if message.id}


def forms(message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def test_every_language_but_english_has_a_catalogue():
    assert {"en", *LANGS} == set(LANGUAGES)


@pytest.mark.parametrize("lang", LANGS)
def test_every_text_of_the_sources_is_in_the_catalogue(lang):
    absent = ids(renew.template()) - ids(renew.read(lang))

    assert not absent, "run `make catalogues`, then translate what is empty"


@pytest.mark.parametrize("lang", LANGS)
def test_the_catalogue_holds_nothing_that_nobody_says_any_more(lang):
    catalogue = renew.read(lang)

    assert not ids(catalogue) - ids(renew.template())
    assert not catalogue.obsolete


@pytest.mark.parametrize("lang", LANGS)
def test_every_text_is_translated(lang):
    assert renew.missing(renew.read(lang)) == []


@pytest.mark.parametrize("lang", LANGS)
def test_no_translation_is_a_guess(lang):
    assert [message.id for message in renew.read(lang) if message.fuzzy and message.id] == []


@pytest.mark.parametrize("lang", LANGS)
def test_a_translation_has_the_holes_of_its_text(lang):
    wrong = []
    for message in renew.read(lang):
        if message.id:
            text = message.id if isinstance(message.id, str) else message.id[1]
            wrong += [text for form in forms(message) if holes(form) != holes(text)]

    assert wrong == []


@pytest.mark.parametrize("lang", LANGS)
def test_a_translation_can_be_filled_in(lang):
    for message in renew.read(lang):
        for form in forms(message):
            if holes(form):
                list(string.Formatter().parse(form))


@pytest.mark.parametrize("lang", LANGS)
def test_a_translation_begins_and_ends_with_the_same_spaces(lang):
    wrong = [
        message.id
        for message in renew.read(lang)
        if isinstance(message.id, str)
        and message.id
        and (message.id[:1].isspace(), message.id[-1:].isspace())
        != (message.string[:1].isspace(), message.string[-1:].isspace())
    ]

    assert wrong == []


@pytest.mark.parametrize("lang", LANGS)
def test_a_plural_has_all_forms_of_its_language(lang):
    counts = {len(forms(message)) for message in renew.read(lang) if isinstance(message.id, tuple)}

    assert counts == {get_plural(lang).num_plurals}


@pytest.mark.parametrize("lang", LANGS)
def test_the_compiled_catalogue_is_what_the_text_compiles_to(lang):
    compiled = renew.catalogue_path(lang).with_suffix(".mo").read_bytes()

    assert compiled == renew.as_mo(renew.read(lang)), "run `make catalogues`"


@pytest.mark.parametrize("lang", LANGS)
def test_the_text_is_as_the_tool_writes_it(lang):
    assert renew.catalogue_path(lang).read_bytes() == renew.as_po(renew.renewed(lang))


@pytest.mark.parametrize("kind", [*FailureKind, *Outcome])
@pytest.mark.parametrize("lang", LANGS)
def test_kinds_and_outcomes_have_names(lang, kind):
    translations = gettext.translation("grader", renew.LOCALE, [lang])

    assert translations.gettext(str(kind)) != str(kind)


def test_a_text_that_is_new_is_found_missing(tmp_path):
    (tmp_path / "grader").mkdir()
    (tmp_path / "grader" / "new.py").write_text('raise UsageError("nobody said this before")')

    assert renew.missing(renew.renewed("ru", tmp_path / "grader")) == ["nobody said this before"]


def test_two_texts_of_one_shape_are_one(tmp_path):
    (tmp_path / "grader").mkdir()
    (tmp_path / "grader" / "a.py").write_text('f"{x} is missing here"')
    (tmp_path / "grader" / "b.py").write_text('f"{y} is missing here"')

    (one,) = [message.id for message in renew.template(tmp_path / "grader") if message.id]
    assert one == "{x} is missing here"
