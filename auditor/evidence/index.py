"""index.cdxj: where pywb and people find a URL in the archive. One line an answer: SURT, timestamp, JSON; sorted.

The key is the SURT of the Internet Archive's canonicalisation, as pywb computes it when it looks a URL up.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes, urlsplit

from auditor.evidence.errors import EvidenceError
from auditor.evidence.place import Kept, Span

NAME = "index.cdxj"

_WWW = re.compile(r"^www\d*\.")
_SESSION_PATH = re.compile(r";jsessionid=[0-9a-z]{32}$")
_SESSION_QUERY = re.compile(
    r"^(.*?)(?:(?:jsessionid|phpsessid|sid)=[0-9a-z]{32}|aspsessionid[a-z]{8}=[a-z]{24})(?:&(.*))?$"
)
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer in the archive. `kind`: `response` or `revisit`. `kept`: where a later night may ask about it."""

    url: str
    date: str  # WARC-Date
    kind: str
    mime: str
    status: str
    digest: str
    length: int
    offset: int
    filename: str
    kept: Kept | None = None

    def line(self) -> str:
        fields = {
            "url": self.url,
            "mime": "warc/revisit" if self.kind == "revisit" else self.mime or "unk",
            "status": self.status,
            "digest": self.digest,
            "length": str(self.length),
            "offset": str(self.offset),
            "filename": self.filename,
        }
        if self.kept is not None:
            fields |= {"site": self.kept.site, "sha256": self.kept.sha256}
            fields |= {"head": str(self.kept.head), "body": str(self.kept.body)}
        return f"{surt(self.url)} {re.sub(r'[^0-9]', '', self.date)[:14]} {json.dumps(fields)}\n"


def surt(url: str) -> str:
    """`http://www.example.go.id:80/A?b=2&a=1` -> `id,go,example)/a?a=1&b=2`."""
    parts = urlsplit(url.lower())
    host = _WWW.sub("", parts.hostname or "")
    port = parts.port
    if ":" not in host:
        host = ",".join(reversed(host.split(".")))
    place = f":{port}" if port and port != _DEFAULT_PORTS.get(parts.scheme) else ""
    path = _SESSION_PATH.sub("", re.sub(r"/{2,}", "/", parts.path))
    path = quote(unquote_to_bytes(path)).replace("/./", "/").lower().rstrip("/") or "/"
    query = "&".join(sorted(_without_session(parts.query).split("&")))
    return f"{host}{place}){path}{'?' + query if query else ''}"


def _without_session(query: str) -> str:
    found = _SESSION_QUERY.match(query)
    return (found[1] + (found[2] or "")).rstrip("&") if found else query


def write(directory: Path, entries: Iterable[Entry]) -> None:
    """Replaces the index as a whole, so that a reader never sees half of one. Raises EvidenceError."""
    target, fresh = directory / NAME, directory / (NAME + ".new")
    try:
        with fresh.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(sorted(entry.line() for entry in entries))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(target)
    except OSError as error:
        raise EvidenceError(
            f"{target} cannot be written: {error.strerror}; free space and run again, what is archived stays"
        ) from None


def read(directory: Path) -> list[Entry]:
    """The entries of the folder's index; a line that is damaged, or an index that is not there, gives none."""
    try:
        text = (directory / NAME).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return [entry for line in text.splitlines() if (entry := _entry(line)) is not None]


def _entry(line: str) -> Entry | None:
    try:
        _, stamp, fields = line.split(" ", 2)
        told = json.loads(fields)
        when = datetime.strptime(stamp, "%Y%m%d%H%M%S").strftime("%Y-%m-%dT%H:%M:%SZ")
        kind = "revisit" if told["mime"] == "warc/revisit" else "response"
        place = int(told["length"]), int(told["offset"]), str(told["filename"])
        entry = Entry(str(told["url"]), when, kind, str(told["mime"]), str(told["status"]), str(told["digest"]), *place)
        return replace(entry, kept=_kept(told)) if "sha256" in told else entry
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _kept(told: dict[str, str]) -> Kept:
    return Kept(str(told["site"]), str(told["sha256"]), Span.parse(told["head"]), Span.parse(told["body"]))
