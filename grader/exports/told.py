"""What a finding says, in the language of whoever reads it."""

from __future__ import annotations

from grader.exports.phrases import Phrases
from grader.findings import POLICY, Evidence, Finding, shown
from grader.policy import sentence as policy_sentence


def told(finding: Finding, say: Phrases) -> str:
    """A finding's message, rebuilt from evidence and failure where they say it.

    A student's own exception stays as it is, its kind before it. The message of an answer keeps
    the expected value to itself, whatever its evidence holds.
    """
    message = finding.message or ""
    if say.lang == "en":
        return message
    if finding.failure:
        translated = say.sentence(message)
        kind = say(str(finding.failure.kind))
        return translated if translated != message else f"{kind}: {message}"
    evidence = finding.evidence
    if finding.check == POLICY and evidence:
        return policy_sentence(evidence, say)
    if evidence and message == str(evidence):
        return told_evidence(evidence, say)
    return say.sentence(message)


def told_evidence(evidence: Evidence, say: Phrases) -> str:
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
