"""What a finding says, as a sentence in the language of whoever reads it."""

from __future__ import annotations

from collections.abc import Callable

from grader.exports.phrases import phrases
from grader.findings import POLICY, Evidence, Finding, shown
from grader.policy import sentence as policy_sentence


def finding_sentence(finding: Finding, lang: str) -> str:
    """The message of a finding; not made inert yet."""
    message = finding.message or ""
    if lang == "en":
        return message
    say = phrases(lang)
    if finding.failure:
        translated = say(message)
        kind = say(str(finding.failure.kind))
        return translated if translated != message else f"{kind}: {message}"
    if finding.check == POLICY and finding.evidence:
        return policy_sentence(finding.evidence, say)
    # Only what says no more: an answer's message keeps the expected value to itself.
    evidence = finding.evidence
    if evidence and message == str(evidence):
        return evidence_sentence(evidence, say)
    if evidence and message == f"{evidence.what}: {shown(evidence.given)} is not right":
        given = shown(evidence.given)
        return say("{what}: {given} is not right").format(what=evidence.what, given=given)
    return message


def evidence_sentence(evidence: Evidence, say: Callable[[str], str]) -> str:
    """Evidence in one sentence, with all its numbers."""
    place = ""
    if evidence.where:
        place = say(" at {where}").format(where=f"[{', '.join(map(str, evidence.where))}]")
    sentence = say("{what}{place}: yours {given}, expected {expected}").format(
        what=evidence.what,
        place=place,
        given=shown(evidence.given),
        expected=shown(evidence.expected),
    )
    if evidence.error is not None and evidence.tolerance is not None:
        sentence += say(" (error {error}, allowed {tolerance})").format(
            error=f"{evidence.error:.1e}", tolerance=f"{evidence.tolerance:.0e}"
        )
    return f"{sentence}; {evidence.note}" if evidence.note else sentence
