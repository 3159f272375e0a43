"""Whether an officer's answer held: by what was seen at its address and by nothing that it says; pure.

The finding itself was judged before, by the ordinary judge on the evidence. Here only the answer's outcome is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from auditor.evidence.source import Evidence
from auditor.model import Facts, Finding, Heard, Objection, Outcome, Status, Text
from auditor.read.answers import Answer, Answers, is_login

_GONE = frozenset(("not-found", "gone", "bad-redirect", "redirect-loop", "too-many-redirects"))
_CLOSED = frozenset(("login-required", "forbidden"))


def heard(
    findings: Sequence[Finding], objections: Sequence[Objection], facts: Facts, evidence: Evidence
) -> tuple[Finding, ...]:
    """The findings, each answered one with its answer and what came of it."""
    given = {objection.finding: objection for objection in objections}
    if not given:
        return tuple(findings)
    answers = Answers(evidence)
    return tuple(
        replace(f, answer=_heard(f, given[f.id], facts, answers, evidence)) if f.id in given else f for f in findings
    )


def from_json(kept: Sequence[Mapping[str, Any]]) -> tuple[Objection, ...]:
    """The answers as the `run` record keeps them."""
    return tuple(Objection(**{**entry, "date": date.fromisoformat(entry["date"])}) for entry in kept)


def _heard(finding: Finding, objection: Objection, facts: Facts, answers: Answers, evidence: Evidence) -> Heard:
    answer = answers.downloaded(objection.asked, finding.verdict.site or "")
    if answer is None:
        return _not_asked(objection, evidence)
    outcome, seen = _outcome(finding, objection, answer, facts)
    return Heard(objection, outcome, seen)


def _not_asked(objection: Objection, evidence: Evidence) -> Heard:
    rules = {r.rule for visit in evidence.visits() for r in visit.refused if r.url == objection.asked}
    if "robots" in rules:
        return _unseen(objection, "robots.txt melarang alamat itu dibuka", "robots.txt forbids the address")
    return _unseen(
        objection,
        "alamat itu tidak dibuka pada pemeriksaan ini",
        "the address was not asked for in this audit",
    )


def _unseen(objection: Objection, id_: str, en: str) -> Heard:
    return Heard(objection, "unseen", Text(id_, en))


def _outcome(finding: Finding, objection: Objection, answer: Answer, facts: Facts) -> tuple[Outcome, Text]:
    capture = answer.capture
    if not answer.ok:
        code = f"HTTP {capture.status}" if capture.status else capture.cause
        if capture.cause in _CLOSED:
            return "not-held", Text(f"alamat itu perlu masuk akun ({code})", f"the address asks for a login ({code})")
        if capture.cause in _GONE:
            return "not-held", Text(f"tautan mati ({code})", f"a dead link ({code})")
        return "unseen", Text(f"alamat itu tidak menjawab ({code})", f"the address gave no answer ({code})")
    page = next((p for s in facts.sites for p in s.pages if p.digest == capture.digest and p.nature == "login"), None)
    if page is not None or is_login(capture.url):
        return "not-held", Text("yang tampil halaman masuk (login)", "it shows a login page")
    places = {hop.url for hop in answer.hops} | {objection.url, objection.asked}
    proves = any(e.url in places or (e.digest and e.digest == capture.digest) for e in finding.verdict.evidence)
    if proves and finding.status is Status.MET:
        return "held", Text("dokumen terlihat dan memenuhi kriteria", "it was seen and meets the criterion")
    if proves and finding.status is Status.PARTLY:
        return "partly", Text(
            "terlihat dan dihitung, tetapi belum memenuhi seluruh kriteria",
            "it was seen and counts, but does not meet the whole criterion",
        )
    return "not-held", _other(capture.digest, facts)


def _other(digest: str, facts: Facts) -> Text:
    """What stands at an address that does not bear the answer out."""
    for site in facts.sites:
        for document in site.documents:
            if digest and document.digest == digest:
                title, kind = document.title[:120], document.facts.kind
                if kind is None:
                    break
                return Text(
                    f"yang ada dokumen lain: “{title}” ({kind})", f"another document is there: “{title}” ({kind})"
                )
    return Text(
        "ada isi, tetapi bukan yang ditanyakan atau tidak dapat dikenali dari kata-katanya",
        "something is there, but it is not what is asked for, or its words do not say so",
    )
