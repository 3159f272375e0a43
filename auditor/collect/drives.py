"""A viewer's address on a drive -> the address where the file itself is, so that one request brings the bytes.

Officers paste the address that their browser shows; what stands there is a page of the drive's own scripts. The forms
are the drives' own share and export links. A file that asks for access answers with a page here too, and that is what
a visitor meets.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

_ABOUT = re.compile(r"google|dropbox|officeapps", re.IGNORECASE)
_FILE = re.compile(r"^/file/d/([\w-]{8,})(?:/|$)")
_EDITOR = re.compile(r"^/(document|spreadsheets|presentation)/d/([\w-]{8,})(?:/|$)")
_EXPORT = {
    "document": "/document/d/{id}/export?format=pdf",
    "spreadsheets": "/spreadsheets/d/{id}/export?format=xlsx",
    "presentation": "/presentation/d/{id}/export/pdf",
}


def download_address(url: str) -> str:
    """The address of the bytes; the same address where it is no viewer that is known here (folders stay folders)."""
    if not _ABOUT.search(url):
        return url
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        query = parse_qs(parts.query)
    except ValueError:
        return url
    if host == "drive.google.com":
        found = _FILE.match(parts.path)
        named = found[1] if found else query.get("id", [""])[0] if parts.path in ("/open", "/uc") else ""
        return f"https://drive.google.com/uc?export=download&id={named}" if named else url
    if host == "docs.google.com":
        editor = _EDITOR.match(parts.path)
        return f"https://docs.google.com{_EXPORT[editor[1]].format(id=editor[2])}" if editor else url
    if host in ("dropbox.com", "www.dropbox.com") and query.get("dl") == ["0"]:
        return url.replace("dl=0", "dl=1")
    if host == "view.officeapps.live.com" and query.get("src"):
        return query["src"][0]
    return url
