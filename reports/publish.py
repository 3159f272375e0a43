"""Publishing one run. Everything it is given is already judged."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment

from auditor.model import Capture, Catalogue, Change, Judgement, Manners, RunSummary, TableRules, Text
from auditor.model.follow_up import FollowUp
from reports import bodies, standing
from reports.findings_json import findings_json
from reports.languages import Language, languages
from reports.officer.workbook import findings_xlsx
from reports.output import Folder, write
from reports.politeness import politeness
from reports.render import Here, environment, render
from reports.researcher.citation import apa, citation_files, cited
from reports.researcher.crate import CRATE, ro_crate
from reports.researcher.linked import dcat
from reports.researcher.packages import datapackage_json, series_datapackage_json
from reports.researcher.tables import datasets_csv, datasets_quality_csv, documents_csv, findings_csv, scores_csv
from reports.run import Cell, Run, with_this
from reports.safe import name
from reports.score_json import score_json
from reports.website import front, method, search
from reports.website.pages import Website

SEVERAL = 2
"""From so many bodies on, the front page is that of all of them."""

ASSETS = Path(__file__).parent / "website" / "assets"


@dataclass(frozen=True)
class Archive:
    """What can be looked up of a capture by its digest."""

    captures: Callable[[str], tuple[Capture, bytes] | None]
    sealed: frozenset[str]
    warc_member: Callable[[str], bytes | None]


@dataclass(frozen=True)
class Press:
    """One language ready to draw pages."""

    language: Language
    other: Language
    templates: Environment
    assets: Mapping[str, str]

    def page(self, path: str, template: str, context: Mapping[str, Any]) -> bytes:
        here = Here(path, self.language, self.assets)
        return render(self.templates, template, here=here, other=self.other, **context)


def publish(
    judgement: Judgement,
    catalogue: Catalogue,
    *,
    public: Path,
    series: Sequence[RunSummary],
    changes: Sequence[Change],
    matrix: Sequence[Cell],
    captures: Callable[[str], tuple[Capture, bytes] | None],
    sealed: frozenset[str],
    warc_member: Callable[[str], bytes | None],
    generated_for: date,
    accuracy: Mapping[str, Any] | None = None,
    causes: Mapping[str, Text] | None = None,
    user_agent: str = "",
    tables: Sequence[TableRules] = (),
    draft_until: date | None = None,
    manners: Manners | None = None,
    follow_up: Mapping[str, FollowUp] | None = None,
    unread: Sequence[Text] = (),
) -> Path:
    """Writes everything that people read of a run below `public`; returns the run's own `index.html`.

    `captures` and `warc_member` take a digest; what is in `sealed` is shown by digest alone. `causes` says in words
    why a site could not be seen; `accuracy` is the content of benchmarks/accuracy/results.json; `tables` are the
    schemas that tables are checked against. The pages of the body change only when this run is whole and the newest of
    `series`, and never while it is a draft (`draft_until`). `manners` is what the archive proves of our own.
    `follow_up` is what officers wrote beside findings, by their id; `unread` what of it could not be read.

    Raises ValueError where the run or the body has no name that can be a folder, and OSError where the disk refuses.
    """
    run = Run(
        judgement,
        catalogue,
        with_this(series, judgement),
        tuple(changes),
        tuple(matrix),
        generated_for,
        draft_until,
        manners,
        follow_up or {},
        tuple(unread),
    )
    for part in (run.body.code, run.id, catalogue.version):
        if name(part) != part:
            raise ValueError(f"{part!r} cannot be the name of a folder")
    presses = presses_of(public, judgement.facts.at)
    about = method.path(catalogue.version)
    for press in presses:
        content = press.page(about, "methodology.html", method.context(catalogue, accuracy, user_agent, tables))
        write(public / (press.language.prefix + about), content)
    standing.place(public, run.body.code)
    site = Website(run, about, sealed, dict(causes or {}), _files(run))
    _run_folder(run, site, Archive(captures, sealed, warc_member), presses, public)
    if run.latest:
        _body_pages(run, site, presses, public)
    _front_page(presses, public)
    return public / run.body.code / run.place / "index.html"


def _files(run: Run) -> dict[str, bytes]:
    files = {
        "score.json": score_json(run.judgement, run.catalogue),
        "findings.json": findings_json(run.judgement),
        "findings.csv": findings_csv(run),
        "findings.xlsx": findings_xlsx(run),
        "datasets.csv": datasets_csv(run),
        "datasets_quality.csv": datasets_quality_csv(run),
        "documents.csv": documents_csv(run),
    }
    files["datapackage.json"] = datapackage_json(cited(run), files)
    files["dcat.jsonld"] = dcat(run, files)
    files |= citation_files(cited(run))
    files[CRATE] = ro_crate(run, files)
    return files


def _run_folder(run: Run, site: Website, archive: Archive, presses: Sequence[Press], public: Path) -> None:
    """Makes the run's folder in every language; all of them take their place at the end, or none does."""
    place = Path(run.body.code) / run.place
    with ExitStack() as opened:
        folders = [opened.enter_context(Folder(public / press.language.prefix / place)) for press in presses]
        commons = [_common(site, press) for press in presses]
        drawn = list(zip(presses, folders, commons, strict=True))
        shown = frozenset(_evidence(site, archive, drawn))
        for path, template, context in site.pages(shown):
            for press, folder, common in drawn:  # one after the other: what both show is prepared once
                folder.write(path, press.page(site.folder + path, template, {**common, **context}))
        for press, folder, _ in drawn:
            for path, content in (*site.letters_pdf(press.language), *search.files(site, press.language)):
                folder.write(path, content)
        for filename, content in site.files.items():
            folders[0].write(filename, content)


def _evidence(site: Website, archive: Archive, drawn: Sequence[tuple[Press, Folder, dict[str, Any]]]) -> Iterator[str]:
    """A page for each capture that a finding leads to, read once; yields the digests that have one."""
    for digest, used in site.proofs.items():
        found = archive.captures(digest)
        if found is None:
            continue
        member = None if digest in archive.sealed else archive.warc_member(digest)
        if member is not None:
            drawn[0][1].write(f"evidence/{name(digest)}.warc.gz", member)
        context = site.capture(digest, used, *found, sealed=digest in archive.sealed, archived=member is not None)
        path = f"evidence/{name(digest)}.html"
        for press, folder, common in drawn:
            folder.write(path, press.page(site.folder + path, "evidence.html", {**common, **context}))
        yield digest


def _body_pages(run: Run, site: Website, presses: Sequence[Press], public: Path) -> None:
    code = run.body.code
    newest = run.series[-1]
    for press in presses:
        path = f"{code}/index.html"
        content = press.page(path, "overview.html", {**_common(site, press), **site.overview()})
        write(public / (press.language.prefix + path), content)
    scores = scores_csv(run.series)
    write(public / code / "scores.csv", scores)
    write(public / code / "datapackage.json", series_datapackage_json(cited(run), scores))
    write(public / code / "feed.xml", presses[0].page(f"{code}/feed.xml", "feed.xml", _common(site, presses[0])))
    badge = {**_common(site, presses[0]), "summary": newest}
    write(public / code / "badge.svg", presses[0].page(f"{code}/badge.svg", "badge.svg", badge))
    write(public / code / bodies.SUMMARY, bodies.summary(run))


def _front_page(presses: Sequence[Press], public: Path) -> None:
    """Of few bodies; of several the page of all of them stands there: reports.national."""
    known = front.context(public)
    if len(known["bodies"]) >= SEVERAL:
        return
    for press in presses:
        content = press.page("index.html", "front.html", known)
        write(public / (press.language.prefix + "index.html"), content)


def _common(site: Website, press: Press) -> dict[str, Any]:
    return {
        **site.common(),
        "citation": apa(cited(site.run), press.language),
        "politeness": politeness(site.run, press.language),
    }


def presses_of(public: Path, at: datetime) -> tuple[Press, ...]:
    """Each language ready to draw pages below `public`; times are shown in the time zone of `at`."""
    assets = _assets(public)
    both = languages()
    made = []
    for language, other in zip(both, reversed(both), strict=True):
        templates = environment(language)
        templates.filters["local"] = lambda moment: moment.astimezone(at.tzinfo)
        made.append(Press(language, other, templates, assets))
    return tuple(made)


def _assets(public: Path) -> dict[str, str]:
    """Puts style and script in place under the digest of their content: a run that is kept for good keeps its own."""
    placed = {}
    for path in sorted(ASSETS.iterdir()):
        content = path.read_bytes()
        placed[path.name] = f"assets/{path.stem}-{hashlib.sha256(content).hexdigest()[:10]}{path.suffix}"
        if not (public / placed[path.name]).exists():
            write(public / placed[path.name], content)
    return placed
