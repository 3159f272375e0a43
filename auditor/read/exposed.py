"""What the front page of a staff system shows to a stranger. One page is read, nothing is tried.

Each kind has marks of its own maker: the words that a framework's debug page or a server's list of files always says.
The words that decided hold names of columns and of programmes, never what stands in a row.
"""

from __future__ import annotations

import re

from auditor.model import Capture, Exposure, Page
from auditor.read.answers import is_login

LOOKED_AT = 400_000
LEAST_PEOPLE = 3

_INDEX = re.compile(
    r"<title>\s*(?:index of /|directory listing for|listing directory)[^<]{0,200}|<h1>\s*index of /[^<]{0,200}"
    r"|\[to parent directory\]|<title>[^<]{0,100} - /[^<]{0,100}</title>.{0,400}<pre>",
    re.IGNORECASE | re.DOTALL,
)
_DEBUG = re.compile(
    r"you're seeing this (?:error|page) because you have <code>debug = true</code>|DisallowedHost at /"
    r"|laravel[- ]ignition|window\.ignite\b|facade\\ignition|spatie\\laravelignition"
    r"|whoops[!,\\] (?:there was an error|run)"
    r"|symfony profiler|symfony\\component\\[\w\\]+exception|werkzeug debugger|the debugger caught an exception"
    r"|a php error was encountered|an uncaught exception was encountered"
    r"|(?:fatal error|parse error|uncaught (?:error|exception))\b.{0,300}\bon line\b.{0,40}\d"
    r"|stack trace:\s*(?:<br ?/?>|\s)*#0|server error in '/[^']*' application|\bat [\w.$]+\([\w]+\.java:\d+\)"
    r"|traceback \(most recent call last\)|action controller: exception caught|sqlstate\[\w+\]",
    re.IGNORECASE | re.DOTALL,
)
_PHPINFO = re.compile(r"<title>[^<]{0,60}phpinfo\(\)|<h1[^>]*>php version \d[^<]{0,40}</h1>", re.IGNORECASE)
_PANEL = re.compile(
    r"\b(?:dash ?board|dasbor|panel admin|admin panel|halaman admin|administrator|back ?office)\b", re.IGNORECASE
)
_LEAVE = re.compile(r"\b(?:log ?out|sign ?out|keluar)\b", re.IGNORECASE)
_CHANGE = re.compile(
    r"\b(?:tambah|input|edit|ubah|hapus|kelola|manajemen|delete|create|manage|update)\b(?:\s+\w+)?", re.IGNORECASE
)
_DATABASE = re.compile(r"phpmyadmin|adminer", re.IGNORECASE)
_ENTER = re.compile(r"\b(?:log ?in|sign ?in|masuk|autentikasi|sso)\b", re.IGNORECASE)
_NAME = re.compile(
    r"^\W*(?:nama|name)(?:[\s_]*(?:lengkap|pasien|warga|pegawai|penerima|pemohon|full))?\W*$", re.IGNORECASE
)
_PRIVATE = re.compile(
    r"\b(?:nik|no\.? ?kk|nip|alamat|address|no\.? ?(?:hp|telp|telepon|wa)|phone|telepon|umur|usia|tanggal lahir|"
    r"tgl lahir|email|pasien|status|hasil|gejala|rt|rw)\b",
    re.IGNORECASE,
)
_NAME_KEY = re.compile(r'"(nama(?:_?(?:lengkap|pasien|warga|pegawai))?|name|full_?name|fullname)"\s*:', re.IGNORECASE)
_PRIVATE_KEY = re.compile(
    r'"(nik|no_?kk|nip|alamat|address|no_?(?:hp|telp|telepon|wa)|phone\w*|telepon|umur|usia|age|tanggal_?lahir|tgl_?lahir|'
    r'birth\w*|email|status_?\w*|hasil_?\w*|gejala)"\s*:',
    re.IGNORECASE,
)


def exposure_of(capture: Capture, payload: bytes, page: Page) -> Exposure:
    """`payload`: the body, whatever its status; `page`: the same body read as a page."""
    source = payload[:LOOKED_AT].decode("utf-8", "replace")
    for find in (_faults, _people_in_json, _people_in_tables):
        found = find(source, page)
        if found is not None:
            return found
    if capture.location:
        target = capture.location
        return Exposure("login" if is_login(target) else "plain", f"dialihkan ke {target}"[:200])
    if capture.status in (401, 407):
        return Exposure("refused", f"HTTP {capture.status}")
    if capture.status in (404, 410):
        return Exposure("absent", f"HTTP {capture.status}")
    if any(form.has_password for form in page.forms) or page.nature == "login":
        return Exposure("login", page.nature_words or page.title)
    return _panel(page) or Exposure("plain", page.title)


def _faults(source: str, page: Page) -> Exposure | None:
    if found := _PHPINFO.search(source):
        return Exposure("phpinfo", _plain(found[0]))
    if found := _DEBUG.search(source):
        return Exposure("debug", _plain(found[0]))
    if found := _INDEX.search(source):
        return Exposure("index", _plain(found[0]) or page.title)
    return None


def _people_in_json(source: str, page: Page) -> Exposure | None:
    del page
    if source.lstrip("\ufeff \t\r\n")[:1] not in ("[", "{"):
        return None
    names, private = _NAME_KEY.findall(source), _PRIVATE_KEY.findall(source)
    if len(names) < LEAST_PEOPLE or len(private) < LEAST_PEOPLE:
        return None
    columns = ", ".join(dict.fromkeys((*names[:1], *private)))
    return Exposure("records", f"JSON: {columns}; {len(names)} baris atau lebih"[:200])


def _people_in_tables(source: str, page: Page) -> Exposure | None:
    del source
    for table in page.tables:
        named = any(_NAME.match(header) for header in table.headers)
        private = [header for header in table.headers if _PRIVATE.search(header)]
        if named and private and table.rows >= LEAST_PEOPLE:
            return Exposure("people", f"{', '.join(table.headers[:8])}; {table.rows} baris"[:200])
    found = [one for one in page.personal if one.confirmed]
    if found:
        return Exposure("people", ", ".join(f"{one.kind} × {one.count}" for one in found))
    return None


def _panel(page: Page) -> Exposure | None:
    """A panel that is meant for who has logged in: it offers to leave, or to change what it manages, to anybody."""
    links = [link.text for link in page.links]
    said = f"{page.title} {' '.join(page.headings)} {' '.join(links)}"
    title = f"{page.title} {' '.join(page.headings[:3])}"
    if _DATABASE.search(page.title) and (found := _DATABASE.search(page.title)):
        return Exposure("admin", found[0])
    leaves = next((text for text in links if _LEAVE.search(text)), "")
    changes = list(dict.fromkeys(text for text in links if _CHANGE.search(text)))
    enters = any(_ENTER.search(text) for text in links)
    if _PANEL.search(title) and (leaves or len(changes) >= 2) and not enters:
        return Exposure("admin", f"{page.title}: {', '.join([*changes[:3], leaves]).strip(', ')}"[:200])
    if leaves and len(changes) >= 2 and not enters and _PANEL.search(said):
        return Exposure("admin", f"{page.title}: {', '.join(changes[:3])}"[:200])
    return None


def _plain(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]*>?", " ", markup).split())[:160]
