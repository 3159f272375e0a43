"""The index of a run for `search.html`: small JSON files that the page reads when somebody types, one language each.

An entry is `[kind, title, beside, path]`; the path leads to a page of the same folder. Nothing outside the site is
asked, and without JavaScript the page shows the lists that the entries come from.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from auditor.model import headline
from reports import labels
from reports.languages import Language
from reports.run import Run
from reports.safe import clip, plain

if TYPE_CHECKING:
    from reports.website.pages import Website

ENTRIES = 1_500  # in one file: some 250 kB, so that a phone reads what it has while the rest comes
Entry = tuple[str, str, str, str]


def shards(run: Run) -> int:
    """How many files the index has; the same number in every language."""
    datasets = sum(len(facts.datasets) for facts in run.sites)
    count = len(run.tasks) + len(run.findings) + datasets + len(run.documents)
    return max(1, -(-count // ENTRIES))


def files(site: Website, language: Language) -> Iterator[tuple[str, bytes]]:
    """`search/1.json`, … below the run's folder."""
    entries = list(_entries(site, language))
    for n in range(shards(site.run)):
        some = entries[n * ENTRIES : (n + 1) * ENTRIES]
        text = json.dumps(some, ensure_ascii=False, separators=(",", ":"))
        yield f"search/{n + 1}.json", plain(text).encode("utf-8")


def _entries(site: Website, language: Language) -> Iterator[Entry]:
    """Owners, findings, datasets, documents, in the order of their pages."""
    run, say = site.run, language.words.gettext
    for tasks in run.tasks:
        yield "opd", clip(tasks.owner, 120), language.gain(tasks.gain), _below(site, site.letters[tasks.owner])
    for finding in run.findings:
        beside = f"{say(labels.STATUS[finding.status])}, {run.owner(finding)}"
        place = f"{_below(site, site.address[finding.id])}#f-{finding.id}"
        yield "finding", clip(language.say(headline(finding)), 140), clip(beside, 140), place
    for dataset, place in site.dataset_places():
        yield "dataset", clip(dataset.title or dataset.id, 140), clip(dataset.unit or "", 80), place
    for document, place in site.document_places():
        facts = document.facts
        parts = (facts.kind or "", "–".join(map(str, facts.years)), facts.unit or "", document.format or "")
        yield "document", clip(document.title or document.url, 140), clip(" ".join(filter(None, parts)), 100), place


def _below(site: Website, path: str) -> str:
    return path.removeprefix(site.folder)
