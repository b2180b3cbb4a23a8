"""What findings and marks say, as sentences in the language of whoever reads them."""

from __future__ import annotations

from grader.exports.phrases import Phrases, phrases
from grader.findings import POLICY, Evidence, Finding, Outcome, shown
from grader.inert import inert
from grader.policy import sentence as policy_sentence
from grader.report import Edit


def finding_sentence(finding: Finding, lang: str) -> str:
    """A finding's message, rebuilt from evidence and failure where they say it.

    A student's own exception stays as it is, its kind before it. The message of an answer keeps
    the expected value to itself, whatever its evidence holds.
    """
    message = finding.message or ""
    if lang == "en":
        return message
    say = phrases(lang)
    if finding.failure:
        translated = say.sentence(message)
        kind = say(str(finding.failure.kind))
        return translated if translated != message else f"{kind}: {message}"
    evidence = finding.evidence
    if finding.check == POLICY and evidence:
        return policy_sentence(evidence, say)
    if evidence and message == str(evidence):
        return evidence_sentence(evidence, say)
    return say.sentence(message)


def evidence_sentence(evidence: Evidence, say: Phrases) -> str:
    """What evidence shows, where, and what is allowed."""
    place = ""
    if evidence.where:
        place = say(" at {where}").format(where=f"[{', '.join(map(str, evidence.where))}]")
    sentence = say("{what}{place}: yours {given}, expected {expected}").format(
        what=say.sentence(evidence.what),
        place=place,
        given=say.sentence(shown(evidence.given)),
        expected=say.sentence(shown(evidence.expected)),
    )
    if evidence.error is not None and evidence.tolerance is not None:
        sentence += say(" (error {error}, allowed {tolerance})").format(
            error=f"{evidence.error:.1e}", tolerance=f"{evidence.tolerance:.0e}"
        )
    return f"{sentence}; {say.sentence(evidence.note)}" if evidence.note else sentence


def edit_sentence(edit: Edit, say: Phrases) -> str:
    """What a person changed of an item, what the engine had made of it, and why."""
    sentence = say("marked by {who}: {why}").format(who=inert(edit.who), why=inert(edit.why))
    if edit.was is None or edit.was.outcome is Outcome.PENDING:
        return sentence
    before = say(" (without the mark: {outcome}, {points} points)").format(
        outcome=say(str(edit.was.outcome)), points=f"{edit.was.points:g}"
    )
    return sentence + before


def conflict_sentence(edit: Edit, say: Phrases) -> str:
    """Why somebody should look at a mark again."""
    said = say.sentence(edit.conflict or "")
    return say("{who}'s mark of {when}: {conflict}").format(
        who=inert(edit.who), when=inert(edit.when), conflict=inert(said)
    )
