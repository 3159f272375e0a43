"""What stands on the first pages of scans, by tesseract in Indonesian: a hint of kind and year, never evidence.

Recognised once, before judging, and kept in the evidence: a rescore on a machine without tesseract, or with another
version of it, says the same.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator

from auditor.config import ConfigError
from auditor.evidence.errors import EvidenceError
from auditor.evidence.source import Evidence
from auditor.read.opened import WORDS
from auditor.read.personal import mask
from auditor.read.sandbox import Broken, Sandbox
from auditor.read.scans import pictures

_LANGUAGE = "ind"
_SECONDS = 60


def tesseract() -> str:
    """The program's path. Raises ConfigError when it, or its Indonesian, is not there."""
    program = shutil.which("tesseract")
    if program:
        known = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False, timeout=_SECONDS)  # noqa: S603
        if _LANGUAGE in known.stdout.split():
            return program
    raise ConfigError(
        "[read] ocr = true needs tesseract and its Indonesian; "
        "apt-get install tesseract-ocr tesseract-ocr-ind, or set it to false"
    )


def recognised(evidence: Evidence, program: str) -> dict[str, str]:
    """Digest -> masked words of each scanned PDF among the captures; scans that say nothing are absent."""
    with Sandbox() as sandbox:
        return {digest: words for digest, words in _each(evidence, program, sandbox) if words}


def _each(evidence: Evidence, program: str, sandbox: Sandbox) -> Iterator[tuple[str, str]]:
    first = {c.digest: c for c in evidence.captures() if c.cause == "ok" and c.digest}
    for digest in sorted(first):
        try:
            payload = evidence.payload(first[digest])
        except EvidenceError:
            continue
        if b"%PDF-" not in payload[:1024]:
            continue
        drawn = sandbox.call(pictures, payload)
        if not isinstance(drawn, Broken):
            words = " ".join(_read(program, picture) for picture in drawn)
            yield digest, mask(" ".join(words.split()))[:WORDS]


def _read(program: str, picture: bytes) -> str:
    try:
        done = subprocess.run(  # noqa: S603
            [program, "stdin", "stdout", "-l", _LANGUAGE],
            input=picture,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("utf-8", "replace")
