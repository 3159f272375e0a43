"""One message a night: what broke in the audit, what the city lost or mended; and to each OPD what is its own.

The words are made by pure functions from the outcome; Apprise (https://github.com/caronc/apprise) carries them. A
message that does not arrive never ends a run: it is told on stderr. A run is told once, however often it is concluded;
a failure is told once until something else happens.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.config import Config
from auditor.model import Action, Change, Finding, Status, actions, asked, headline
from auditor.read.actors import asked_of, owner_of
from auditor.whole import write_whole

if TYPE_CHECKING:
    from auditor.audit import Outcome

_SHOWN = 10
_LENGTH = 300
"""What comes from outside may be long; a message is read on a phone."""

_RANK = {Status.UNMET: 0, Status.PARTLY: 1, Status.MET: 2}


@dataclass(frozen=True, slots=True)
class Message:
    """Plain text; `urls` are Apprise's."""

    urls: tuple[str, ...]
    title: str
    body: str


def after_a_night(outcome: Outcome, config: Config) -> tuple[Message, ...]:
    """To the operator one message; to an OPD one where something of its own changed."""
    messages = []
    if config.notify.urls:
        messages.append(Message(config.notify.urls, _title(outcome), _body(outcome)))
    if outcome.answered:
        for unit, urls in sorted(config.notify.units.items()):
            own = [change for change in outcome.changes if _owner(change.finding, outcome) == unit]
            if own:
                messages.append(Message(urls, f"{unit}: {_counted(own)}", _of_unit(unit, own, outcome)))
    return tuple(messages)


def after_a_failure(line: str, config: Config) -> tuple[Message, ...]:
    """`line` is what stood on stderr."""
    title = f"Pemeriksaan {config.body.name} tidak selesai"
    body = f"{line[:_LENGTH]}\n\nYang sudah diarsipkan tetap tersimpan. Jalankan `auditor doctor`, lalu `auditor run`."
    return (Message(config.notify.urls, title, body),) if config.notify.urls else ()


def send(messages: Iterable[Message], told: Path, key: str) -> list[str]:
    """Sends each unless `key` was told before; gives one line for each that did not arrive. `told` keeps the key."""
    messages = tuple(messages)
    if not messages or _last_told(told) == key:
        return []
    import apprise

    failed = []
    for message in messages:
        for url in message.urls:
            post = apprise.Apprise()
            if not post.add(url) or not post.notify(title=message.title, body=message.body, body_format="text"):
                failed.append(f"the message to {_shown(url)} did not arrive; check that address in [notify]")
    write_whole(told, json.dumps({"told": key}) + "\n")
    return failed


def _last_told(told: Path) -> str | None:
    try:
        return str(json.loads(told.read_text("utf-8"))["told"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _shown(url: str) -> str:
    """Without what may be a password or a token."""
    scheme, mark, rest = url.partition("://")
    place = rest.partition("?")[0].partition("/")[0].rpartition("@")[2]
    return f"{scheme}{mark}{place}" if mark else "?"


# ---- the words -------------------------------------------------------------------------------------------------------


def _title(outcome: Outcome) -> str:
    name = outcome.judgement.facts.body.name
    if not outcome.answered:
        return f"{name}: tidak ada situs yang menjawab"
    whole = outcome.judgement.score.whole
    return f"{name}: {_number(whole.low)} sampai {_number(whole.high)}; {_counted(outcome.changes)}"


def _body(outcome: Outcome) -> str:
    parts = [_broken(outcome)]
    if outcome.answered:
        parts += [_changes(outcome.changes)]
    parts += [f"Laporan: {outcome.report}", "Perkiraan auditor ini dari situs saja; bukan nilai Monev KIP maupun IKIP."]
    return "\n\n".join(part for part in parts if part)


def _broken(outcome: Outcome) -> str:
    """What the operator has to look at: sites that gave no answer, checks of ours that crashed."""
    from auditor.collect.causes import CAUSES

    silent = [
        f"- {facts.site.id}: {CAUSES[facts.visit.cause].text.id}"
        for facts in outcome.judgement.facts.sites
        if facts.site.url and facts.visit.cause != "ok"
    ]
    crashed = [f"- {crash[:_LENGTH]}" for crash in outcome.crashes]
    return "\n".join(
        [
            *(["Situs yang tidak terlihat malam ini:", *_cut(silent)] if silent else []),
            *(["Pemeriksaan kami sendiri yang gagal:", *_cut(crashed)] if crashed else []),
        ]
    )


def _changes(changes: Sequence[Change]) -> str:
    lost, mended = _lost(changes), _mended(changes)
    other = len([change for change in changes if change.whose != "city"])
    lines = []
    if mended:
        lines += ["Kini terpenuhi atau membaik:", *_cut([_line(change.finding) for change in mended])]
    if lost:
        lines += ["Hilang atau memburuk:", *_cut([_line(change.finding) for change in lost])]
    if other:
        lines.append(
            f"{other} temuan lain berubah karena yang dapat kami lihat atau cara kami berubah, bukan karena kota."
        )
    return "\n".join(lines) or "Tidak ada yang berubah sejak malam sebelumnya."


def _of_unit(unit: str, own: Sequence[Change], outcome: Outcome) -> str:
    pairs = [(finding, _asked_of(finding, outcome)) for finding in asked(outcome.judgement.findings)]
    wanted = [one for one in actions((f, asker) for f, asker in pairs if asker == unit) if one.gain > 0]
    others = Counter(asker for finding, asker in pairs if asker != unit and _owner(finding, outcome) == unit)
    tasks = [_task(action) for action in wanted]
    waits = [f"- {asker}: {count}" for asker, count in sorted(others.items())]
    return "\n".join(
        [
            _changes(own),
            *(["", f"Yang masih diminta ({len(tasks)}):", *_cut(tasks)] if tasks else []),
            *(["", "Yang menunggu pihak lain:", *_cut(waits)] if waits else []),
            "",
            f"Laporan: {outcome.report}",
        ]
    )


def _counted(changes: Sequence[Change]) -> str:
    lost, mended = len(_lost(changes)), len(_mended(changes))
    if not lost and not mended:
        return "tidak ada yang berubah"
    return ", ".join([*([f"{mended} membaik"] if mended else []), *([f"{lost} memburuk"] if lost else [])])


def _lost(changes: Sequence[Change]) -> list[Change]:
    return [change for change in changes if change.whose == "city" and _step(change) < 0]


def _mended(changes: Sequence[Change]) -> list[Change]:
    return [change for change in changes if change.whose == "city" and _step(change) > 0]


def _step(change: Change) -> int:
    before = _RANK.get(change.before) if change.before else None
    now = _RANK.get(change.finding.status)
    return 0 if before is None or now is None else now - before


def _line(finding: Finding) -> str:
    whose = finding.verdict.unit or finding.verdict.site
    return f"- {headline(finding).id}{f' ({whose})' if whose else ''}"[:_LENGTH]


def _task(action: Action) -> str:
    more = f" dan {len(action.findings) - 1} lagi" if len(action.findings) > 1 else ""
    return f"{_line(action.findings[0])}{more}\n  {action.remedy.id[:_LENGTH]}"


def _asked_of(finding: Finding, outcome: Outcome) -> str:
    facts = outcome.judgement.facts
    return asked_of(finding, facts.body, [site.site for site in facts.sites])


def _owner(finding: Finding, outcome: Outcome) -> str:
    facts = outcome.judgement.facts
    return owner_of(finding, facts.body, [site.site for site in facts.sites])


def _cut(lines: Sequence[str]) -> list[str]:
    more = len(lines) - _SHOWN
    return [*lines[:_SHOWN], *([f"- dan {more} lagi; lihat laporan"] if more > 0 else [])]


def _number(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")
