"""The small systems: complaints (layanan), the archived aid site (arsip), the staff login (internal) and two drives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from auditor.demo import papers, render, sheets
from auditor.demo.answer import PDF, XLSX, Answer, Host, Pages, file, moved, text
from auditor.demo.invented import kelurahan, rupiah, spread
from auditor.demo.ppid_budget import RKA_INSPECTORATE

_NOT_FOUND = text("Not Found\n", status=404)
_PER_PAGE = 12


def complaints() -> Host:
    """layanan.kotacontoh.localhost: the complaints service; its robots.txt asks for a delay."""
    pages: Pages = {
        "/": render.page("layanan/beranda.html"),
        "/pengaduan": render.page("layanan/pengaduan.html"),
        "/alur": render.page("layanan/alur.html"),
        "/statistik": render.page("layanan/statistik.html"),
        "/robots.txt": text("User-agent: *\nCrawl-delay: 0.1\n"),
    }
    return Host(pages, _NOT_FOUND)


# ---- the archived aid site -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Recipient:
    """A made-up recipient. The NIK begins with 99, which is no province: it can be nobody's."""

    number: int
    nik: str
    name: str
    kelurahan: str


_FIRST = ("Misalia", "Umpama", "Ibarat", "Kandai", "Rekawan", "Tamsila", "Seumpa", "Contohadi", "Andaini")
_LAST = ("Sadhana", "Rekasari", "Kisahwan", "Maujudi", "Tamsilwati")


def recipients() -> tuple[Recipient, ...]:
    """36 people who do not exist, three in each kelurahan."""
    people = []
    for number in range(1, 37):
        village = kelurahan()[(number - 1) // 3][1]
        day, month, year = spread(f"d{number}", 1, 28), spread(f"m{number}", 1, 12), spread(f"y{number}", 50, 99)
        nik = f"9971{(number - 1) // 12 + 1:02d}{day + 40 * (number % 2):02d}{month:02d}{year}{number:04d}"
        name = f"{_FIRST[number % len(_FIRST)]} {_LAST[number % len(_LAST)]}"
        people.append(Recipient(number, nik, name, village))
    return tuple(people)


def aid_archive() -> Host:
    """arsip.kotacontoh.localhost: ended in 2021, still listing recipients with their NIK for all to see."""
    people = recipients()
    parts = [people[start : start + _PER_PAGE] for start in range(0, len(people), _PER_PAGE)]
    listed = [
        render.page("arsip/penerima.html", people=part, current=number, pages=len(parts))
        for number, part in enumerate(parts, 1)
    ]
    rows: list[tuple[str | int, ...]] = [
        ("No", "NIK", "Nama", "Kelurahan", "Nominal"),
        *((p.number, p.nik, p.name, p.kelurahan, 600_000) for p in people),
    ]
    pages: Pages = {
        "/": render.page("arsip/beranda.html"),
        "/penerima": listed[0],
        **{f"/penerima?page={number}": answer for number, answer in enumerate(listed, 1)},
        "/laporan": render.page("arsip/laporan.html"),
        "/unduh/penerima-bst-2020.xlsx": file(sheets.xlsx(rows, "Penerima"), XLSX, date(2020, 12, 28)),
        "/unduh/laporan-btt-2020.pdf": file(_emergency_report(2020), PDF, date(2021, 2, 15)),
    }
    return Host(pages, _NOT_FOUND)


def _emergency_report(year: int) -> bytes:
    return papers.pdf(
        f"Laporan Penggunaan Belanja Tidak Terduga (BTT) Penanganan Covid-19 Tahun {year}",
        (f"Refocusing dan realokasi anggaran tahun {year}: {rupiah(41_250_000_000)}.",),
        (
            ("Penggunaan", "Jenis", "Jumlah"),
            ("Bantuan sosial tunai", "JPS", rupiah(24_000_000_000)),
            ("Alat pelindung diri", "Kesehatan", rupiah(17_250_000_000)),
        ),
    )


# ---- staff and drives ------------------------------------------------------------------------------------------------


def staff() -> Host:
    """internal.kotacontoh.localhost: a login page; everything else leads back to it."""
    login = render.page("internal/login.html")
    pages: Pages = {"/": login, "/robots.txt": text("User-agent: *\nDisallow: /naskah/\n")}
    return Host(pages, moved("/", 302))


def drive() -> Host:
    """drive.kotacontoh.localhost stands in for a file-sharing service: a viewer page, and the file behind it."""
    name = "RKA_INSPEKTORAT_TA_2026.pdf"
    headers = (("Content-Type", PDF), ("Content-Disposition", f'attachment; filename="{name}"'))
    pages: Pages = {
        "/file/d/1RkaInsp2026/view": render.page("drive/lihat.html", name=name, id="1RkaInsp2026"),
        "/uc?export=download&id=1RkaInsp2026": Answer(200, headers, RKA_INSPECTORATE),
    }
    return Host(pages, _NOT_FOUND)


def closed_drive() -> Host:
    """berbagi.kotacontoh.localhost, another one, which belongs to none of the city's sites: "Minta akses"."""
    pages: Pages = {
        "/file/d/1DpaInsp2026/view": render.page("drive/minta_akses.html"),
        "/ServiceLogin": render.page("drive/login.html"),
    }
    return Host(pages, _NOT_FOUND)
