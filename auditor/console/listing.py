"""What looking back shows: runs, findings, scores, differences."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from auditor.config import Config
from auditor.console.lines import out, rounded, show_json, show_rows
from auditor.drafts import waiting
from auditor.findings import Told, whose
from auditor.model import RunSummary

if TYPE_CHECKING:
    from auditor.history import History, RunRow
    from auditor.judged import Judged


GROUPS = {
    "city": "The city changed",
    "sight": "We saw more or less: this says nothing of the city",
    "method": "Another catalogue asked: this is a change of method, not of the city",
}
"""Whose a change is -> how its group is headed."""


def table_of_runs(runs: Sequence[RunRow], drafts: Mapping[str, date], *, as_json: bool) -> None:
    names = ("run", "at", "state", "only", "low", "observed", "high", "coverage", "band", "catalogue")
    rows = [{name: getattr(run, name) for name in names} for run in runs]
    for row in rows:
        row["at"] = row["at"].isoformat()
        if row["run"] in drafts:
            row["state"] = f"draft until {drafts[row['run']].isoformat()}"
        row.update({name: rounded(row[name]) for name in ("low", "observed", "high", "coverage")})
    show_rows(rows, names, as_json=as_json)


def rows(found: Sequence[Mapping[str, Any]], what: str, *, as_json: bool) -> None:
    """Rows as they are published in `<what>.csv`."""
    if not found and not as_json:
        out.print(f"no {what} in this run")
        return
    show_rows(found, tuple(found[0]) if found else (), as_json=as_json)


def findings(found: Sequence[Mapping[str, Any]], *, lang: str, as_json: bool, as_csv: bool) -> None:
    if as_json:
        show_json(list(found))
        return
    names = ("status", "criterion", "subject", "gain", "reason", "message")
    shown = [{**{name: f[name] for name in names}, "message": f["message"][lang], **_answer(f, lang)} for f in found]
    if as_csv:
        writer = csv.DictWriter(
            sys.stdout, ["id", *names, "site", "unit", "since", "state", *_ANSWER], extrasaction="ignore"
        )
        writer.writeheader()
        for finding, row in zip(found, shown, strict=True):
            writer.writerow({**finding, **row})
        return
    answered = any(row["answer"] for row in shown)
    show_rows(shown, (*names, "answer") if answered else names, as_json=False)


_ANSWER = ("answer", "answer_url", "answer_seen")


def _answer(finding: Mapping[str, Any], lang: str) -> dict[str, str]:
    """An officer's answer in columns; findings that were kept before there were answers have none."""
    answer = finding.get("answer")
    if not answer:
        return dict.fromkeys(_ANSWER, "")
    return {"answer": answer["outcome"], "answer_url": answer["url"], "answer_seen": answer["seen"][lang]}


def score(row: RunRow, published: bytes | None, *, as_json: bool) -> None:
    if as_json and published is not None:
        sys.stdout.buffer.write(published)
        return
    figures = {name: rounded(getattr(row, name)) for name in ("low", "observed", "high", "coverage")}
    if as_json:
        show_json({"run": row.run, "at": row.at.isoformat(), **figures, "band": row.band})
        return
    observed = f", observed {figures['observed']:.1f}" if figures["observed"] is not None else ""
    out.print(f"run {row.run}: {figures['low']:.1f} to {figures['high']:.1f}{observed}, coverage {figures['coverage']}")


def difference(older: RunRow | RunSummary, newer: RunRow, history: History, *, as_json: bool, lang: str) -> None:
    before = {f["id"]: f for f in history.findings(newer.body, older.run)}
    now = {f["id"]: f for f in history.findings(newer.body, newer.run)}
    same_method = older.catalogue == newer.catalogue
    changed = []
    for key in sorted(before.keys() | now.keys()):
        was, is_ = _told(before.get(key)), _told(now.get(key))
        if (was and was[0]) != (is_ and is_[0]):
            finding = now.get(key) or before[key]
            changed.append(
                {
                    "id": key,
                    "criterion": finding["criterion"],
                    "subject": finding["subject"],
                    "before": was and was[0],
                    "now": is_ and is_[0],
                    "whose": whose(was, is_, same_method=same_method),
                    "message": finding["message"][lang],
                }
            )
    counts = {group: sum(change["whose"] == group for change in changed) for group in GROUPS}
    if as_json:
        catalogues = {"a": older.catalogue, "b": newer.catalogue}
        show_json({"a": older.run, "b": newer.run, "catalogues": catalogues, "counts": counts, "changes": changed})
        return
    out.print(f"{older.run} -> {newer.run}: {len(changed)} findings differ")
    for group, heading in GROUPS.items():
        if not counts[group]:
            continue
        out.print(f"\n{heading} ({counts[group]})")
        chosen = [change for change in changed if change["whose"] == group]
        show_rows(chosen, ("before", "now", "criterion", "subject", "message"), as_json=False)


def _told(finding: Mapping[str, Any] | None) -> Told | None:
    return None if finding is None else (finding["status"], finding["low"], finding["high"])


def rescored(judged: Judged, settings: Config, scored: bytes) -> None:
    """Says whether the bytes are those that were published, and if not, whose doing it is."""
    judgement = judged.judgement
    folder = settings.storage.public / judgement.facts.body.code
    drafted = judgement.run in waiting(settings.storage.data)
    published = folder / (f"draf/{judgement.run}" if drafted else judgement.run) / "score.json"
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


def agreement_table(found: Sequence[Mapping[str, Any]], *, as_json: bool) -> None:
    """Rows of `auditor.agreement.as_rows`."""
    if as_json:
        show_json(list(found))
        return
    shown = [
        {**row, "criterion": row["criterion"] or "(all)", "f1": _interval(row["f1"]), "kappa": _interval(row["kappa"])}
        for row in found
    ]
    show_rows(shown, ("a", "b", "criterion", "pairs", "abstained", "agree", "f1", "kappa"), as_json=False)


def _interval(interval: Mapping[str, float] | None) -> str:
    return "-" if interval is None else f"{interval['value']:.2f} [{interval['low']:.2f}, {interval['high']:.2f}]"
