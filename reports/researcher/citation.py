"""How a run is cited: one record of it, written as CITATION.cff 1.2.0, BibTeX, RIS, CSL-JSON and an APA 7 reference.

The record holds what history keeps of a run, so that the command and the published files say the same, byte for byte.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from reports.canonical import dump
from reports.languages import Language
from reports.run import Run

AUTHOR = "Transparency Auditor"
LICENCE = ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/")
"""Of the auditor's own figures and words; what a capture shows stays its owner's (docs/decisions/0012)."""
KEYWORDS = ("keterbukaan informasi publik", "local government transparency")
DISCLAIMER = "Estimate of the auditor, not a Monev KIP score and not the IKIP."
_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    **{sign: "\\" + sign for sign in "&%$#_"},
}  # fmt: skip


@dataclass(frozen=True)
class Citation:
    """What a reference names of a run. `low` and `high`: 0 to 100, `coverage`: 0 to 1; `at` in the body's time zone."""

    body: str
    code: str
    run: str
    at: datetime
    low: float
    high: float
    coverage: float
    catalogue: str
    auditor: str
    digest: str
    partial: bool = False

    @property
    def key(self) -> str:
        """`transparency-audit-99.71-20261103-01`: a citation key, and the name of the data package."""
        return re.sub(r"[^a-z0-9._-]+", "-", f"transparency-audit-{self.code}-{self.run}".lower())

    @property
    def urn(self) -> str:
        return f"urn:transparency-auditor:{self.code}:{self.run}"

    @property
    def title(self) -> str:
        part = ", part of the sites" if self.partial else ""
        return f"Transparency audit of {_line(self.body)} ({self.code}), run {self.run}{part}"

    @property
    def judul(self) -> str:
        """The title in Indonesian."""
        part = ", sebagian situs" if self.partial else ""
        return f"Audit keterbukaan {_line(self.body)} ({self.code}), pemeriksaan {self.run}{part}"

    @property
    def proof(self) -> str:
        return (
            f"Catalogue {self.catalogue}; evidence sha256:{self.digest}; software {AUTHOR} {self.auditor}; {self.urn}"
        )

    @property
    def abstract(self) -> str:
        return (
            f"Interval estimate of what the sites of {_line(self.body)} publish: {self.low:.2f} to {self.high:.2f} "
            f"of 100, coverage {self.coverage:.2f}. Catalogue {self.catalogue}, auditor {self.auditor}. {DISCLAIMER}"
        )


def cited(run: Run) -> Citation:
    """The record of a run that is being published."""
    judgement, whole = run.judgement, run.judgement.score.whole
    return Citation(
        run.body.name, run.body.code, run.id, judgement.facts.at, whole.low, whole.high, whole.coverage,
        judgement.catalogue, judgement.auditor, judgement.evidence_digest, run.partial,
    )  # fmt: skip


def cff(citation: Citation) -> str:
    """CITATION.cff: YAML whose strings are JSON strings, which YAML reads as they are."""
    lines = [
        ("cff-version", "1.2.0"),
        ("message", "If you use these figures, please cite the run, the catalogue and the evidence digest."),
        ("type", "dataset"),
        ("title", citation.title),
        ("version", citation.run),
        ("date-released", citation.at.date().isoformat()),
        ("license", LICENCE[0]),
        ("abstract", citation.abstract),
    ]
    text = "".join(f"{key}: {_quoted(value)}\n" for key, value in lines)
    text += f"authors:\n  - name: {_quoted(AUTHOR)}\n"
    text += "identifiers:\n"
    for value, what in (("sha256:" + citation.digest, "digest of the evidence"), (citation.urn, "name of the run")):
        text += f"  - type: other\n    value: {_quoted(value)}\n    description: {_quoted(what)}\n"
    return text + "keywords:\n" + "".join(f"  - {_quoted(word)}\n" for word in KEYWORDS)


def bibtex(citation: Citation) -> str:
    """A `@dataset` entry as biblatex has it; `year` and `month` for the styles that know no `date`."""
    day = citation.at.date()
    fields = {
        "author": "{" + _latex(AUTHOR) + "}",
        "title": "{" + _latex(citation.title) + "}",
        "date": day.isoformat(),
        "year": str(day.year),
        "month": str(day.month),
        "version": _latex(citation.run),
        "publisher": _latex(AUTHOR),
        "abstract": _latex(citation.abstract),
        "note": _latex(citation.proof),
    }
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@dataset{{{citation.key},\n{body}}}\n"


def ris(citation: Citation) -> str:
    """One RIS record of the type DATA."""
    lines = [
        ("TY", "DATA"),
        ("ID", citation.key),
        ("AU", AUTHOR),
        ("TI", citation.title),
        ("PY", str(citation.at.year)),
        ("DA", citation.at.strftime("%Y/%m/%d")),
        ("ET", citation.run),
        ("PB", AUTHOR),
        ("AB", citation.abstract),
        ("N1", citation.proof),
        *(("KW", word) for word in KEYWORDS),
    ]
    return "".join(f"{tag}  - {_line(value)}\n" for tag, value in lines) + "ER  - \n"


def csl(citation: Citation) -> str:
    """CSL-JSON: a list of one item."""
    day = citation.at.date()
    item = {
        "id": citation.key,
        "type": "dataset",
        "title": citation.title,
        "author": [{"literal": AUTHOR}],
        "publisher": AUTHOR,
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "version": citation.run,
        "abstract": citation.abstract,
        "note": citation.proof,
        "keyword": ", ".join(KEYWORDS),
    }
    return dump([item]).decode("utf-8")


def apa(citation: Citation, language: Language) -> str:
    """One reference in the manner of APA 7, section 10.9 (data sets), with the interval and what proves it."""
    english = language.code == "en"
    day = f"{citation.at.year}, {language.day_of_year(citation.at.date())}"
    interval = f"{language.number(citation.low, 2)}–{language.number(citation.high, 2)}"
    seen = language.percent(citation.coverage)
    if english:
        return (
            f"{AUTHOR}. ({day}). {citation.title} (Version {citation.auditor}) [Data set]. "
            f"Score {interval} of 100, coverage {seen}. "
            f"Catalogue {citation.catalogue}, evidence sha256:{citation.digest}. {citation.urn}"
        )
    return (
        f"{AUTHOR}. ({day}). {citation.judul} (Versi {citation.auditor}) [Set data]. "
        f"Nilai {interval} dari 100, cakupan {seen}. "
        f"Katalog {citation.catalogue}, bukti sha256:{citation.digest}. {citation.urn}"
    )


WRITTEN: dict[str, Callable[[Citation], str]] = {
    "CITATION.cff": cff,
    "citation.bib": bibtex,
    "citation.ris": ris,
    "citation.csl.json": csl,
}
"""The published files, each with what writes it."""


def citation_files(citation: Citation) -> dict[str, bytes]:
    return {name: write(citation).encode("utf-8", "replace") for name, write in WRITTEN.items()}


def styles(citation: Citation) -> tuple[tuple[str, str, str], ...]:
    """(name of the format, its file, its text) of what stands on the page to be copied."""
    names = (("BibTeX", "citation.bib"), ("RIS", "citation.ris"), ("CSL-JSON", "citation.csl.json"))
    return tuple((name, file, WRITTEN[file](citation)) for name, file in (*names, ("CITATION.cff", "CITATION.cff")))


def _line(text: str) -> str:
    """On one line: a line end inside a value would start another field."""
    return " ".join(text.split())


def _quoted(text: str) -> str:
    return json.dumps(_line(text), ensure_ascii=False)


def _latex(text: str) -> str:
    return "".join(_LATEX.get(sign, sign) for sign in _line(text))
