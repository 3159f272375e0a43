"""Which pages a run has and what each shows. A page: its path below the run's folder, its template, its context."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, count
from typing import Any, TypeVar

from auditor.model import (
    Capture,
    Dataset,
    Dimension,
    Document,
    Finding,
    Indicator,
    SiteFacts,
    Status,
    Text,
    can_act,
    headline,
)
from auditor.model.measures import MOST
from reports.languages import Language
from reports.officer.letter import Sheet, letter_pdf
from reports.officer.workbook import sheet_names
from reports.portals import PLATFORM, said
from reports.quality import flaw_of, producers, to_mend
from reports.render import Here
from reports.researcher.citation import cited, styles
from reports.researcher.linked import schema_org
from reports.run import Cell, Run, Tasks
from reports.safe import name
from reports.website import charts, evidence, search, services
from reports.website.amiss import amiss
from reports.website.matrix import Matrix, matrix, picture
from reports.website.paging import paged, paths, weigh

FINDINGS, DETAILS, OWNERS, ROWS, DATASETS, DOCUMENTS, SITES, PRODUCERS = 500, 60, 40, 100, 200, 1_000, 500, 200
_EVIDENCE = 300  # findings that a part of smart governance lists
IN_LIST, IN_LETTER, IN_ACTION = 8, 60, 30  # things to do of an owner in the list, in the letter; findings of one there

T = TypeVar("T")
Page = tuple[str, str, dict[str, Any]]


@dataclass(frozen=True)
class Website:
    """The pages of one run, prepared once and drawn in each language. `files`: the run's files that are no pages."""

    run: Run
    method: str
    sealed: frozenset[str]
    causes: Mapping[str, Text]
    files: Mapping[str, bytes]

    @property
    def folder(self) -> str:
        return f"{self.run.body.code}/{self.run.place}/"

    @cached_property
    def _details(self) -> list[list[Finding]]:
        return paged(self.run.findings, DETAILS, _weight)

    @cached_property
    def _details_paths(self) -> list[str]:
        return paths("details.html", len(self._details))

    @cached_property
    def address(self) -> dict[str, str]:
        """Finding -> the page that tells it."""
        places = zip(self._details_paths, self._details, strict=True)
        return {finding.id: self.folder + path for path, page in places for finding in page}

    @cached_property
    def letters(self) -> dict[str, str]:
        """Owner -> the page that can be printed and sent."""
        made: dict[str, str] = {}
        taken: set[str] = set()
        for tasks in self.run.tasks:
            stem = _stem(tasks.owner)
            candidates = chain([stem], (f"{stem}-{n}" for n in count(2)))
            chosen = next(candidate for candidate in candidates if candidate not in taken)
            taken.add(chosen)
            made[tasks.owner] = f"{self.folder}letters/{chosen}.html"
        return made

    def letters_pdf(self, language: Language) -> Iterator[tuple[str, bytes]]:
        """The letters of one page, each beside the page that says the same."""
        sheets = sheet_names(self.run)
        for tasks in self.run.tasks:
            path = _pdf(self.letters[tasks.owner]).removeprefix(self.folder)
            yield path, letter_pdf(Sheet(self.run, tasks, sheets[tasks.owner]), language)

    @cached_property
    def _dataset_pages(self) -> list[list[Dataset]]:
        return paged((dataset for facts in self.run.sites for dataset in facts.datasets), DATASETS, _dataset_weight)

    @cached_property
    def _document_pages(self) -> list[list[Document]]:
        return paged(self.run.documents, DOCUMENTS, _document_weight)

    def dataset_places(self) -> Iterator[tuple[Dataset, str]]:
        """Each dataset with the place of its row below the run's folder."""
        return _placed("datasets.html", self._dataset_pages)

    def document_places(self) -> Iterator[tuple[Document, str]]:
        """Each document with the place of its row below the run's folder."""
        return _placed("documents.html", self._document_pages)

    @cached_property
    def _matrix(self) -> Matrix:
        return matrix(self.run.matrix)

    @cached_property
    def proofs(self) -> dict[str, list[Finding]]:
        """The captures that findings and portals lead to, each with its findings."""
        used: dict[str, list[Finding]] = {}
        for finding in self.run.findings:
            for digest in dict.fromkeys(e.digest for e in finding.verdict.evidence if e.digest):
                used.setdefault(digest, []).append(finding)
        for facts in self.run.sites:
            if facts.portal is not None:
                for digest in (*(d for _, d in facts.portal.proofs), *(one.digest for one in facts.portal.asked)):
                    if digest:
                        used.setdefault(digest, [])
        return used

    def common(self) -> dict[str, Any]:
        """What every page of the run knows."""
        return {
            "run": self.run,
            "folder": self.folder,
            "address": self.address,
            "letters": self.letters,
            "pdf": _pdf,
            "method": self.method,
            "headline": headline,
            "can_act": can_act,
            "ready_made": self._ready_made,
            "subject": self._subject,
            "site_name": self._site_name,
            "reason": self._reason,
            "sealed": self.sealed,
            "room": "",
        }

    def pages(self, shown: frozenset[str]) -> Iterator[Page]:
        """Every page below the run's folder but those of the evidence. `shown`: the captures that have a page."""
        yield "index.html", "overview.html", self.overview()
        yield from self._listed("findings.html", "findings.html", paged(self.run.findings, FINDINGS, _row_weight))
        details = {"evidence": shown, "room": "findings.html"}
        yield from self._listed("details.html", "details.html", self._details, details)
        owners = paged(self.run.tasks, OWNERS, _tasks_weight)
        yield from self._listed("todo.html", "todo.html", owners, {"shown": IN_LIST})
        for tasks in self.run.tasks:
            path = self.letters[tasks.owner].removeprefix(self.folder)
            yield path, "letter.html", {"tasks": tasks, "shown": IN_LETTER, "each": IN_ACTION, "room": "todo.html"}
        rows = paged(self._matrix.rows, ROWS, _cells_weight)
        yield from self._listed("matrix.html", "matrix.html", rows, {"columns": self._matrix.columns})
        datasets = [dataset for facts in self.run.sites for dataset in facts.datasets]
        yield from self._listed("datasets.html", "datasets.html", self._dataset_pages, self._datasets(datasets, shown))
        offices = {"most": MOST, "room": "datasets.html"}
        yield from self._listed(
            "producers.html", "producers.html", paged(producers(datasets), PRODUCERS, lambda one: 2_000), offices
        )
        yield from self._listed("documents.html", "documents.html", self._document_pages)
        sites = paged([self._site(facts) for facts in self.run.sites], SITES, lambda site: 400)
        yield from self._listed("sites.html", "sites.html", sites)
        yield from self._listed("services.html", "services.html", *services.pages(self.run, self.causes))
        yield "search.html", "search.html", {"room": "search.html", "shards": search.shards(self.run)}
        yield (
            "dimensions.html",
            "dimensions.html",
            {"dimensions": self._dimensions(), "whole": self.run.judgement.score.whole},
        )
        yield "cite.html", "cite.html", {"styles": styles(cited(self.run)), "described": self.described}

    def overview(self) -> dict[str, Any]:
        """What the overview shows; the same page stands in the run's folder and, while it is the latest, above it."""
        run = self.run
        names = {indicator.id: indicator for indicator in run.catalogue.indicators}
        found = run.judgement.sensitivity
        public = [facts for facts in run.sites if facts.site.audience == "public"]
        return {
            "room": "index.html",
            "described": self.described,
            "whole": run.judgement.score.whole,
            "score": run.judgement.score,
            "bands": charts.bands(run.catalogue.bands),
            "methods": charts.methods(run.judgement.score.whole, found) if found else None,
            "indicator_names": {id_: indicator.name for id_, indicator in names.items()},
            "parts": run.judgement.parts,
            "picture": picture(self._matrix),
            "history": charts.history(run.until) if run.until else None,
            "indicators": [(_indicator(names, id_), w, b) for id_, w, b in run.judgement.score.indicators],
            "unobservable": [c for c in run.catalogue.criteria if c.level == "unobservable"],
            "answering": sum(facts.visit.cause == "ok" for facts in public),
            "public_sites": len(public),
        }

    def described(self, here: Here) -> dict[str, Any]:
        """The run as schema.org Dataset, its files addressed from the page that shows it."""
        return schema_org(self.run, self.files, lambda file: here.file(self.folder + file))

    def capture(
        self, digest: str, used: list[Finding], capture: Capture, payload: bytes, *, sealed: bool, archived: bool
    ) -> dict[str, Any]:
        """What the page of one capture shows; of a sealed one neither headers nor words."""
        readable = not sealed and evidence.is_text(capture, payload)
        source, cut = evidence.source(capture, payload) if readable else (None, False)
        return {
            "room": "findings.html",
            "digest": digest,
            "capture": capture,
            "used": used,
            "is_sealed": sealed,
            "has_warc": archived,
            "headers": () if sealed else evidence.headers(capture),
            "source": source,
            "cut": cut,
        }

    def _listed(
        self, first: str, template: str, pages: list[Any], more: dict[str, Any] | None = None
    ) -> Iterator[Page]:
        all_paths = paths(first, len(pages))
        shared = {"room": first, "paths": [self.folder + path for path in all_paths], **(more or {})}
        before = 0
        for current, (path, rows) in enumerate(zip(all_paths, pages, strict=True)):
            yield path, template, {**shared, "rows": rows, "current": current, "first": before + 1}
            before += len(rows)

    def _datasets(self, datasets: list[Dataset], shown: frozenset[str]) -> dict[str, Any]:
        fresh = Counter(dataset.fresh for dataset in datasets)
        return {
            "total": len(datasets),
            "fresh": (fresh[True], fresh[False], fresh[None]),
            "portals": [facts for facts in self.run.sites if facts.portal is not None],
            "unknown_portals": [f for f in self.run.sites if f.portal is None and f.site.role == "portal"],
            "evidence": shown,
            "PLATFORM": PLATFORM,
            "said": said,
            "formats": _formats,
            "to_mend": to_mend,
            "flaw_of": flaw_of,
            "most": MOST,
        }

    def _dimensions(self) -> list[tuple[Dimension, list[tuple[Status, int]], list[Finding]]]:
        """Each part of smart governance with its findings; those of the scored part have pages of their own."""
        made = []
        for number, dimension in enumerate(self.run.catalogue.dimensions):
            own = [f for f in self.run.findings if f.criterion.dimension == dimension.id]
            counts = Counter(finding.status for finding in own)
            made.append((dimension, [(s, counts[s]) for s in Status if counts[s]], own[:_EVIDENCE] if number else []))
        return made

    def _site(
        self, facts: SiteFacts
    ) -> tuple[SiteFacts, Text | None, list[tuple[str, int]], list[tuple[Text, int, str]]]:
        refused = Counter(refusal.rule for refusal in facts.visit.refused)
        return facts, self.causes.get(facts.visit.cause), sorted(refused.items()), amiss(facts.captures, self.causes)

    def _site_name(self, site_id: str) -> str:
        site = self.run.site_by_id.get(site_id)
        return site.name if site else site_id

    def _subject(self, finding: Finding) -> str:
        subject = finding.verdict.subject
        return self.run.body.name if subject == self.run.body.code else self._site_name(subject)

    def _ready_made(self, finding: Finding) -> str:
        """An answer to copy into tanggapan.toml: a TOML table with the finding's id and the run's date."""
        return (
            f'[[tanggapan]]\ntemuan = "{finding.id}"\nalamat = "https://"\nalasan = ""\ncatatan = ""\noleh = ""\n'
            f"tanggal = {self.run.judgement.facts.at.date().isoformat()}"
        )

    def _reason(self, code: str) -> Text | None:
        """What a reason code says by itself; None where its sentence needs words that only the finding has."""
        text = self.run.catalogue.reasons.get(code)
        return None if text is None or "{" in text.id else text


def _placed(first: str, pages: list[list[T]]) -> Iterator[tuple[T, str]]:
    number = 0
    for path, rows in zip(paths(first, len(pages)), pages, strict=True):
        for row in rows:
            number += 1
            yield row, f"{path}#d-{number}"


def _indicator(names: Mapping[str, Indicator], id_: str) -> Text:
    return names[id_].name if id_ in names else Text(id_, id_)


def _stem(owner: str) -> str:
    try:
        return name(owner).lower()
    except ValueError:
        return "opd"


def _pdf(letter: str) -> str:
    return letter.removesuffix(".html") + ".pdf"


def _formats(dataset: Dataset) -> list[str]:
    return sorted({(resource.format or resource.declared_format).upper() for resource in dataset.resources} - {""})[:8]


def _weight(finding: Finding) -> int:
    verdict = finding.verdict
    texts = [finding.message.id[:900], finding.remedy.id[:900], finding.criterion.question.id, verdict.subject[:200]]
    texts += [b.article[:300] + b.source for b in finding.criterion.basis]
    for proof in verdict.evidence[:8]:
        texts += [proof.url[:2_000], proof.url[:100], proof.quote[:500], proof.digest]
    if finding.answer is not None:
        given = finding.answer.objection
        texts += [finding.answer.seen.id, given.url, given.url[:100], given.who, given.reason[:300], given.note[:600]]
    return 3_300 + weigh(*texts) + 300 * len(verdict.items) + 250 * len(verdict.searched[:12])


def _row_weight(finding: Finding) -> int:
    return 700 + weigh(headline(finding).id[:140], finding.verdict.subject[:80])


def _tasks_weight(tasks: Tasks) -> int:
    return 500 + sum(1_900 + weigh(action.remedy.id[:260]) for action in tasks.actions[:IN_LIST])


def _cells_weight(row: tuple[str, tuple[Cell | None, ...]]) -> int:
    return 200 + sum(220 + weigh((cell.url or "")[:2_000]) for cell in row[1] if cell is not None)


def _dataset_weight(dataset: Dataset) -> int:
    errors = sum(300 * min(len(r.table.errors), 3) for r in dataset.resources[:6] if r.table)
    return 2_300 + weigh(dataset.url[:2_000], dataset.title[:140]) + 200 * len(dataset.resources[:6]) + errors


def _document_weight(document: Document) -> int:
    return 500 + weigh(document.url[:2_000], document.title[:140])
