"""One question about this machine with its answer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """`good` holds; `bad` stops an audit; else a thing worth knowing. The answer says what to do."""

    question: str
    answer: str
    good: bool
    bad: bool = False

    def shown(self) -> str:
        mark = "ok  " if self.good else "BAD " if self.bad else "note"
        return f"{mark}  {self.question}: {self.answer}"


def good(question: str, answer: str) -> Line:
    return Line(question, answer, good=True)


def note(question: str, answer: str) -> Line:
    return Line(question, answer, good=False)


def bad(question: str, answer: str) -> Line:
    return Line(question, answer, good=False, bad=True)
