"""The CSV files of a run and of the series: UTF-8, comma, one header line, no cell that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from auditor.model import Dataset, Document, Finding, Quality, RunSummary
from auditor.model.measures import MEASURES
from reports.canonical import number
from reports.quality import flaw_of
from reports.run import Run, method_changes
from reports.safe import cell


@dataclass(frozen=True)
class Field:
    """One column of the data dictionary; `type` is a Table Schema type."""

    name: str
    type: str
    description: str


FINDINGS = (
    Field("id", "string", "digest of criterion and subject, the same in every run"),
    Field("criterion", "string", "id in the catalogue of criteria"),
    Field("indicator", "string", "one of the six indicators"),
    Field("subject", "string", "the body's code, a site's id or a unit's name"),
    Field("site", "string", "id of the site, empty for a finding about the body"),
    Field("unit", "string", "OPD that the finding is about"),
    Field("owner", "string", "who is asked to act"),
    Field("status", "string", "met, partly, unmet, unknown or not-applicable"),
    Field("reason", "string", "reason code; of an unknown it begins with site-, auditor- or human-"),
    Field("low", "number", "value if what is unknown fails, 0 to 1"),
    Field("high", "number", "value if what is unknown is met, 0 to 1"),
    Field("gain", "number", "points of the lower bound if the finding became met"),
    Field("since", "date", "first run of the present status"),
    Field("state", "string", "new, persisting, resolved or flickering; empty where nothing is asked"),
    Field("message_id", "string", "what was seen, Indonesian"),
    Field("message_en", "string", "what was seen, English"),
    Field("remedy_id", "string", "what to do, Indonesian"),
    Field("remedy_en", "string", "what to do, English"),
    Field("basis", "string", "legal basis; an article that was not read at its source is marked"),
    Field("evidence_urls", "string", "addresses of the evidence, separated by spaces"),
    Field("evidence_digests", "string", "SHA-256 of the captures, separated by spaces"),
    Field("answer_url", "string", "address that an officer's answer gives; empty without an answer"),
    Field("answer_outcome", "string", "held, partly, not-held or unseen: by what was seen at that address"),
    Field("answer_seen", "string", "what was seen there, Indonesian"),
    Field("answer_reason", "string", "the officer's reason and note"),
    Field("answer_who", "string", "who answered"),
    Field("answer_date", "date", "when"),
)
BODIES = (
    Field("code", "string", "Kemendagri code of the body"),
    Field("province", "string", "Kemendagri code of its province"),
    Field("name", "string", "name of the body"),
    Field("kind", "string", "provinsi, kabupaten or kota"),
    Field("run", "string", "its latest whole run"),
    Field("at", "date", "day as of which that run judges"),
    Field("low", "number", "score if everything unknown fails, 0 to 100"),
    Field("observed", "number", "score of what is known, 0 to 100; empty when nothing is known"),
    Field("high", "number", "score if everything unknown is met, 0 to 100"),
    Field("coverage", "number", "share of weight that is known, 0 to 1"),
    Field("band", "string", "band in which the whole interval lies; empty when it lies in several"),
    Field("rank_best", "integer", "best possible rank, 1 the highest score; empty under another catalogue"),
    Field("rank_worst", "integer", "worst possible rank"),
    Field("rank_weights_best", "integer", "5th percentile of the best rank over drawn weights"),
    Field("rank_weights_worst", "integer", "95th percentile of the worst rank over drawn weights"),
    Field("rank_of", "integer", "bodies that were ranked"),
    Field("catalogue", "string", "version of the catalogue that judged it"),
)
DATASETS = (
    Field("id", "string", "id on the portal"),
    Field("title", "string", "title on the portal"),
    Field("unit", "string", "OPD that answers for it"),
    Field("platform", "string", "software of the portal"),
    Field("url", "string", "page of the dataset"),
    Field("licence", "string", "licence as the portal states it"),
    Field("modified", "date", "last change as the portal states it"),
    Field("newest_period", "string", "newest period in the data: 2024, 2024-S1, 2024-TW3, 2024-05 or 2024-05-31"),
    Field("cadence", "string", "how often it is due"),
    Field("fresh", "boolean", "whether the newest period is there that is due; empty when not known"),
    Field("schema", "string", "schemas that its tables were checked against, separated by ;"),
    Field("rows", "integer", "rows of its tables; empty when none was read"),
    Field("errors", "integer", "cells that break a rule; empty when none was read"),
    Field("contradiction", "string", "the portal's date of change against the newest data; empty where they agree"),
    Field("recency_basis", "string", "what says how new it is: data, title, portal (date of change) or http"),
    Field("archive", "string", "why it is judged as an archive; empty for a dataset that goes on"),
    Field("archive_whole", "boolean", "whether an archive reaches over its whole period; empty when not known"),
    Field("archive_kept", "boolean", "whether an archive can still be downloaded; empty when not known"),
    Field("mqa_low", "integer", "points of DCAT/MQA, 0 to 405, if what is unknown is missing"),
    Field("mqa_high", "integer", "points of DCAT/MQA, 0 to 405, if what is unknown is there"),
    Field("satu_data_low", "integer", "elements of Satu Data's minimum, 0 to 18, if what is unknown is missing"),
    Field("satu_data_high", "integer", "elements of Satu Data's minimum, 0 to 18, if what is unknown is there"),
    Field("missing", "string", "measures that were seen to be missing, see datasets_quality.csv, separated by ;"),
    Field("flaws", "string", "files that cannot be used and why (`name: flaw`), separated by ;"),
)
QUALITY = (
    Field("dataset", "string", "id on the portal"),
    Field("url", "string", "page of the dataset"),
    Field("unit", "string", "producer (OPD) as the portal names it"),
    Field("scheme", "string", "mqa (data.europa.eu) or satu-data (Perpres 39/2019)"),
    Field("group", "string", "dimension of the MQA or principle of Satu Data Indonesia"),
    Field("measure", "string", "id of the measure"),
    Field("points", "integer", "points that its scheme gives for it"),
    Field("met", "boolean", "of the best file where it is about files; empty when not known"),
)
DOCUMENTS = (
    Field("url", "string", "where the bytes were"),
    Field("title", "string", "title or link text"),
    Field("kind", "string", "kind of document; empty where it is none of the list"),
    Field("years", "string", "years that it is about, 2024 or 2025;2029"),
    Field("unit", "string", "OPD that it is of"),
    Field("format", "string", "format of the bytes"),
    Field("bytes", "integer", "size"),
    Field("readable", "boolean", "whether it has text that can be searched; empty when it could not be opened"),
    Field("found_on", "string", "page that links to it"),
    Field("site", "string", "id of the site"),
)
SCORES = (
    Field("run", "string", "id of the run"),
    Field("at", "datetime", "moment that the run judges, with offset"),
    Field("low", "number", "lower bound, 0 to 100"),
    Field("observed", "number", "share met of what is known, 0 to 100; empty when nothing is known"),
    Field("high", "number", "upper bound, 0 to 100"),
    Field("coverage", "number", "share of the weight that is known, 0 to 1"),
    Field("band", "string", "band that holds the whole interval; empty when none does"),
    Field("catalogue", "string", "digest of the criteria"),
    Field("auditor", "string", "version of the software"),
    Field("digest", "string", "digest of the evidence"),
    Field("method_changed", "boolean", "whether another catalogue judged the run before: no change of the body's"),
)


def findings_csv(run: Run) -> bytes:
    """One row a finding, in reading order."""
    return csv_of(FINDINGS, (_finding(finding, run.owner(finding)) for finding in run.findings))


def datasets_csv(run: Run) -> bytes:
    return csv_of(DATASETS, (_dataset(dataset) for facts in run.sites for dataset in facts.datasets))


def datasets_quality_csv(run: Run) -> bytes:
    """One row a dataset and measure, in the schemes' order."""
    rows = []
    for dataset in (dataset for facts in run.sites for dataset in facts.datasets if dataset.quality):
        assert dataset.quality is not None
        for rating in (dataset.quality.mqa, dataset.quality.satu_data):
            for one in rating.measured:
                m = MEASURES[one.id]
                rows.append([dataset.id, dataset.url, dataset.unit, m.scheme, m.group, m.id, m.points, one.met])
    return csv_of(QUALITY, rows)


def documents_csv(run: Run) -> bytes:
    return csv_of(DOCUMENTS, (_document(document) for document in run.documents))


def scores_csv(series: Sequence[RunSummary]) -> bytes:
    changed = method_changes(series)
    return csv_of(SCORES, ([*_summary(summary), summary.run in changed] for summary in series))


def basis(finding: Finding) -> str:
    """The articles in one line, each unread one with its mark."""
    return "; ".join(b.article + ("" if b.verified else " (belum diverifikasi)") for b in finding.criterion.basis)


def _finding(finding: Finding, owner: str) -> list[Any]:
    verdict, criterion = finding.verdict, finding.criterion
    return [
        finding.id,
        criterion.id,
        criterion.indicator,
        verdict.subject,
        verdict.site,
        verdict.unit,
        owner,
        str(finding.status),
        verdict.reason,
        number(verdict.low),
        number(verdict.high),
        number(finding.gain),
        finding.since,
        finding.state,
        finding.message.id,
        finding.message.en,
        finding.remedy.id,
        finding.remedy.en,
        basis(finding),
        " ".join(e.url for e in verdict.evidence),
        " ".join(e.digest for e in verdict.evidence if e.digest),
        *_answer(finding),
    ]


def _answer(finding: Finding) -> list[Any]:
    if finding.answer is None:
        return [None] * 6
    given = finding.answer.objection
    words = " ".join(part for part in (given.reason, given.note) if part)
    return [given.url, finding.answer.outcome, finding.answer.seen.id, words, given.who, given.date]


def _dataset(dataset: Dataset) -> list[Any]:
    tables = [resource.table for resource in dataset.resources if resource.table]
    return [
        dataset.id,
        dataset.title,
        dataset.unit,
        dataset.platform,
        dataset.url,
        dataset.licence,
        dataset.modified,
        dataset.newest_period,
        dataset.cadence,
        dataset.fresh,
        ";".join(dict.fromkeys(table.schema for table in tables if table.schema)),
        sum(table.rows for table in tables) if tables else None,
        sum(table.error_count for table in tables) if tables else None,
        dataset.contradiction,
        *_quality(dataset.quality),
        "; ".join(
            f"{(one.name or one.url)[:120].replace(';', ',')}: {flaw_of(one)}"
            for one in dataset.resources
            if flaw_of(one)
        ),
    ]


def _quality(quality: Quality | None) -> list[Any]:
    if quality is None:
        return [None] * 9
    archive, mqa, minimum = quality.archive, quality.mqa, quality.satu_data
    return [
        quality.recency.basis,
        archive.said if archive else None,
        archive.whole if archive else None,
        archive.kept if archive else None,
        mqa.low,
        mqa.high,
        minimum.low,
        minimum.high,
        ";".join((*mqa.missing, *minimum.missing)),
    ]


def _document(document: Document) -> list[Any]:
    return [
        document.url,
        document.title,
        document.facts.kind,
        ";".join(str(year) for year in document.facts.years),
        document.facts.unit,
        document.format,
        document.bytes,
        document.readable,
        document.found_on,
        document.site,
    ]


def _summary(summary: RunSummary) -> list[Any]:
    return [
        summary.run,
        summary.at.isoformat(),
        number(summary.low),
        None if summary.observed is None else number(summary.observed),
        number(summary.high),
        number(summary.coverage),
        summary.band,
        summary.catalogue,
        summary.auditor,
        summary.digest,
    ]


def csv_of(fields: Sequence[Field], rows: Iterable[Sequence[Any]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([field.name for field in fields])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8", "replace")


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return cell(value) if isinstance(value, str) else value
