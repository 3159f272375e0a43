"""A city that publishes made-up identity numbers everywhere a number can stand: found, located, and spread nowhere."""

from __future__ import annotations

import gzip
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from auditor.evidence.source import Evidence
from tests.badsite import BadSite, Reply, html, redirect, text
from tests.collect.ckan_like import Portal, package
from tests.read.made import nik, pdf
from tests.whole.conftest import auditor, config_toml

pytestmark = pytest.mark.xdist_group("terbuka")


PLACES = (
    *("page", "table", "menu", "hidden", "script", "attribute", "link-text", "url", "query", "title", "heading"),
    *("csv", "xlsx", "second-sheet", "pdf", "last-page", "json", "file-name", "portal-csv", "portal-title"),
    *("portal-notes", "dead-link", "redirect", "spaced", "dotted", "docx", "zip"),
)
NUMBERS = {place: nik(serial=n, region=f"9971{1 + n % 5:02d}") for n, place in enumerate(PLACES, 11)}
PHONE = "081298765432"
PATIENT = "Wulandari Kusumaningtyas"


def _spaced(number: str, mark: str) -> str:
    return mark.join((number[:6], number[6:12], number[12:]))


def _docx(words: str) -> bytes:
    file = io.BytesIO()
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    part = f'<w:document xmlns:w="{space}"><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>'
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", part)
    return file.getvalue()


def _html(content: str) -> Reply:
    title, body = content.split("</title>")
    return Reply(f"<!doctype html><html lang=id><meta charset=utf-8>{title}</title><body>{body}".encode())


def _bytes(content: bytes) -> Reply:
    return Reply(content, 200, (("Content-Type", "application/octet-stream"),))


def _zip(name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, content)
    return file.getvalue()


def _book() -> bytes:
    import xlsxwriter

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    for sheet, place in (("Bantuan", "xlsx"), ("Lampiran", "second-sheet")):
        page = book.add_worksheet(sheet)
        page.write_row(0, 0, ("No", "Nama", "NIK"))
        page.write_row(1, 0, (1, "Sri", NUMBERS[place]))
        page.write_row(2, 0, (2, "Budi", "-"))
    book.close()
    return file.getvalue()


def _front() -> str:
    n = NUMBERS
    return f"""<title>PPID Kota Contoh {n["title"]}</title>
<nav><ul><li><a href="/profil">Profil {n["menu"]}</a></ul></nav>
<main><h1>Informasi Berkala {n["heading"]}</h1><p>{"Daftar penerima bantuan sosial kota. " * 20}
<p>Nama Sri, NIK {n["page"]}; Budi NIK {_spaced(n["spaced"], " ")}; Ani NIK {_spaced(n["dotted"], ".")}
<table><tr><th>No<th>Nama<th>NIK<th>No HP<th>Alamat</tr>
<tr><td>1<td>Sri<td>{n["table"]}<td>{PHONE}<td>Jalan Mawar</tr></table>
<p style="display:none">NIK {n["hidden"]}<!-- nik {n["hidden"]} --></p>
<script>var warga = {{"nik": "{n["script"]}"}};</script><p data-nik="{n["attribute"]}">
<ul><li><a href="/dokumen/a.pdf">Laporan Realisasi Anggaran 2025 {n["link-text"]}</a>
<li><a href="/warga/{n["url"]}">Rincian warga</a><li><a href="/cari?nik={n["query"]}">Cari</a>
<li><a href="/dokumen/penerima.csv">Daftar penerima bantuan sosial 2025</a>
<li><a href="/dokumen/penerima.xlsx">Daftar penerima hibah 2025</a>
<li><a href="/dokumen/ktp_{n["file-name"]}.pdf">Rencana Kerja 2025</a>
<li><a href="/dokumen/hilang-{n["dead-link"]}.pdf">DPA Dinas Sosial 2025</a>
<li><a href="/dokumen/sop.docx">SOP Pelayanan 2025</a><li><a href="/dokumen/arsip.zip">LKjIP 2025</a>
<li><a href="/pindah">Renstra 2025</a><li><a href="/api/penerima.json">Data penerima (JSON)</a></ul></main>"""


def _ppid() -> dict[Any, Any]:
    n = NUMBERS
    lines = ("Laporan Realisasi Anggaran Tahun 2025", "Kota Contoh", f"NIK {n['pdf']}")
    long = pdf("Rencana Kerja Tahun 2025 Kota Contoh", pages=6, last=f"Pemohon NIK {n['last-page']}")
    return {
        "/": _html(_front()),
        f"/warga/{n['url']}": _html(f"<title>Warga</title><h1>Rincian</h1><p>{'Keterangan warga. ' * 30}"),
        "/cari": _html(f"<title>Cari</title><h1>Hasil</h1><p>{'Hasil pencarian. ' * 30}"),
        "/profil": _html(f"<title>Profil PPID</title><h1>Profil</h1><p>{'Profil PPID Kota Contoh. ' * 30}"),
        "/dokumen/a.pdf": _bytes(pdf(*lines)),
        f"/dokumen/ktp_{n['file-name']}.pdf": _bytes(long),
        "/dokumen/penerima.csv": text(f"No,Nama,NIK\n1,Sri,{n['csv']}\n2,Budi,-\n", "text/csv"),
        "/dokumen/penerima.xlsx": _bytes(_book()),
        "/dokumen/sop.docx": _bytes(_docx(f"SOP Pelayanan 2025. Pemohon NIK {n['docx']}")),
        "/dokumen/arsip.zip": _bytes(_zip("lampiran.csv", f"Nama,NIK\nSri,{n['zip']}\n".encode())),
        "/api/penerima.json": text(json.dumps({"data": [{"nama": "Sri", "nik": n["json"]}]}), "application/json"),
        "/pindah": redirect(f"/warga/{n['redirect']}"),
        f"/warga/{n['redirect']}": _html(f"<title>Warga</title><h1>Pindah</h1><p>{'Renstra 2025 telah pindah. ' * 30}"),
    }


def _portal(base: str) -> dict[Any, Any]:
    one = package(1, f"{base}berkas")
    one["title"] = f"Penerima bantuan NIK {NUMBERS['portal-title']}"
    one["notes"] = f"Contoh: NIK {NUMBERS['portal-notes']}"
    rows = f"no,nama,nik\n1,Sri,{NUMBERS['portal-csv']}\n2,Budi,-\n"
    return {**Portal([one]).routes(), "/berkas": text(rows, "text/csv")}


def _covid() -> dict[Any, Any]:
    table = (
        f"<table><tr><th>No<th>Nama<th>Umur<th>Status Pasien</tr><tr><td>1<td>{PATIENT}<td>34<td>positif</tr></table>"
    )
    words = f"<p>{'Data sebaran kasus Covid-19 per kelurahan. ' * 20}<p>Pasien atas nama {PATIENT} telah sembuh."
    csv = f"no,nama,umur,hasil swab\n1,{PATIENT},34,positif\n2,{PATIENT} Putri,3,negatif\n"
    return {
        "/": _html(
            f"<title>Covid-19</title><h1>Data pasien</h1>{words}{table}<a href='/pasien.csv'>Statistik Covid 2021</a>"
        ),
        "/pasien.csv": text(csv, "text/csv"),
    }


@dataclass(frozen=True)
class Night:
    folder: Path
    told: str
    findings: dict[str, Any]


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Night:
    folder = tmp_path_factory.mktemp("terbuka")
    with BadSite({}) as ppid, BadSite({}) as portal, BadSite({}) as covid:
        ppid.routes.update(_ppid())
        portal.routes.update(_portal(portal.url("/")))
        covid.routes.update(_covid())
        config = config_toml(
            {"id": "ppid", "role": "ppid", "url": ppid.url("/")},
            {"id": "data", "role": "portal", "url": portal.url("/")},
            {"id": "covid", "role": "covid", "url": covid.url("/")},
            timeout_seconds=3,
        )
        (folder / "config.toml").write_text(config, "utf-8")
        first = auditor("run", "--config", folder / "config.toml", "--at", "2026-11-03")
    looks = [
        auditor(*command, "--config", folder / "config.toml")
        for command in (("findings", "--json"), ("rescore", "--out", folder / "out"), ("report",))
    ]
    told = "".join(done.stdout + done.stderr for done in (first, *looks))
    (run,) = (folder / "public" / "99.71").glob("20261103-*")
    found = {one["criterion"]: one for one in json.loads((run / "findings.json").read_text("utf-8"))}
    return Night(folder, told, found)


def _everything(folder: Path) -> Iterator[tuple[str, bytes]]:
    """What was written outside the evidence folder, unpacked where it is packed."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if (folder / "var" / "evidence") in path.parents:
            continue
        yield path.relative_to(folder).as_posix(), path.read_bytes()
        if path.suffix == ".gz":
            yield f"{path.name} unpacked", gzip.decompress(path.read_bytes())
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                yield from ((f"{path.name} {name}", book.read(name)) for name in book.namelist())
    with sqlite3.connect(folder / "var" / "auditor.sqlite") as base:
        yield "database", "\n".join(base.iterdump()).encode()
    base.close()


def test_no_number_stands_outside_the_evidence(night: Night) -> None:
    plain = re.compile("|".join(_spelt(number) for number in NUMBERS.values()).encode())
    leaks = {name: sorted(set(plain.findall(content))) for name, content in _everything(night.folder)}
    assert {name: found for name, found in leaks.items() if found} == {}
    assert plain.findall(night.told.encode()) == []


def _spelt(number: str) -> str:
    return r"\D{0,3}".join(number)


def test_nor_the_telephone_or_the_name_of_somebody_on_a_list(night: Night) -> None:
    for name, content in (*_everything(night.folder), ("stdout", night.told.encode())):
        for word in (PHONE, PATIENT, PATIENT.split()[1]):
            assert word.encode() not in content, name


def test_the_numbers_were_all_there_to_be_found(night: Night) -> None:
    """The evidence has them: else the tests above would prove nothing."""
    (run,) = (night.folder / "var" / "evidence").glob("20261103-*")
    evidence = Evidence(run)
    archived = b"\n".join(
        f"{capture.url} {capture.location}".encode() + evidence.payload(capture) for capture in evidence.captures()
    )
    packed = {"pdf", "last-page", "xlsx", "second-sheet", "docx", "zip", "spaced", "dotted"}
    assert [place for place in NUMBERS if place not in packed and NUMBERS[place].encode() not in archived] == []


def test_they_are_found_counted_and_located(night: Night) -> None:
    found = night.findings["pdp-kebocoran"]
    assert (found["status"], found["reason"]) == ("unmet", "bad-found")
    told = found["remedy"]["en"]
    for place in (
        "penerima.xlsx [nik × 2 (Bantuan!C2; Lampiran!C2)]",
        "a.pdf [nik × 1 (p. 1)]",
        "penerima.csv [nik × 1 (C2)]",
        "arsip.zip [nik × 1 (lampiran.csv)]",
        "sop.docx [nik × 1]",
        "penerima.json [nik × 1",
        "berkas [nik × 1 (C2)]",
        "(p. 6)]",
    ):
        assert place in told
    count = int(found["message"]["en"].split()[0])
    assert count >= len(NUMBERS)
    assert night.findings["covid-privasi"]["status"] == "unmet"


def test_what_holds_them_is_sealed(night: Night) -> None:
    """Neither words nor WARC, in both languages; what holds none is shown."""
    (run,) = (night.folder / "public" / "99.71").glob("20261103-*")
    digests = [proof["digest"] for proof in night.findings["pdp-kebocoran"]["evidence"]]
    assert digests
    for digest in digests:
        assert not (run / "evidence" / f"{digest}.warc.gz").exists()
    assert list((run / "evidence").glob("*.warc.gz"))


def test_a_failure_that_quotes_a_number_is_masked(tmp_path: Path) -> None:
    number = NUMBERS["page"]
    for debug in ((), ("--debug",)):
        done = auditor(*debug, "run", "--config", tmp_path / f"ktp-{number}.toml", check=False)
        assert done.returncode == 2
        assert number not in done.stderr
        assert "99**************" in done.stderr


STRANGE, KNOWN_ONE, KNOWN_TWO = "5599010101900007", "3201060202910007", "3202070303920008"
OWN_REGION = "9971060404930009"


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (f"Nomor berkas {STRANGE} disimpan.", "met"),
        (f"Nomor berkas {KNOWN_ONE} disimpan.", "met"),
        (f"NIK {STRANGE} terdaftar.", "unmet"),
        (f"Berkas {OWN_REGION} disimpan.", "unmet"),
        (f"Berkas {KNOWN_ONE} dan {KNOWN_TWO} disimpan.", "unmet"),
    ],
    ids=["unknown region", "one of a known region", "named NIK", "the body's own region", "two of known regions"],
)
def test_region_and_header_decide_on_a_finding_and_the_shape_alone_on_the_mask(
    words: str, status: str, tmp_path: Path
) -> None:
    with BadSite({"/": html(f"<h1>PPID Kota Contoh</h1><p>{words}</p>", f"PPID {words}")}) as site:
        config = config_toml({"id": "ppid", "role": "ppid", "url": site.url("/")})
        (tmp_path / "config.toml").write_text(config, "utf-8")
        done = auditor("run", "--config", tmp_path / "config.toml", "--at", "2026-11-03")
    (run,) = (tmp_path / "public" / "99.71").glob("20261103-*")
    found = {one["criterion"]: one for one in json.loads((run / "findings.json").read_text("utf-8"))}
    assert found["pdp-kebocoran"]["status"] == status
    numbers = [number.encode() for number in (STRANGE, KNOWN_ONE, KNOWN_TWO, OWN_REGION) if number in words]
    published = {p.name for p in (run / "evidence").glob("*.warc.gz")}
    digests = {proof["digest"] for one in found.values() for proof in one["evidence"]}
    assert digests
    assert not {f"{digest}.warc.gz" for digest in digests} & published  # sealed, whether or not a finding is made of it
    for name, content in (*_everything(tmp_path), ("told", (done.stdout + done.stderr).encode())):
        assert not [number for number in numbers if number in content], name
