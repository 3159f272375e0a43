"""What the operator sees in the terminal: progress on stderr, the summary on stdout, tables of what was found."""

from __future__ import annotations

import contextlib
import csv
import difflib
import json
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table as Grid

from auditor.audit import Judged, Outcome
from auditor.config import Config
from auditor.model import Catalogue, Change, Criterion, Finding, Status, Table, Text

Progress = Callable[[str, dict[str, Any]], None]

_SHOWN = 5
_QUIET_SECONDS = 5.0

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def _say(text: Text, lang: str) -> str:
    return text.id if lang == "id" else text.en


def nearest(word: str, known: Iterable[str]) -> str:
    """`did you mean x?`, or the list of what is known."""
    names = list(known)
    near = difflib.get_close_matches(word, names, n=1, cutoff=0.5)
    return f"did you mean {near[0]!r}?" if near else f"known: {', '.join(names[:20])}"


# ---- while it runs ---------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def stopping() -> Iterator[threading.Event]:
    """An event that Ctrl-C and SIGTERM set; a second Ctrl-C ends at once."""
    stop = threading.Event()

    def asked(number: int, _frame: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        err.print("stopping after the requests under way; Ctrl-C again ends at once")

    before = {number: signal.signal(number, asked) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def progress(settings: Config, *, silent: bool) -> Iterator[Progress | None]:
    """A line for each site when it ends and, in between, one every few seconds; nothing at all when silent."""
    if silent:
        yield None
        return
    reporter = _Reporter({site.id: site.name for site in settings.sites})
    yield reporter.told


class _Reporter:
    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._lock = threading.Lock()
        self._said = time.monotonic()
        self._done: dict[str, int] = {}

    def told(self, site: str, what: dict[str, Any]) -> None:
        with self._lock:
            self._done[site] = int(what.get("pages", self._done.get(site, 0)))
            if what.get("event") == "visit":
                err.print(f"  {site:<14} {what.get('cause', ''):<20} {self._done[site]:>5} pages")
                self._said = time.monotonic()
            elif time.monotonic() - self._said > _QUIET_SECONDS:
                self._said = time.monotonic()
                busy = ", ".join(f"{key} {count}" for key, count in sorted(self._done.items()) if count)
                err.print(f"  … {busy}")


# ---- the end of a run ------------------------------------------------------------------------------------------------


def summary(outcome: Outcome, settings: Config, *, lang: str, as_json: bool) -> None:
    """The score with its interval, what would raise it most, what changed, where the report is; fits a screen."""
    if as_json:
        sys.stdout.buffer.write(json.dumps(_summary_json(outcome), ensure_ascii=False, indent=1).encode() + b"\n")
        return
    judgement = outcome.judgement
    out.print()
    out.print(f"[bold]{judgement.facts.body.name}[/bold], {judgement.facts.at:%Y-%m-%d %H:%M %Z}, run {judgement.run}")
    if not outcome.answered:
        _nothing_answered(outcome, lang)
    _interval(outcome)
    if outcome.answered:
        _most(judgement.findings, lang)
    _changed(outcome.changes, lang)
    for crash in outcome.crashes:
        err.print(f"a check of ours crashed: {crash}", style="bold red")
    out.print(f"Report: {outcome.report}")
    if not outcome.answered:
        out.print("No site answered, so nothing is judged. `make demo` shows a whole audit without the internet.")


def _summary_json(outcome: Outcome) -> dict[str, Any]:
    judgement, whole = outcome.judgement, outcome.judgement.score.whole
    return {
        "run": judgement.run,
        "body": judgement.facts.body.code,
        "at": judgement.facts.at.isoformat(),
        **{name: _rounded(value) for name, value in asdict(whole).items()},
        "band": judgement.score.band,
        "answered": outcome.answered,
        "resumed": outcome.resumed,
        "sites": {s.site.id: s.visit.cause for s in judgement.facts.sites},
        "findings": _counts(judgement.findings),
        "changes": [
            {"id": c.finding.id, "criterion": c.finding.criterion.id, "subject": c.finding.verdict.subject,
             "before": c.before, "now": c.finding.status, "whose": c.whose}
            for c in outcome.changes
        ],
        "crashes": list(outcome.crashes),
        "report": str(outcome.report),
    }  # fmt: skip


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _counts(findings: Sequence[Finding]) -> dict[str, int]:
    return {status.value: sum(f.status is status for f in findings) for status in Status}


def _nothing_answered(outcome: Outcome, lang: str) -> None:
    from auditor.collect.causes import sentence

    out.print("Nothing could be reached:")
    for facts in outcome.judgement.facts.sites:
        address = facts.site.url or "-"
        out.print(f"  {facts.site.id:<14} {address:<42} {_say(sentence(facts.visit.cause), lang)}", style="yellow")


def _interval(outcome: Outcome) -> None:
    score = outcome.judgement.score
    whole = score.whole
    observed = f", observed {whole.observed:.1f}" if whole.observed is not None else ""
    band = score.band or f"between {score.band_low} and {score.band_high}"
    out.print(
        f"Score [bold]{whole.low:.1f} to {whole.high:.1f}[/bold] of 100{observed}; {whole.coverage:.0%} of the weight "
        f"is known; {band}"
    )
    counts = ", ".join(f"{count} {name}" for name, count in _counts(outcome.judgement.findings).items() if count)
    out.print(f"Findings: {counts}")
    out.print("(our own estimate from the sites alone; not the Monev KIP score, not IKIP)", style="dim")


def _most(findings: Sequence[Finding], lang: str) -> None:
    asked = sorted((f for f in findings if f.gain > 0), key=lambda f: (-f.gain, f.criterion.id, f.verdict.subject))
    if not asked:
        return
    out.print("\nWhat would raise it most:")
    for finding in asked[:_SHOWN]:
        whose = (
            f" ({finding.verdict.unit or finding.verdict.site})" if finding.verdict.unit or finding.verdict.site else ""
        )
        out.print(f"  +{finding.gain:.1f}  {_say(finding.criterion.unmet, lang)}{whose}: {_say(finding.remedy, lang)}")


def _changed(changes: Sequence[Change], lang: str) -> None:
    if not changes:
        return
    out.print("\nSince the night before:")
    titles = {"city": "the city changed", "sight": "we could see more or less", "method": "our method changed"}
    for whose, title in titles.items():
        some = [change for change in changes if change.whose == whose]
        if some:
            out.print(f"  {title}:")
        for change in some[:_SHOWN]:
            out.print(f"    {change_line(change, lang)}")
        if len(some) > _SHOWN:
            out.print(f"    and {len(some) - _SHOWN} more (`auditor diff`)")


def change_line(change: Change, lang: str) -> str:
    finding = change.finding
    title = _say(finding.criterion.met if finding.status is Status.MET else finding.criterion.unmet, lang)
    whose = finding.verdict.unit or finding.verdict.site
    return f"{change.before or 'new'} -> {finding.status}: {title}{f' ({whose})' if whose else ''}"


# ---- looking back ----------------------------------------------------------------------------------------------------


def table_of_runs(runs: Sequence[Any], *, as_json: bool) -> None:
    names = ("run", "at", "state", "only", "low", "observed", "high", "coverage", "band", "catalogue")
    rows = [{name: getattr(run, name) for name in names} for run in runs]
    for row in rows:
        row["at"] = row["at"].isoformat()
        row.update({name: _rounded(row[name]) for name in ("low", "observed", "high", "coverage")})
    _rows(rows, names, as_json=as_json)


def rows(found: Sequence[Mapping[str, Any]], what: str, *, as_json: bool) -> None:
    """Rows as they are published in `<what>.csv`."""
    if not found and not as_json:
        out.print(f"no {what} in this run")
        return
    _rows(found, tuple(found[0]) if found else (), as_json=as_json)


def findings(found: Sequence[Mapping[str, Any]], *, lang: str, as_json: bool, as_csv: bool) -> None:
    if as_json:
        _json(list(found))
        return
    names = ("status", "criterion", "subject", "gain", "reason", "message")
    shown = [{**{name: f[name] for name in names}, "message": f["message"][lang]} for f in found]
    if as_csv:
        writer = csv.DictWriter(sys.stdout, ["id", *names, "site", "unit", "since", "state"], extrasaction="ignore")
        writer.writeheader()
        for finding, row in zip(found, shown, strict=True):
            writer.writerow({**finding, **row})
        return
    _rows(shown, names, as_json=False)


def score(row: Any, published: bytes | None, *, as_json: bool) -> None:
    if as_json and published is not None:
        sys.stdout.buffer.write(published)
        return
    figures = {name: _rounded(getattr(row, name)) for name in ("low", "observed", "high", "coverage")}
    if as_json:
        _json({"run": row.run, "at": row.at.isoformat(), **figures, "band": row.band})
        return
    observed = f", observed {figures['observed']:.1f}" if figures["observed"] is not None else ""
    out.print(f"run {row.run}: {figures['low']:.1f} to {figures['high']:.1f}{observed}, coverage {figures['coverage']}")


def difference(older: Any, newer: Any, history: Any, *, as_json: bool, lang: str) -> None:
    before = {f["id"]: f for f in history.findings(newer.body, older.run)}
    now = {f["id"]: f for f in history.findings(newer.body, newer.run)}
    method = getattr(older, "catalogue", None) != newer.catalogue
    changed = []
    for key in sorted(before.keys() | now.keys()):
        was, is_ = before.get(key, {}).get("status"), now.get(key, {}).get("status")
        if was != is_:
            finding = now.get(key) or before[key]
            whose = "method" if method else "sight" if {was, is_} & {"unknown", None} else "city"
            changed.append({"id": key, "criterion": finding["criterion"], "subject": finding["subject"], "before": was,
                            "now": is_, "whose": whose, "message": finding["message"][lang]})  # fmt: skip
    if as_json:
        _json({"a": older.run, "b": newer.run, "changes": changed})
        return
    out.print(f"{older.run} -> {newer.run}: {len(changed)} findings differ")
    _rows(changed, ("whose", "before", "now", "criterion", "subject", "message"), as_json=False)


def rescored(judged: Judged, settings: Config, scored: bytes) -> None:
    """Says whether the bytes are those that were published, and if not, whose doing it is."""
    judgement = judged.judgement
    published = settings.storage.public / judgement.facts.body.code / judgement.run / "score.json"
    whole = judgement.score.whole
    out.print(f"run {judgement.run}: {whole.low:.1f} to {whole.high:.1f}, coverage {whole.coverage:.2f}")
    for damaged in judged.evidence.damaged:
        out.print(f"damaged evidence, judged as not seen: {damaged}", style="yellow")
    if not published.exists():
        out.print("nothing published to compare with")
    elif published.read_bytes() == scored:
        out.print("the same, byte for byte, as published")
    else:
        was = json.loads(published.read_bytes())
        if was["catalogue"] != judgement.catalogue:
            out.print(f"differs from what is published: catalogue {was['catalogue']} then, {judgement.catalogue} now")
        else:
            out.print(f"differs from what is published: evidence {was['evidence']['digest']} then, "
                      f"{judgement.evidence_digest} now")  # fmt: skip


# ---- the catalogue and tables ----------------------------------------------------------------------------------------


def criteria(catalogue: Catalogue, *, as_json: bool, lang: str) -> None:
    if as_json:
        _json({"version": catalogue.version, "criteria": [_plain(c) for c in catalogue.criteria]})
        return
    shown = [
        {"id": c.id, "indicator": c.indicator, "weight": c.weight, "level": c.level, "question": _say(c.question, lang)}
        for c in catalogue.criteria
    ]
    out.print(f"catalogue {catalogue.version}: {len(shown)} criteria")
    _rows(shown, ("id", "indicator", "weight", "level", "question"), as_json=False)


def criterion(one: Criterion, *, as_json: bool, lang: str) -> None:
    if as_json:
        _json(_plain(one))
        return
    out.print(f"[bold]{one.id}[/bold]  {one.indicator}, weight {one.weight:g}, {one.level}, judge {one.judge}")
    for name in ("question", "why", "how", "limits"):
        out.print(f"{name:<10} {_say(getattr(one, name), lang)}")
    for basis in one.basis:
        mark = "" if basis.verified else "  (belum diverifikasi / unverified)"
        out.print(f"{'basis':<10} {basis.article}{mark}  [{basis.source}]", markup=False)
    for reason, text in one.remedies.items():
        out.print(f"{'remedy':<10} {reason}: {_say(text, lang)}")


def table(checked: Table, *, as_json: bool, lang: str) -> None:
    if as_json:
        _json(_plain(checked))
        return
    out.print(f"schema {checked.schema}: {checked.rows} rows, {len(checked.columns)} columns, "
              f"newest period {checked.newest_period or '-'}, {checked.error_count} errors")  # fmt: skip
    for error in checked.errors:
        more = f" (+{error.more})" if error.more else ""
        place = f"baris {error.row}" if lang == "id" else f"row {error.row}"
        out.print(f"  {place}, {error.column}: {_say(error.message, lang)} [{error.value}]{more}", markup=False)


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(asdict(value), default=str))


def _json(value: Any) -> None:
    sys.stdout.buffer.write(json.dumps(value, ensure_ascii=False, indent=1, default=str).encode() + b"\n")


def _rows(found: Sequence[Mapping[str, Any]], names: Sequence[str], *, as_json: bool) -> None:
    if as_json:
        _json([dict(row) for row in found])
        return
    if not out.is_terminal:
        out.print("\t".join(names), markup=False)
        for row in found:
            out.print("\t".join(_cell(row.get(name)) for name in names), markup=False)
        return
    grid = Grid(*names, box=None, pad_edge=False, header_style="bold")
    for row in found:
        grid.add_row(*(_cell(row.get(name)).replace("[", "\\[") for name in names))
    out.print(grid)


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:.2f}"
    return " ".join(str(value).split())
