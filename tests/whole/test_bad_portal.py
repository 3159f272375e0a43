"""Everything that a portal can do wrong in one night, through the command line: each is named, the rest goes on."""

from __future__ import annotations

import contextlib
import io
import threading
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.badsite import Reply, Request, html, redirect, text
from tests.collect.ckan_like import Portal, package
from tests.collect.platforms import Routes, data, jabar
from tests.read.made import xlsx
from tests.read.test_sheets import ROWS, bomb, filled, sheet_of
from tests.whole.test_portals import Audited, run

LOGIN = html("<h1>Masuk</h1><form method=post><input name=user><input type=password name=sandi></form>", "Masuk")
GIGABYTES = 2_000_000_000


class Endless:
    """A file of two gigabytes, and how many bytes of it were sent before the client had enough."""

    def __init__(self) -> None:
        self.sent = 0
        self._lock = threading.Lock()

    def __call__(self, request: Request) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: {GIGABYTES}\r\n\r\n"
        with contextlib.suppress(OSError):
            request.sock.sendall(head.encode())
            while self.sent < GIGABYTES:
                request.sock.sendall(b"2024,1\n" * 10_000)
                with self._lock:
                    self.sent += 70_000


def empty_rows() -> bytes:
    below = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(4, 1_000_000))
    return sheet_of("".join(filled(n, *row) for n, row in enumerate(ROWS, 1)) + below)


def corner() -> bytes:
    """One cell in the last corner: spread out it is a sheet of seventeen billion."""
    return sheet_of(filled(1, "tahun", "n") + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def pdf() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(72, 720, "Kecamatan Satu 10")
    canvas.save()
    return out.getvalue()


def packed() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("data.csv", "tahun;jumlah\n2024;12\n2025;14\n")
    return out.getvalue()


LARGE = Endless()
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES: dict[str, tuple[Any, str, str]] = {
    "baik.csv": (text("tahun;jumlah\n2024;12\n2025;14\n", "text/csv"), "CSV", ""),
    "baik.zip": (text(packed(), "application/zip"), "ZIP", ""),
    "kosong.xlsx": (text(empty_rows(), SHEET), "XLSX", ""),
    "masuk.csv": (redirect("/login"), "CSV", "login"),
    "besar.csv": (LARGE, "CSV", "too-large"),
    "bom.zip": (text(bomb(), "application/zip"), "ZIP", "too-large"),
    "pojok.xlsx": (text(corner(), SHEET), "XLSX", "too-large"),
    "halaman.csv": (
        html("<h1>Data Penduduk</h1><p>" + "Jumlah penduduk. " * 30),
        "CSV",
        "wrong-format",
    ),
    "buku.csv": (text(xlsx(*ROWS), "text/csv"), "CSV", "wrong-format"),
    "mati.csv": (Reply(b"", 404), "CSV", "dead"),
    "rusak.csv": (Reply(b"", 500), "CSV", "failed"),
    "tabel.pdf": (text(pdf(), "application/pdf"), "PDF", "pdf"),
}
"""By name: what the portal sends, the format that it declares, what is to be said of it."""


def files() -> Routes:
    packages = []
    for number, (name, (_, kind, _)) in enumerate(FILES.items()):
        one = package(number, f"/{name}")
        one["resources"][0] |= {"name": name, "format": kind}
        packages.append({**one, "name": name.replace(".", "-"), "title": f"Jumlah {name}"})
    return {**Portal(packages).routes(), "/login": LOGIN, **{f"/{name}": what for name, (what, _, _) in FILES.items()}}


def seventh() -> Routes:
    """The West Java family, two datasets a page, and a 500 on the seventh."""
    good = jabar(20)
    listing = good["/api-backend/dataset/list"]
    broken = lambda request: Reply(b"", 500) if request.query["skip"] == "12" else listing(request)  # noqa: E731
    return {**good, "/api-backend/dataset/list": broken}


def endless() -> Routes:
    new = lambda request: data({"data": [{"id": request.query["skip"], "name": "Jumlah"}]})  # noqa: E731
    return {"/": html("Open Data"), "/api-backend/dataset/list": new}


def ckan_with(fault: str, cap: int = 1000) -> Routes:
    packages = [{"id": f"{n:08x}", "name": f"data-{n}", "title": "D", "resources": []} for n in range(120)]
    return Portal(packages, cap, frozenset((fault,))).routes()


def half_characters() -> Routes:
    """JSON may escape half of a character (RFC 8259, 8.2): no encoding of text can hold it."""
    half = "\ud83d"
    torn = package(1, f"/data {half}.csv") | {
        "name": f"data-{half}",
        "title": f"Jumlah {half} terpotong",
        "notes": half,
    }
    torn["resources"][0] |= {"name": f"berkas {half}", "format": f"CSV{half}"}
    whole = package(2, "/baik.csv") | {"title": "Jumlah sesudah terpotong"}
    return {**Portal([torn, whole]).routes(), "/baik.csv": FILES["baik.csv"][0]}


PORTALS: dict[str, Routes] = {
    "berkas": files(),
    "api-html": {**ckan_with("x"), "/api/action/package_search": html("<h1>Halaman</h1>")},
    "halaman-7": seventh(),
    "tanpa-akhir": endless(),
    "galat-200": ckan_with("error inside 200"),
    "separuh-huruf": half_characters(),
}
WORDS = {
    "halaman-7": ("halaman 7 dari daftar: tidak ada jawaban (server-error (500))", "page 7 of the listing: no answer"),
    "tanpa-akhir": ("daftarnya tanpa akhir, dihentikan setelah 500 halaman", "its listing has no end; we stopped"),
    "galat-200": ("permintaannya ditolak atau gagal (package_search: SearchError", "the request was refused or failed"),
}
pytestmark = pytest.mark.xdist_group("bad-portal")


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Audited:
    portals = {name: (routes, "/") for name, routes in PORTALS.items()}
    return run(tmp_path_factory.mktemp("buruk"), portals, max_bytes=8_000_000)


@pytest.mark.parametrize("name", FILES)
def test_what_is_wrong_is_said_of_each_file_and_the_others_are_read(name: str, audited: Audited) -> None:
    said = FILES[name][2]
    (dataset,) = (one for one in audited.datasets if one["title"] == f"Jumlah {name}")
    assert dataset["flaws"] == (f"{name}: {said}" if said else "")
    assert dataset["rows"] == (2 if not said or name == "buku.csv" else None)


def test_a_file_of_two_gigabytes_is_not_downloaded(audited: Audited) -> None:
    assert audited.datasets
    assert LARGE.sent < 60_000_000


@pytest.mark.parametrize(
    ("indonesian", "english"),
    [
        ("perlu masuk akun", "needs a login"),
        ("terlalu besar", "too large"),
        ("formatnya lain dari yang disebut", "not in the format it says"),
        ("tabel di dalam PDF, tidak dapat diolah mesin", "a table inside a PDF, which machines cannot use"),
    ],
)
def test_the_report_says_it_in_both_languages(indonesian: str, english: str, audited: Audited) -> None:
    assert indonesian in audited.page()
    assert english in audited.page(english=True)


@pytest.mark.parametrize("name", WORDS)
def test_a_listing_that_breaks_off_says_why_and_what_was_listed_stays(name: str, audited: Audited) -> None:
    indonesian, english = WORDS[name]
    assert indonesian in audited.section(name)
    assert english in audited.section(name, english=True)
    assert "belum terdaftar seluruhnya" in audited.section(name)


def test_datasets_listed_before_the_end_are_kept(audited: Audited) -> None:
    listed = [one for one in audited.datasets if "//halaman-7.localhost:" in one["url"]]
    assert len(listed) == 12


def test_an_api_that_answers_with_a_page_is_no_platform_and_ends_nothing(audited: Audited) -> None:
    assert "Portal api-html" in audited.page()
    assert "perangkat lunaknya belum dikenali pada pemeriksaan ini." in audited.page()


def test_half_a_character_in_a_title_costs_neither_its_dataset_nor_the_next(audited: Audited) -> None:
    own = {one["title"]: one for one in audited.datasets if "//separuh-huruf.localhost:" in one["url"]}
    assert len(own) == 2
    assert own["Jumlah sesudah terpotong"]["rows"] == 2


def test_nothing_of_it_ends_the_run(audited: Audited) -> None:
    names = {path.name for path in Path(audited.folder).iterdir()}
    assert {"index.html", "datasets.html", "score.json", "findings.json"} <= names
