"""A night's evidence put together: documents under their best title, what is false among them, datasets, soft 404s."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from auditor.model import Capture, Document, Facts, Site
from tests.read.made import HOME, PPID, REAL, Memory, facts_of, html, nik, pdf, picture, scan, xlsx

RKA = ("RENCANA KERJA DAN ANGGARAN (RKA)", "Dinas Kesehatan Tahun Anggaran 2026", "Belanja pegawai dan belanja barang")
DPA = ("DOKUMEN PELAKSANAAN ANGGARAN (DPA)", "Dinas Sosial Tahun Anggaran 2026", "Belanja pegawai dan belanja barang")


def documents(source: Memory, *sites: Site) -> dict[str, Document]:
    return {document.title: document for site in facts_of(source, *sites).sites for document in site.documents}


def table(*rows: tuple[str, str]) -> str:
    cells = "".join(f"<tr><td>{title}</td><td><a href='{link}'>Unduh</a></td></tr>" for title, link in rows)
    return html(f"<h1>Transparansi</h1><table><tr><th>Judul</th><th>Berkas</th></tr>{cells}</table>")


def test_a_document_stands_under_its_title_with_what_it_is() -> None:
    source = Memory().add(HOME + "rka", table(("RKA Dinkes TA 2026", "/a.pdf"), ("DPA Dinsos TA 2026", "/b.pdf")))
    source.add(HOME + "a.pdf", pdf(*RKA), headers=(("Last-Modified", "Mon, 12 Jan 2026 03:00:00 GMT"),))
    source.add(HOME + "b.pdf", scan())
    found = documents(source)
    rka, dpa = found["RKA Dinkes TA 2026"], found["DPA Dinsos TA 2026"]
    assert (rka.facts.kind, rka.facts.years, rka.facts.unit) == ("rka", (2026,), "Dinas Kesehatan")
    assert (rka.format, rka.readable, rka.pages, rka.flaw, rka.found_on) == ("pdf", True, 1, "", HOME + "rka")
    assert str(rka.modified) == "2026-01-12"
    assert (dpa.readable, dpa.flaw) == (False, "")


@pytest.mark.parametrize(
    ("answer", "flaw"),
    [
        ({"status": 404}, "dead"),
        ({"status": 500}, "failed"),
        ({"cause": "read-timeout", "status": 0}, "failed"),
        ({"cause": "login-required", "status": 401}, "login"),
        ({"payload": html("<h1>Beranda</h1><p>" + "Selamat datang. " * 40)}, "not-a-document"),
        ({"payload": html("<h1>404</h1>", "Halaman tidak ditemukan")}, "dead"),
        ({"payload": "<title>Login</title><form><input type=password></form>"}, "login"),
        ({"payload": "<title>Drive</title><h1>Anda memerlukan akses</h1><p>Minta akses</p>"}, "login"),
        ({"payload": "<title>Just a moment...</title>"}, "failed"),
        ({"payload": b""}, "empty"),
        ({"payload": pdf()}, "empty"),
        ({"payload": pdf(*RKA)[:300]}, "not-a-document"),
        ({"payload": pdf(*RKA), "truncated": True}, "too-large"),
        ({"payload": pdf("Lorem ipsum dolor sit amet")}, "placeholder"),
        ({"payload": pdf(*DPA)}, "other-kind"),
    ],
)
def test_a_link_to_no_document_is_named_as_such(answer: dict[str, Any], flaw: str) -> None:
    source = Memory().add(HOME + "rka", table(("RKA Dinkes TA 2026", "/berkas/rka.pdf")))
    source.add(HOME + "berkas/rka.pdf", **answer)
    (document,) = facts_of(source).sites[0].documents
    assert (document.flaw, document.facts.kind) == (flaw, "rka")
    assert document.flaw == "too-large" or document.words


@pytest.mark.parametrize("target", ["/", "/login"])
def test_a_file_that_leads_to_the_front_page_is_gone(target: str) -> None:
    source = Memory().add(HOME, html("<h1>Beranda</h1><p>" + "Selamat datang di PPID. " * 30))
    source.add(HOME + "rka", table(("RKA Dinkes TA 2026", "/rka.pdf")))
    source.add(HOME + "login", "<title>Login</title><form><input type=password></form>")
    source.add(HOME + "rka.pdf", status=302, location=target)
    (document,) = facts_of(source).sites[0].documents
    assert document.flaw == ("login" if "login" in target else "dead")


def test_the_same_bytes_are_one_document_under_the_best_title() -> None:
    source = Memory().add(HOME + "a", table(("RKA Dinas Kesehatan TA 2026", "/a.pdf")))
    source.add(
        HOME + "b", html("<h1>Unduhan</h1><ul><li><a href=/lama/a.pdf>RKA Dinkes</a><li><a href=/a.pdf>x</a></ul>")
    )
    source.add(HOME + "a.pdf", pdf(*RKA)).add(HOME + "lama/a.pdf", status=301, location=HOME + "a.pdf")
    (document,) = facts_of(source).sites[0].documents
    assert document.title == "RKA Dinas Kesehatan TA 2026"
    assert "RKA Dinkes" in document.also


def test_one_file_behind_two_names_is_true_for_one_and_false_for_the_other() -> None:
    source = Memory().add(HOME + "a", table(("RKA Dinsos TA 2026", "/x.pdf"), ("DPA Dinsos TA 2026", "/x.pdf")))
    source.add(HOME + "x.pdf", pdf(*DPA))
    found = {document.facts.kind: document.flaw for document in facts_of(source).sites[0].documents}
    assert found == {"dpa": "", "rka": "other-kind"}


def test_a_drive_view_is_read_through_its_download() -> None:
    drive = "https://drive.google.com/"
    source = Memory().add(HOME + "rka", table(("RKA Dinkes TA 2026", drive + "file/d/1AbCdEfGh/view")))
    source.add(drive + "file/d/1AbCdEfGh/view", "<title>rka.pdf - Google Drive</title>")
    source.add(drive + "uc?export=download&id=1AbCdEfGh", pdf(*RKA))
    (document,) = facts_of(source).sites[0].documents
    assert (document.url, document.flaw, document.readable) == (drive + "uc?export=download&id=1AbCdEfGh", "", True)


def test_pictures_menus_and_news_are_no_documents() -> None:
    source = Memory().add(
        HOME + "a", html("<h1>Standar Layanan</h1><a href=/foto.jpg>Kegiatan</a><a href=/m.jpg>Maklumat Pelayanan</a>")
    )
    source.add(HOME + "berita/serah-dpa", html("<h1>Wali Kota Serahkan DPA 2026</h1><a href=/d.jpg>DPA 2026</a>"))
    source.add(HOME + "foto.jpg", picture()).add(HOME + "m.jpg", picture("PNG")).add(HOME + "d.jpg", picture())
    found = documents(source)
    assert {title: document.format for title, document in found.items()} == {"Maklumat Pelayanan": "png"}
    assert found["Maklumat Pelayanan"].readable is False


WORDS = "Kami sanggup menyelenggarakan pelayanan informasi sesuai standar. " * 12


@pytest.mark.parametrize(
    ("path", "body", "kind"),
    [
        ("maklumat", f"<h1>Maklumat Pelayanan</h1><p>{WORDS}</p>", "maklumat"),
        ("maklumat", "<h1>Maklumat Pelayanan</h1><p>Lihat berkas.</p>", None),
        ("berita/maklumat", f"<h1>Maklumat Pelayanan</h1><p>{WORDS}</p>", None),
        ("struktur", f"<h1>Struktur Organisasi PPID</h1><p>{WORDS}</p>", None),
        ("form", "<h1>Formulir Permohonan Informasi</h1><form><input name=nama><input name=alamat><input name=surel>"
         "<textarea name=rincian></textarea></form>", "formulir-permohonan"),
        ("dpa", "<h1>DPA 2026</h1><p>" + WORDS, None),
        ("dpa", "<h1>DPA 2026</h1><table><tr><th>Kode<th>Uraian<th>Nilai</tr>"
         + "".join(f"<tr><td>5.1.{n}<td>Belanja {n}<td>1.234.567.{n:03d}</tr>" for n in range(12)) + "</table>", "dpa"),
    ],
)  # fmt: skip
def test_a_page_is_a_document_when_it_holds_one(path: str, body: str, kind: str | None) -> None:
    found = facts_of(Memory().add(HOME + path, html(body))).sites[0].documents
    assert [(document.facts.kind, document.format) for document in found] == ([(kind, "html")] if kind else [])


def test_a_list_of_files_is_not_itself_the_document() -> None:
    rows = [(f"LHKPN Wali Kota Tahun {year}", f"/lhkpn-{year}.pdf") for year in range(2019, 2026)]
    source = Memory().add(HOME + "lhkpn", table(*rows).replace("Transparansi", "LHKPN"))
    assert facts_of(source).sites[0].documents == ()


def test_addresses_that_answer_anything_are_not_there() -> None:
    front = html("<h1>Beranda</h1><p>" + "Selamat datang di PPID Kota Misal. " * 30)
    lost = html("<h1>Maaf</h1><p>" + "Yang dicari sudah pindah atau dihapus oleh pengelola. " * 20)
    source = Memory().add(HOME, front).add(HOME + "dip", front).add(HOME + "?lang=id", front)
    source.add(HOME + "tiada", lost, status=404).add(HOME + "renja", lost).add(HOME + "rkpd", status=302, location=HOME)
    natures = {page.url.removeprefix(HOME): page.nature for page in facts_of(source).sites[0].pages}
    assert natures == {"": "page", "?lang=id": "page", "dip": "soft-404", "renja": "soft-404", "rkpd": "soft-404"}


def test_the_order_of_captures_changes_nothing() -> None:
    source = Memory().add(
        HOME + "a", table(("RKA Dinkes TA 2026", "/a.pdf"), ("RKA 2026", "/b.pdf"), ("DPA", "/c.pdf"))
    )
    source.add(HOME + "b", table(("RKA Dinas Kesehatan TA 2026", "/a.pdf"), ("Berkas", "/c.pdf")))
    source.add(HOME + "a.pdf", pdf(*RKA)).add(HOME + "b.pdf", pdf(*RKA)).add(HOME + "c.pdf", pdf(*DPA))
    assert facts_of(source) == facts_of(source.reversed())


def test_personal_data_are_found_in_pages_files_and_tables_and_kept_nowhere() -> None:
    rows = [("Nama", "NIK")] + [(f"Warga {n}", nik(serial=n)) for n in range(1, 6)]
    source = Memory().add(HOME + "a", html("<h1>Penerima</h1><a href=/p.xlsx>Daftar Penerima Bansos 2025</a>"))
    source.add(HOME + "p.xlsx", xlsx(*rows))
    source.add(HOME + "b", html("<h1>Penerima</h1><p>NIK " + nik(serial=9) + "</p>"))
    site = facts_of(source).sites[0]
    assert [(p.kind, p.count, p.confirmed) for p in site.documents[0].personal] == [("nik", 5, True)]
    assert [p.count for page in site.pages for p in page.personal] == [1]
    assert not any(nik(serial=n) in repr(site.pages) + repr(site.documents) for n in range(1, 10))


def test_bytes_that_our_archive_lost_are_not_the_sites_fault() -> None:
    class Damaged(Memory):
        def payload(self, capture: Capture) -> bytes:
            if capture.url.endswith(".pdf"):
                raise RuntimeError("torn member")
            return super().payload(capture)

    source = Damaged().add(HOME + "rka", table(("RKA Dinkes TA 2026", "/a.pdf"))).add(HOME + "a.pdf", pdf(*RKA))
    (document,) = facts_of(source).sites[0].documents
    assert document.flaw == "failed"


# ---- portals ---------------------------------------------------------------------------------------------------------

DATA = "https://data.misal.go.id/"
PORTAL = Site("data", "portal", DATA, "Portal Data")


def package(name: str, *files: tuple[str, str], **more: Any) -> dict[str, Any]:
    return {
        "id": f"id-{name}",
        "name": name,
        "title": name.replace("-", " ").title(),
        "state": "active",
        "organization": {"title": "Dinas Kesehatan"},
        "license_id": "cc-by",
        "license_title": "Creative Commons Attribution",
        "metadata_modified": "2026-08-17T01:02:03.4",
        "metadata_created": "2022-01-02T01:02:03.4",
        "tags": [{"display_name": "kesehatan"}],
        "extras": [{"key": "frekuensi", "value": "Tahunan"}],
        "resources": [
            {"id": f"{name}-{n}", "name": url, "url": DATA + url, "format": kind} for n, (url, kind) in enumerate(files)
        ],
        **more,
    }


def portal(*packages: dict[str, Any], count: int | None = None) -> Memory:
    result = {"count": len(packages) if count is None else count, "results": list(packages)}
    answer = json.dumps({"success": True, "result": result})
    return Memory().add(
        DATA + "api/3/action/package_search?rows=500", answer, site="data", media_type="application/json"
    )


def only(facts: Facts) -> Any:
    (dataset,) = facts.site("data").datasets
    return dataset


def test_a_dataset_is_read_with_its_data() -> None:
    source = portal(package("posyandu", ("a.csv", "CSV")))
    source.add(DATA + "a.csv", "tahun,kecamatan,n\n2024,Satu,3\n2025,Satu,4\n", site="data", media_type="text/csv")
    facts = facts_of(source, PORTAL)
    found = only(facts)
    assert (found.title, found.unit, found.platform, found.cadence) == (
        "Posyandu",
        "Dinas Kesehatan",
        "ckan",
        "tahunan",
    )
    assert (found.licence_open, found.newest_period, found.fresh, found.contradiction) == (True, "2025", True, "")
    assert found.url == DATA + "dataset/posyandu"
    assert dict(found.metadata)["frekuensi"] == "Tahunan"
    (resource,) = found.resources
    assert (resource.format, resource.flaw, resource.table.rows) == ("csv", "", 2)
    seen = facts.site("data").portal
    assert seen is not None
    assert (seen.platform, seen.declared, seen.enumerated) == ("ckan", 1, True)
    assert facts.site("data").documents == ()


def test_new_by_its_date_and_old_by_its_rows_is_a_contradiction() -> None:
    source = portal(package("aps", ("a.csv", "CSV")))
    source.add(DATA + "a.csv", "tahun,n\n2020,3\n2021,4\n", site="data")
    found = only(facts_of(source, PORTAL))
    assert found.fresh is False
    assert found.contradiction == "diperbarui 2026-08-17, data terbaru 2021"


@pytest.mark.parametrize(
    ("kind", "answer", "flaw"),
    [
        ("CSV", {"payload": "<html><body><h1>Galat aplikasi</h1></body></html>"}, "wrong-format"),
        ("CSV", {"payload": "<title>Login</title><form><input type=password></form>"}, "login"),
        ("CSV", {"status": 404}, "dead"),
        ("CSV", {"status": 500}, "failed"),
        ("CSV", {"payload": b""}, "empty"),
        ("XLSX", {"payload": "tahun,n\n2024,1\n2025,2\n"}, "wrong-format"),
        ("CSV", {"payload": pdf(*RKA)}, "wrong-format"),
        ("PDF", {"payload": pdf(*RKA)}, ""),
        ("JSON", {"payload": "[1, 2, 3]"}, "broken-table"),
    ],
)
def test_a_resource_is_what_its_bytes_are(kind: str, answer: dict[str, Any], flaw: str) -> None:
    source = portal(package("x", ("a.bin", kind))).add(DATA + "a.bin", site="data", **answer)
    assert only(facts_of(source, PORTAL)).resources[0].flaw == flaw


def test_a_portal_that_lists_less_than_it_has_is_not_enumerated() -> None:
    seen = facts_of(portal(package("a"), count=40), PORTAL).site("data").portal
    assert seen is not None
    assert (seen.declared, seen.enumerated) == (40, False)


def test_private_withdrawn_and_failing_answers_list_nothing() -> None:
    source = portal(package("a", private=True), package("b", state="deleted"))
    source.add(DATA + "api/3/action/package_show?id=c", '{"success": false, "error": {}}', site="data")
    source.add(DATA + "api/3/action/package_list", "<html>500</html>", site="data")
    assert facts_of(source, PORTAL).site("data").datasets == ()


def test_what_the_collection_found_out_of_the_portal_is_kept() -> None:
    source = portal(package("a"))
    source.logged["portal"] = [
        {
            "site": "data",
            "platform": "ckan",
            "shown_by": DATA + "x",
            "declared": 9,
            "enumerated": False,
            "error": "HTTP 500",
        }
    ]
    seen = facts_of(source, PORTAL).site("data").portal
    assert seen is not None
    assert (seen.declared, seen.enumerated, seen.detail) == (9, False, "HTTP 500")


def test_a_catalogue_file_is_read() -> None:
    record = {
        "identifier": "i1",
        "title": "Data Triwulanan",
        "accrualPeriodicity": "R/P3M",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "publisher": {"name": "Bappeda"},
        "landingPage": DATA + "katalog/i1",
        "distribution": [{"downloadURL": DATA + "t.csv", "mediaType": "text/csv", "title": "T"}],
    }
    source = Memory().add(DATA + "data.json", json.dumps({"dataset": [record]}), site="data")
    source.add(DATA + "t.csv", "tahun,triwulan,n\n2026,I,1\n2026,II,2\n", site="data")
    found = only(facts_of(source, PORTAL))
    assert (found.platform, found.unit, found.cadence, found.licence_open) == ("dcat", "Bappeda", "triwulanan", True)
    assert (found.newest_period, found.fresh) == ("2026-TW2", True)


def test_pages_with_downloads_are_datasets_where_there_is_no_catalogue() -> None:
    page = html(
        "<h1>Jumlah Posyandu</h1><p>Produsen Data: Dinas Kesehatan  Lisensi: Creative Commons Attribution  "
        "Frekuensi: Tahunan  Terakhir diperbarui 3 Februari 2026</p><a href=/dl/p.csv>Unduh</a>"
    )
    source = Memory().add(DATA + "dataset/jumlah-posyandu", page, site="data")
    source.add(
        DATA + "dataset", html("<h1>Dataset</h1><a href=/dataset/jumlah-posyandu>Jumlah Posyandu</a>"), site="data"
    )
    source.add(DATA + "dl/p.csv", "tahun,n\n2024,1\n2025,2\n", site="data")
    found = only(facts_of(source, PORTAL))
    assert (found.platform, found.title, found.unit) == ("halaman", "Jumlah Posyandu", "Dinas Kesehatan")
    assert (found.cadence, str(found.modified), found.newest_period) == ("tahunan", "2026-02-03", "2025")


def test_a_covid_sites_tables_are_data_and_no_documents() -> None:
    covid = replace(PPID, id="covid", role="covid", url="https://covid.misal.go.id/")
    source = Memory().add(
        "https://covid.misal.go.id/unduh", html("<h1>Unduh</h1><a href=/h.csv>Data harian</a>"), site="covid"
    )
    rows = "tanggal,positif,sembuh,meninggal\n2021-01-01,3,1,0\n2021-01-02,4,1,0\n"
    source.add("https://covid.misal.go.id/h.csv", rows, site="covid")
    site = facts_of(source, covid).site("covid")
    assert [(d.title, d.newest_period, d.resources[0].table.schema) for d in site.datasets if d.resources[0].table] == [
        ("Data harian", "2021-01-02", "covid")
    ]
    assert site.documents == ()
    assert site.portal is None


@pytest.mark.parametrize("sites", [REAL / "a_html"] if REAL.exists() else [], ids=["real"])
def test_a_real_site_is_read_to_its_documents(sites: Any) -> None:
    source = Memory()
    for path in sorted(sites.glob("sumut2*.html")):
        source.add(HOME + path.stem, path.read_bytes())
    wanted = "http://ppid.jabarprov.go.id/assets/downloads/DIK/14.%20DPA%20SKPD%202023.pdf"
    source.add(wanted, pdf("DOKUMEN PELAKSANAAN ANGGARAN SKPD 2023", "Belanja daerah Provinsi"))
    found = [d for d in facts_of(source).sites[0].documents if d.url == wanted]
    assert [(d.facts.kind, d.facts.years, d.flaw) for d in found] == [("dpa", (2023,), "")]
