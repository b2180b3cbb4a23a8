from __future__ import annotations

import os
from dataclasses import replace

import pytest

from grader import feedback, store
from grader.checking import source
from grader.errors import UsageError
from grader.pictures import Picture
from tests.exports.test_terminal import PROVENANCE
from tests.vectors import FOLDER

COURSE = source.read(FOLDER)
PICTURE = Picture(kind="curve", what="dx", x=(0.0, 1.0), yours=(5.0, 6.0), expected=(7.0, 8.0))


def report_of(student: str):
    from grader.findings import Evidence, Finding, Outcome
    from grader.report import ItemResult, assemble

    check = next(check for check in COURSE.visible if check.item == "center.forward")
    evidence = Evidence(what="out", given=1.0, expected=2.0, called="center_forward(array (2,))")
    finding = Finding(
        check=check.name, outcome=Outcome.FAILED, message=str(evidence), evidence=evidence
    )
    item = ItemResult(
        id="center.forward", title="x", outcome=Outcome.FAILED, points=0.0, out_of=1.0,
        findings=(finding,),
    )  # fmt: skip
    return assemble("vectors", student, [item], PROVENANCE), f"{check.id}"


@pytest.fixture(name="results")
def some_results(tmp_path):
    for name in ("ann", "index"):
        report, check = report_of(name)
        store.write_report(tmp_path / "out", report)
        store.write_work(
            tmp_path / "out", "vectors", name, {"vectors.py": b"def center_forward(x):\n    pass\n"}
        )
        store.write_pictures(tmp_path / "out", "vectors", name, {check: (PICTURE,)})
    return tmp_path / "out"


def test_every_student_gets_a_page_with_code_and_pictures(results, tmp_path):
    made = feedback.write_students(results, tmp_path / "site", COURSE, "en")

    text = (tmp_path / "site/vectors/ann.html").read_text(encoding="utf-8")
    assert list(made.pages) == ["ann", "index"]
    assert '<svg class="figure"' in text
    assert '<div class="line marked"' in text


def test_a_student_called_as_our_own_page_gets_another_file(results, tmp_path):
    made = feedback.write_students(results, tmp_path / "site", COURSE, "en")

    assert made.pages["index"] != "index.html"
    assert (tmp_path / "site/vectors" / made.pages["index"]).is_file()


def test_the_same_results_make_the_same_bytes(results, tmp_path):
    pages = []
    for site in ("one", "two"):
        feedback.write_students(results, tmp_path / site, COURSE, "ru")
        pages.append((tmp_path / site / "vectors/ann.html").read_bytes())

    assert pages[0] == pages[1]


def test_a_report_that_cannot_be_read_is_named_and_the_others_have_pages(results, tmp_path):
    (results / "vectors/ann/report.yaml").write_text("schema: grader.report/1\nitems: 3\n")

    made = feedback.write_students(results, tmp_path / "site", COURSE, "en")

    assert (made.unread, list(made.pages)) == (["ann"], ["index"])


@pytest.mark.parametrize("data", [b"", b"{", b"\xff" * 300_000])
def test_pictures_that_cannot_be_read_are_left_out(results, tmp_path, data):
    (results / "vectors/ann/pictures.json").write_bytes(data)

    feedback.write_students(results, tmp_path / "site", COURSE, "en")

    assert '<svg class="figure"' not in (tmp_path / "site/vectors/ann.html").read_text("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_link_in_place_of_kept_code_is_not_followed(results, tmp_path):
    (tmp_path / "secret.py").write_text("a_secret = 1")
    work = results / "vectors/ann/work/vectors.py"
    work.unlink()
    work.symlink_to(tmp_path / "secret.py")

    feedback.write_students(results, tmp_path / "site", COURSE, "en")

    assert "a_secret" not in (tmp_path / "site/vectors/ann.html").read_text("utf-8")


def test_a_file_of_another_kind_is_not_overwritten(results, tmp_path):
    page = tmp_path / "site/vectors/ann.html"
    page.parent.mkdir(parents=True)
    page.write_text("my thesis")

    with pytest.raises(UsageError, match="is not a file of ours"):
        feedback.write_students(results, tmp_path / "site", COURSE, "en")
    assert page.read_text() == "my thesis"


def test_a_page_written_before_is_replaced(results, tmp_path):
    for _ in range(2):
        feedback.write_students(results, tmp_path / "site", COURSE, "en")

    assert len(list((tmp_path / "site/vectors").iterdir())) == 2


def test_assignments_are_found_by_their_reports(results):
    (results / ".store").mkdir()
    (results / "empty").mkdir()

    assert feedback.assignments_in(results) == ["vectors"]


@pytest.mark.parametrize("name", ["empty", "missing"])
def test_a_folder_without_reports_is_refused_with_what_to_do(tmp_path, name):
    (tmp_path / "empty").mkdir()

    with pytest.raises(UsageError, match=r"grader grade|cannot be read"):
        feedback.assignments_in(tmp_path / name)


def test_what_students_do_not_have_is_known_as_hidden():
    texts = feedback.texts_of(COURSE, "en")

    assert texts.visible == {check.id for check in COURSE.visible}
    assert texts.hidden == {check.id for check in COURSE.hidden}
    assert texts.visible
    assert texts.hidden


def test_titles_and_hints_are_in_the_reader_s_language():
    english, russian = (feedback.texts_of(COURSE, lang) for lang in ("en", "ru"))

    assert english.hints != russian.hints
    assert replace(english, titles={}, hints={}) == replace(russian, titles={}, hints={})
