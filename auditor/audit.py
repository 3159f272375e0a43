"""One audit from start to end: the only module that knows the order.

    config -> collect -> evidence -> read -> judge -> score -> history -> publish

Collecting writes evidence only. Before judging, one `run` record joins it: the configuration, the date, and what the
judgement needs of earlier nights. From there on everything is a function of the evidence folder and the catalogue, and
`rescore` is that same function called again.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from auditor import __version__, addresses, unpublished
from auditor.alone import alone
from auditor.banner import tell_readers
from auditor.collect.answered import by_site
from auditor.collect.browser import chromium
from auditor.collect.crawl import collect
from auditor.collect.mementos import look_up
from auditor.config import Config
from auditor.contact import require_contact
from auditor.drafts import remember, still_open, waiting
from auditor.evidence.errors import EvidenceError
from auditor.evidence.source import Evidence
from auditor.evidence.store import EvidenceWriter
from auditor.facts_cache import FactsCache
from auditor.follow_up import follow_up
from auditor.fronts import fronts_before
from auditor.history import History, RunKey
from auditor.journal import journal
from auditor.judged import EvidenceMissing, closes_on, judge_evidence, prior_to_json, read_run_record
from auditor.mirror import copy_out, evidence_kept
from auditor.model import Catalogue, Change, Judgement, Site, Visit
from auditor.objecting import FILE, Given, objections, to_json, unknown_findings
from auditor.settling import kept, settled_file
from auditor.unpublished import Concluding
from checks.catalogue import load as load_catalogue
from checks.interest import interest

Progress = Callable[[str, dict[str, Any]], None]


NIGHTS_ASKED = 3
"""So many nights before are looked at for what has not changed since."""


class Interrupted(Exception):
    """Stopped by a person; what is archived stays and the next run resumes."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A finished audit with what its readers need beside the judgement."""

    judgement: Judgement
    changes: tuple[Change, ...]
    answered: bool
    crashes: tuple[str, ...]
    resumed: bool
    report: Path
    notices: tuple[str, ...] = ()  # what is wrong with the officers' answers and lists, and with copying


def run(
    config: Config,
    *,
    started: datetime,
    at: datetime | None = None,
    only: Sequence[str] = (),
    progress: Progress | None = None,
    stop: threading.Event | None = None,
    night: str = "",
) -> Outcome:
    """One whole audit. `started` is now (UTC); `at` the moment judged as of, by default `started`. `night` names the
    night of a fleet that it belongs to, by which history knows it again.

    Raises ConfigError where nobody could be written to about our visits, and AnotherRun, Interrupted, HistoryError,
    EvidenceError.
    """
    stop = stop or threading.Event()
    require_contact(config)
    with alone(config.storage.data), journal(config) as log:
        outcome = _locked(config, started, at, tuple(sorted(only)), log.through(progress), stop, night)
        log.ended(outcome)
        return outcome


def _locked(
    config: Config,
    started: datetime,
    at: datetime | None,
    only: tuple[str, ...],
    progress: Progress,
    stop: threading.Event,
    night: str,
) -> Outcome:
    if config.ocr:
        _require_tesseract()
    if config.network.browser:
        chromium()  # before a night is begun: what it needs is there
    zone = ZoneInfo(config.body.timezone)
    history = History(config.storage.database, config.storage.database_wait_seconds)
    key = RunKey(config.body.code, _digest(config.source), night or (at.isoformat() if at else ""), ",".join(only))
    left = unpublished.left(config.storage.data, key, started)
    if left:
        run_id, judged_at, resumed = left.run, left.at, True
    else:
        run_id, judged_at, resumed = history.begin(key, (at or started).astimezone(zone), started)
    progress("run", {"run": run_id, "at": judged_at.isoformat(), "resumed": resumed, "only": list(only)})
    folder = evidence_folder(config, run_id)
    sites = tuple(s for s in config.sites if not only or s.role in only)
    given = objections(config.path.resolve().parent / FILE)
    asked = _asked(given, sites, config, history)
    _collect(folder, sites, config, progress, stop, asked, _earlier(config, history, run_id))
    if stop.is_set():
        raise Interrupted(f"stopped; {folder} keeps what was archived and the next `auditor run` goes on from there")
    if config.ocr:
        _recognise_scans(folder)
    _write_run_record(folder, run_id, judged_at.astimezone(zone), config, only, history, given)
    unpublished.keep(config.storage.data, left or Concluding(run_id, judged_at, key, started))
    outcome = conclude(folder, load_catalogue(), config, history, resumed=resumed)
    unpublished.clear(config.storage.data)
    unknown = unknown_findings(given.objections, {finding.id for finding in outcome.judgement.findings})
    copying = copy_out(config, [row.run for row in history.judged(config.body.code)] if config.storage.evidence else ())
    unread = [f"{config.follow_up}: {one.en}" for one in follow_up(config).troubles]
    return replace(outcome, notices=(*given.notices, *unknown, *unread, *copying))


def _collect(
    folder: Path,
    sites: Sequence[Site],
    config: Config,
    progress: Progress | None,
    stop: threading.Event,
    answered: Mapping[str, Sequence[str]],
    earlier: Sequence[Path],
) -> tuple[Visit, ...]:
    writer = EvidenceWriter(folder, earlier)
    memory = FactsCache(cache_folder(config))
    try:
        visits = collect(
            sites,
            config.network,
            writer,
            interest=interest,
            progress=progress,
            stop=stop,
            answered=answered,
            memory=memory,
        )
        if config.memento.timegate or config.memento.timemap:
            seen = Evidence(folder).captures()
            look_up(sites, visits, seen, config.memento, config.network, writer, stop=stop)
        return visits
    finally:
        writer.close()


def _asked(given: Given, sites: Sequence[Site], config: Config, history: History) -> dict[str, tuple[str, ...]]:
    if not given.objections:
        return {}
    judged = history.judged(config.body.code)
    told = history.findings(config.body.code, judged[-1].run) if judged else []
    return by_site(given.objections, config.sites, sites, {f["id"]: f["site"] for f in told})


def _earlier(config: Config, history: History, run: str) -> list[Path]:
    """Evidence of the last nights that ended, the newest first: several, for what one of them could not reach."""
    ended = [row.run for row in reversed(history.judged(config.body.code)) if row.run != run]
    folders = (evidence_folder(config, one) for one in ended)
    return list(islice((folder for folder in folders if folder.is_dir()), NIGHTS_ASKED))


def _require_tesseract() -> None:
    """Before a night is spent: the program that its end needs is there."""
    from auditor.ocr import tesseract

    tesseract()


def _recognise_scans(folder: Path) -> None:
    from auditor.ocr import recognised, tesseract

    evidence = Evidence(folder)
    if evidence.records("ocr"):
        return
    words = recognised(evidence, tesseract())
    writer = EvidenceWriter(folder)
    try:
        writer.record("ocr", words)
    finally:
        writer.close()


def _write_run_record(
    folder: Path,
    run_id: str,
    at: datetime,
    config: Config,
    only: tuple[str, ...],
    history: History,
    given: Given,
) -> None:
    evidence = Evidence(folder)
    if evidence.records("run"):
        return
    prior = history.prior(config.body.code, at, run_id)
    before = history.run(config.body.code, prior.run) if prior.run else None
    if prior.run:
        prior = replace(prior, fronts=fronts_before(evidence_folder(config, prior.run)))
    failed = sorted(url for url, bad in addresses.outcomes(evidence.captures()).items() if bad)
    writer = EvidenceWriter(folder)
    try:
        writer.record(
            "run",
            {
                "run": run_id,
                "at": at.isoformat(),
                "config": _without_secrets(config.source),
                "only": list(only),
                "auditor": __version__,
                "prior": prior_to_json(prior),
                "told": history.told(config.body.code, prior.run) if prior.run else {},
                "prior_catalogue": before.catalogue if before else None,
                "settled": kept(settled_file(config.storage.data)),
                "answers": to_json(given.objections),
                "addresses": addresses.to_json(history.addresses(config.body.code, failed, at.date())),
            },
        )
    finally:
        writer.close()


def conclude(folder: Path, catalogue: Catalogue, config: Config, history: History, *, resumed: bool = False) -> Outcome:
    """Judge a collected run, keep it and publish it."""
    from auditor.publish import publish_run, rows_of  # reports import slowly: not before they are needed

    judged = judge_evidence(folder, catalogue, memory=FactsCache(cache_folder(config)))
    answered = any(s.visit.cause == "ok" for s in judged.judgement.facts.sites)
    rows = rows_of(judged.judgement, catalogue)
    today = judged.judgement.facts.at.date()
    remember(config.storage.data, judged.judgement.run, still_open(judged.closes, today))
    history.finish(judged.judgement, datetime.now(UTC), rows, answered=answered)
    publish_closed(catalogue, config, history, today)
    report = publish_run(judged, catalogue, config, history, today)
    tell_readers(config, history, datetime.now(UTC))
    return Outcome(judged.judgement, judged.changes, answered, judged.crashes, resumed, report)


def publish_closed(catalogue: Catalogue, config: Config, history: History, today: date) -> list[Path]:
    """Publish for good every draft whose window has closed, oldest first, from its own evidence.

    A draft that an older catalogue judged is judged by this one, and says so by its version.
    """
    from auditor.publish import publish_run, rows_of

    memory = FactsCache(cache_folder(config))
    published = []
    for run, closes in sorted(waiting(config.storage.data).items()):
        if still_open(closes, today):
            continue
        judged = judge_evidence(evidence_kept(config, run), catalogue, memory=memory)
        answered = any(s.visit.cause == "ok" for s in judged.judgement.facts.sites)
        history.finish(judged.judgement, datetime.now(UTC), rows_of(judged.judgement, catalogue), answered=answered)
        remember(config.storage.data, run, None)
        published.append(publish_run(judged, catalogue, config, history, today))
    return published


def recall_drafts(config: Config, runs: Sequence[str], today: date) -> None:
    """Writes `drafts.json` anew where it was lost: which runs are drafts follows from their evidence."""
    for run in runs:
        folder = evidence_kept(config, run)
        try:
            closes = still_open(closes_on(read_run_record(Evidence(folder), folder)), today)
        except (EvidenceMissing, EvidenceError):
            continue
        if closes is not None:
            remember(config.storage.data, run, closes)


def evidence_folder(config: Config, run_id: str) -> Path:
    return config.storage.data / "evidence" / run_id


def later_runs(config: Config, judgement: Judgement) -> list[str]:
    """Finished whole runs that are dated after this one, oldest first."""
    series = History(config.storage.database).series(judgement.facts.body.code)
    return [row.run for row in series if row.at > judgement.facts.at]


def cache_folder(config: Config) -> Path:
    return config.storage.data / "cache"


def _digest(source: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(source, sort_keys=True, default=str).encode()).hexdigest()


def _without_secrets(source: dict[str, Any]) -> dict[str, Any]:
    """The configuration that the judgement needs: whom and how, never where the database is or whom to notify."""
    kept = {name: source[name] for name in ("body", "sites", "network", "publish") if name in source}
    kept["network"] = {k: v for k, v in kept.get("network", {}).items() if k != "second_vantage"}  # may hold a password
    return json.loads(
        json.dumps(kept, default=lambda value: value.isoformat() if isinstance(value, date) else str(value))
    )
