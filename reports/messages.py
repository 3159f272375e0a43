"""Keeps the English words in step with the templates: `python -m reports.messages` extracts, merges and compiles.

Indonesian is the source: a msgid is what an officer reads. `--check` writes nothing and says what is behind.
"""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

from reports.languages import DOMAIN, LOCALE

ROOM = Path(__file__).parent
PO = LOCALE / "en" / "LC_MESSAGES" / f"{DOMAIN}.po"
MO = PO.with_suffix(".mo")
_METHODS = [("**.py", "python"), ("website/templates/**.html", "jinja2"), ("website/templates/**.xml", "jinja2"),
            ("website/templates/**.svg", "jinja2")]  # fmt: skip
_OPTIONS = {"**": {"newstyle_gettext": "true", "trimmed": "true", "silent": "false"}}
_HEADER = "# English words of the reports; msgids are Indonesian. Made by python -m reports.messages."
_DATED = datetime(2026, 11, 1, tzinfo=UTC)  # the files change with their words, not with the clock


def catalogue() -> Catalog:
    """The English catalogue as it should stand: every msgid of today with the translation it has."""
    current = read_po(io.BytesIO(PO.read_bytes()), locale="en") if PO.exists() else Catalog(locale="en")
    merged = Catalog(
        locale="en",
        domain=DOMAIN,
        project="transparency-auditor",
        fuzzy=False,
        header_comment=_HEADER,
        creation_date=_DATED,
        revision_date=_DATED,
    )
    found = extract_from_dir(
        str(ROOM), _METHODS, _OPTIONS, keywords={"_": None, "mark": None, "gettext": None, "ngettext": (1, 2)}
    )
    for _file, _line, msgid, _comments, _context in sorted(
        found, key=lambda entry: (entry[0], entry[1], str(entry[2]))
    ):
        known = current.get(msgid[0] if isinstance(msgid, tuple) else msgid)
        merged.add(msgid, known.string if known else "")
    return merged


def po_bytes(words: Catalog) -> bytes:
    """The catalogue as a .po file whose bytes depend on the words alone."""
    stream = io.BytesIO()
    write_po(stream, words, width=120, no_location=True, sort_output=True)
    lines = stream.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(b'"Generated-By'))


def mo_bytes(po: bytes) -> bytes:
    """The compiled form of a .po file."""
    stream = io.BytesIO()
    write_mo(stream, read_po(io.BytesIO(po), locale="en"))
    return stream.getvalue()


def current(po: bytes) -> bool:
    """Whether both files say what they should; the compiled one is compared by its words."""
    if not PO.exists() or not MO.exists() or PO.read_bytes() != po:
        return False
    return _words(MO.read_bytes()) == _words(mo_bytes(po))


def _words(mo: bytes) -> list[tuple[str, str]]:
    return sorted((str(message.id), str(message.string)) for message in read_mo(io.BytesIO(mo)) if message.id)


def untranslated(words: Catalog) -> list[str]:
    """The msgids that have no English, or only half of it."""
    missing = []
    for message in words:
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and not all(said):
            missing.append(message.id if isinstance(message.id, str) else message.id[0])
    return missing


def main(arguments: list[str]) -> int:
    """Writes both files, or with `--check` only compares; returns the exit code."""
    words = catalogue()
    po = po_bytes(words)
    if "--check" not in arguments:
        PO.write_bytes(po)
        MO.write_bytes(mo_bytes(po))
    behind = not current(po)
    missing = untranslated(words)
    for msgid in missing:
        sys.stderr.write(f"no English for: {msgid}\n")
    if behind:
        sys.stderr.write("the English words are behind the templates: run python -m reports.messages\n")
    return 1 if behind or missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
