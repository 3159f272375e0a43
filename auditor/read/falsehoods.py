"""A file that is a page: what a visitor who followed the link would have met."""

from __future__ import annotations

import re

from auditor.model import Page
from auditor.read.answers import Answer, is_home, is_login

_ASKS_ACCESS = re.compile(
    r"(?:anda\s+)?(?:memerlukan|butuh)\s+akses|minta\s+akses|request\s+access|you\s+need\s+(?:access|permission)|"
    r"sign\s+in\s+to\s+(?:continue|google)|servicelogin|login\s+untuk\s+melanjutkan|private\s+(?:file|document)|"
    r"(?:file|dokumen|folder)\s+ini\s+bersifat\s+pribadi",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"(?:file|berkas|dokumen|folder)\s+(?:you\s+(?:have\s+)?requested|"
    r"yang\s+anda\s+minta)\s+(?:does\s+not\s+exist|tidak\s+ada)|"
    r"has\s+been\s+(?:deleted|removed|moved\s+to\s+trash)|ada\s+di\s+sampah|telah\s+dihapus|"
    r"link\s+(?:is\s+)?(?:expired|broken)",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"(?:download\s+)?quota\s+exceeded|too\s+many\s+users\s+have\s+(?:viewed|downloaded)|kuota\s+download",
    re.IGNORECASE,
)
_TOO_LARGE = re.compile(
    r"can(?:'|no)t\s+scan\s+this\s+file\s+for\s+viruses|tidak\s+dapat\s+memindai\s+(?:file|virus)", re.IGNORECASE
)
_SCRIPTED_VIEWER = re.compile(r"drive\.google\.com|docs\.google\.com|onedrive|sharepoint|dropbox", re.IGNORECASE)


def false_file(page: Page, answer: Answer, asked: str) -> tuple[str, str]:
    """`(flaw, words)` of a page that was given for a file.

    A protection service or a viewer that draws itself hides the file: `failed`, for nothing was seen of it.
    """
    said = f"{page.title} {page.text}"[:4_000]
    final = answer.capture.url
    if is_login(final) or page.nature == "login" or _ASKS_ACCESS.search(said):
        words = _ASKS_ACCESS.search(said)
        return "login", words[0] if words else page.title[:200]
    if page.nature == "soft-404" or _GONE.search(said):
        return "dead", page.nature_words or page.title[:200]
    if _LATER.search(said):
        return "failed", page.title[:200]
    if _TOO_LARGE.search(said):
        return "too-large", page.title[:200]
    if page.nature in ("blocked", "maintenance", "script-only"):
        return "failed", page.nature_words or page.title[:200]
    if page.nature in ("parked", "injected"):
        return "dead", page.nature_words
    if len(answer.hops) > 1 and is_home(final) and not is_home(asked):
        return "dead", "dialihkan ke halaman depan"
    if _SCRIPTED_VIEWER.search(final) and "/folders/" not in final and page.nature == "empty":
        return "failed", page.title[:200]
    return "not-a-document", page.title[:200] or "halaman, bukan berkas"
