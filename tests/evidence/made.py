"""Exchanges to archive, made without a network."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from auditor.evidence.store import Exchange, Origin

START = datetime(2026, 11, 2, 18, 0, 0, 123456, tzinfo=UTC)
HEADERS = (
    ("Content-Type", "text/html; charset=utf-8"),
    ("Set-Cookie", "PHPSESSID=secret"),
    ("Transfer-Encoding", "chunked"),
    ("Content-Disposition", 'attachment; filename="laporan é.pdf"'),
)


def exchange(
    url: str,
    payload: bytes = b"<p>isi</p>",
    *,
    site: str = "ppid",
    minute: int = 0,
    wire: bytes | None = None,
    **more: Any,
) -> Exchange:
    return Exchange(
        **{
            "url": url,
            "origin": Origin(site, "http://ppid.localhost/", "Unduh\n  DPA", "RKA > 2024 > Dinas Kesehatan"),
            "at": START + timedelta(minutes=minute),
            "cause": "ok",
            "status": 200,
            "reason": "OK",
            "body": BytesIO(payload if wire is None else wire),
            "digest": hashlib.sha256(payload).hexdigest(),
            "size": len(payload),
            "elapsed_ms": 42,
            "request_headers": (("Host", "ppid.localhost"), ("Cookie", "secret"), ("Authorization", "secret")),
            "response_headers": HEADERS,
            **more,
        }
    )
