"""Datasets that ended for good: judged as archives (whole, still there), never on how new they are."""

from __future__ import annotations

import re

from auditor.model import Dataset, Site, Table
from auditor.model.quality import Archive
from auditor.read.dates import oldest, period_end
from auditor.read.quality.files import answered

_STATE = re.compile(
    r"\b(?:dihentikan|tidak (?:lagi )?diperbarui|arsip|diarsipkan|archived|discontinued|ended)\b|"
    r"authority/frequency/NEVER\b|\bfreq/never\b",
    re.IGNORECASE,
)
# In free words only what is said of the data themselves: projects are stopped too, and archives are counted.
_WORDS = re.compile(
    r"\btidak (?:lagi )?diperbarui(?: lagi)?\b|\b(?:data(?:set)?|pemutakhiran|pembaruan|publikasi)(?: ini)?"
    r"(?: telah| sudah)? (?:dihentikan|diarsipkan)\b|\b(?:archived|discontinued) dataset\b",
    re.IGNORECASE,
)
_COVID = re.compile(r"\bcovid(?:-?\s?19)?\b|\bcorona\b|\bsars-cov-2\b", re.IGNORECASE)
_YEARS = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_STATE_KEY = re.compile(r"^(?:status|lifecycle)$|freq|frek|periodicity", re.IGNORECASE)
_OVER = "kedaruratan berakhir 2023-06-21"


def archive_of(dataset: Dataset, site: Site) -> Archive | None:
    """What kind of archive it is, or None for a dataset that goes on."""
    words = _says(dataset, site)
    if not words:
        return None
    first = oldest([t.oldest_period for t in _tables(dataset) if t.oldest_period])
    last = dataset.newest_period
    states = [answered(resource) for resource in dataset.resources]
    kept = True if True in states else None if None in states else False
    return Archive(words, first, last, site.ended, _whole(dataset, site, first, last), kept)


def _says(dataset: Dataset, site: Site) -> str:
    if site.lifecycle == "archived":
        return f"situs arsip{f' sejak {site.ended.isoformat()}' if site.ended else ''}"
    states = [value for key, value in dataset.metadata if _STATE_KEY.search(key)]
    for pattern, texts in ((_STATE, states), (_WORDS, [dataset.title, dataset.notes])):
        for text in texts:
            if found := pattern.search(text):
                return text[max(0, found.start() - 40) : found.end() + 40].strip()
    if site.role == "covid":
        return f"situs Covid-19: {_OVER}"
    found = _COVID.search(dataset.title)
    return f"{found[0]}: {_OVER}" if found else ""


def _tables(dataset: Dataset) -> list[Table]:
    return [resource.table for resource in dataset.resources if resource.table is not None]


def _whole(dataset: Dataset, site: Site, first: str | None, last: str | None) -> bool | None:
    """Its rows against the years that its title promises; without a promise against the dates of the site."""
    if first is None or last is None:
        return None
    years = [int(year) for year in _YEARS.findall(dataset.title)]
    if len(years) > 1:
        return int(first[:4]) <= min(years) and period_end(last).year >= max(years)
    if site.lifecycle != "archived" or site.ended is None:
        return None
    begun = site.started is None or int(first[:4]) <= site.started.year
    return begun and period_end(last).year >= site.ended.year
