"""Metadata quality of one dataset after the Metadata Quality Assessment of data.europa.eu: 405 points.

The MQA scores the copy in its own catalogue; here the portal's record and the archived answers are read. As in
the MQA, a dataset with several files has the points of its best file.
"""

from __future__ import annotations

import re

from auditor.model import Dataset, Resource
from auditor.model.measures import MEASURES, MOST, MQA
from auditor.model.quality import Measured, Rating
from auditor.read.quality import files
from auditor.read.quality.record import filled, of_file, said

_LICENCE = re.compile(
    r"authority/licence/|creativecommons\.org/|opendatacommons\.org/|"
    r"^cc-?(?:by|zero|0)|^creative commons|^odc|^odbl|^pddl|^uk-ogl|^gfdl|public domain",
    re.IGNORECASE,
)
_RIGHTS = re.compile(r"authority/access-right/|^(?:public|restricted|non[-_ ]?public|publik|terbatas)$", re.IGNORECASE)


def rate(dataset: Dataset) -> Rating:
    """0 to 405 points as bounds. A dataset without files has no points for them."""
    own = of_dataset(dataset)
    all_files = [of_resource(dataset, resource) for resource in dataset.resources] or [no_file()]
    best = max(all_files, key=lambda answers: (_sum(answers, False), _sum(answers, True)))
    answers = {**own, **best}
    return Rating(
        "mqa",
        _sum(own, False) + max(_sum(some, False) for some in all_files),
        _sum(own, True) + max(_sum(some, True) for some in all_files),
        MOST["mqa"],
        tuple(Measured(one.id, answers[one.id]) for one in MQA),
    )


def of_dataset(dataset: Dataset) -> dict[str, bool | None]:
    """The measures that are computed on the dataset itself."""
    record = dataset.metadata
    rights = said(record, "access-rights")
    return {
        "mqa-keyword": filled(dataset, dataset.tags),
        "mqa-theme": filled(dataset, said(record, "theme")),
        "mqa-spatial": filled(dataset, said(record, "spatial")),
        "mqa-temporal": filled(dataset, said(record, "temporal")),
        "mqa-dcat-ap": _mandatory(dataset),
        "mqa-access-rights": filled(dataset, rights),
        "mqa-access-known": filled(dataset, _RIGHTS.search(rights)),
        "mqa-contact": filled(dataset, said(record, "contact")),
        "mqa-publisher": filled(dataset, dataset.unit),
    }


def of_resource(dataset: Dataset, resource: Resource) -> dict[str, bool | None]:
    """The measures that are computed on a distribution."""
    came = files.answered(resource)
    direct = files.is_download(resource)
    licence = said(resource.metadata, "licence") or dataset.licence
    identifier = said(dataset.metadata, "licence")
    return {
        "mqa-access-url": came,
        "mqa-download-url": direct,
        "mqa-download-code": False if False in (came, direct) else None if None in (came, direct) else True,
        "mqa-format": filled(dataset, resource.declared_format),
        "mqa-media-type": of_file(dataset, resource, "media-type"),
        "mqa-format-known": filled(dataset, files.is_known(resource)),
        "mqa-open-format": files.is_open(resource),
        "mqa-machine-format": files.is_machine(resource),
        "mqa-licence": filled(dataset, licence),
        "mqa-licence-known": filled(dataset, any(_LICENCE.search(text) for text in (licence, identifier) if text)),
        "mqa-rights": of_file(dataset, resource, "rights"),
        "mqa-size": of_file(dataset, resource, "size"),
        "mqa-issued": filled(dataset, dataset.created, said(resource.metadata, "issued")),
        "mqa-modified": filled(dataset, dataset.modified, resource.modified, said(resource.metadata, "modified")),
    }


def no_file() -> dict[str, bool | None]:
    """A dataset that offers nothing to fetch."""
    return dict.fromkeys(of_resource(Dataset("", "", "", "", "-"), Resource("", "", "")), False)


def _mandatory(dataset: Dataset) -> bool | None:
    """DCAT-AP demands title, description and the files' addresses; what else it demands is not validated here."""
    if all((dataset.title, dataset.notes, dataset.resources)) and all(r.url for r in dataset.resources):
        return None
    return filled(dataset)


def _sum(answers: dict[str, bool | None], hopeful: bool) -> int:
    return sum(MEASURES[id_].points for id_, met in answers.items() if met or (met is None and hopeful))
