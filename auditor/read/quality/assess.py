"""A dataset with all that is said of its quality; an archive is never asked to be new."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from auditor.model import Dataset, Quality, Site
from auditor.read.freshness import recency
from auditor.read.quality import mqa, satu_data
from auditor.read.quality.archives import archive_of


def assessed(dataset: Dataset, site: Site, at: date, http: date | None = None) -> Dataset:
    """`http`: the newest `Last-Modified` of its files. `fresh` and `contradiction` fall away for an archive."""
    archive = archive_of(dataset, site)
    new = recency(dataset.newest_period, dataset.title, dataset.modified, http, dataset.cadence, at)
    quality = Quality(mqa.rate(dataset), satu_data.rate(dataset), new, archive)
    if archive is None:
        return replace(dataset, quality=quality)
    quality = replace(quality, recency=replace(new, fresh=None))
    return replace(dataset, quality=quality, fresh=None, contradiction="")
