"""The banner that every page shows when no night was finished lately: pages are made once, and the news comes later.

Each page, also of a run that is kept for good, looks at two small files of its body that are written anew:
`standing.css` says when the last whole night was finished and, once somebody saw that it is overdue, shows the banner;
`standing.js` does the same by the reader's own clock, for when nothing of ours is alive to see it. The pages that no
body has look at the files of the whole site, which say it of the newest night of all bodies.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

from reports.languages import languages
from reports.output import write

CSS, JS, KEPT = "standing.css", "standing.js", "standing.json"


def place(public: Path, code: str) -> None:
    """Puts files that say nothing where there are none yet: a page never looks for one in vain."""
    for folder in (public, public / code):
        for file in (CSS, JS):
            if not (folder / file).exists():
                write(folder / file, b"")


def stand(public: Path, code: str, finished: datetime | None, now: datetime, patience: timedelta) -> bool:
    """Says in all pages of a body when its last whole night was `finished` (None: never), in the body's time zone.

    True where that is longer ago than `patience`. Files change only where there is news. Raises OSError.
    """
    _said(public / code, finished, now, patience)
    _keep(public / code / KEPT, json.dumps({"finished": finished.isoformat() if finished else None}).encode() + b"\n")
    every = [moment for path in public.glob(f"*/{KEPT}") if (moment := _read(path)) is not None]
    _said(public, max(every, default=None), now, patience)
    return _overdue(finished, now, patience)


def _said(folder: Path, finished: datetime | None, now: datetime, patience: timedelta) -> None:
    _keep(folder / CSS, _css(finished, _overdue(finished, now, patience)))
    _keep(folder / JS, _js(finished, patience))


def _overdue(finished: datetime | None, now: datetime, patience: timedelta) -> bool:
    return finished is None or now - finished > patience


def _css(finished: datetime | None, overdue: bool) -> bytes:
    rules = []
    for language in languages():
        words = language.time(finished) if finished else language.words.gettext("belum ada")
        rules.append(f'html[lang="{language.code}"] .overdue .since::after {{ content: "{_plain(words)}"; }}')
    if overdue:
        rules.append(".overdue { display: block; }")
    return "\n".join((*rules, "")).encode()


def _plain(words: str) -> str:
    """No character that ends a string of a style sheet."""
    return "".join(letter for letter in words if letter.isalnum() or letter in " .,:+-")


def _js(finished: datetime | None, patience: timedelta) -> bytes:
    if finished is None:
        return b""
    limit = int(patience.total_seconds() * 1000)
    since = json.dumps(finished.isoformat(timespec="seconds"))
    script = f'"use strict";\nif (Date.now() - Date.parse({since}) > {limit}) '
    return (script + 'document.documentElement.classList.add("is-overdue");\n').encode()


def _keep(path: Path, content: bytes) -> None:
    if not path.exists() or path.read_bytes() != content:
        write(path, content)


def _read(path: Path) -> datetime | None:
    """None where another program left something else there, or nothing was finished yet."""
    try:
        return datetime.fromisoformat(json.loads(path.read_bytes())["finished"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
