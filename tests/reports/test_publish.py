"""What `publish` leaves on the disk: the files of the contract, in both languages, whole or not at all."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest

from auditor.model import Change, Status, Text
from auditor.publish import publish_front
from tests.reports.builders import (
    AT,
    CODE,
    RUN,
    Stage,
    catalogue,
    digest,
    finding,
    judgement,
    ordinary,
    ordinary_stage,
    series,
)
from tests.reports.reading import Reading, pages

ATOM = "{http://www.w3.org/2005/Atom}"


def rows(table: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8"))))


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("public")
    assert ordinary_stage().publish(place) == place / CODE / RUN / "index.html"
    return place


def test_every_file_of_the_contract_is_there(public: Path) -> None:
    version, proof = catalogue().version, digest("halaman")
    both = [
        "index.html",
        f"{CODE}/index.html",
        f"{CODE}/{RUN}/index.html",
        f"{CODE}/{RUN}/evidence/{proof}.html",
        f"methodology/{version}/index.html",
    ]
    once = [f"{CODE}/{name}" for name in ("scores.csv", "feed.xml", "badge.svg")] + [
        f"{CODE}/{RUN}/{name}"
        for name in (
            "score.json",
            "findings.csv",
            "findings.xlsx",
            "findings.json",
            "datasets.csv",
            "datasets_quality.csv",
            "documents.csv",
            "datapackage.json",
            "CITATION.cff",
            f"evidence/{proof}.warc.gz",
        )
    ]
    for path in [*both, *(f"en/{path}" for path in both), *once]:
        assert (public / path).stat().st_size > 0, path
    assert not list(public.rglob(".*")), "nothing half written is left"


def test_every_page_is_whole_in_its_language_and_leads_somewhere(public: Path) -> None:
    read = {page: Reading(page.read_text(encoding="utf-8")) for page in pages(public)}
    indonesian = {page.relative_to(public) for page in read if "en" not in page.relative_to(public).parts}
    english = {page.relative_to(public / "en") for page in read if "en" in page.relative_to(public).parts}
    assert indonesian == english
    for page, reading in read.items():
        assert reading.lang == ("en" if page.is_relative_to(public / "en") else "id"), page
        assert len(reading.ids) == len(set(reading.ids)), page
        for link in reading.links:
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.scheme in ("http", "https"), link
                continue
            target = page if not parts.path else (page.parent / unquote(parts.path)).resolve()
            if parts.path.endswith("index.html") and target.parent.parent.name == CODE and not target.exists():
                assert target.parent.name in {summary.run for summary in series(9)}, link
                continue
            assert target.is_file(), f"{page.relative_to(public)} -> {link}"
            if parts.fragment:
                assert parts.fragment in read[target].ids, link


def test_the_overview_leads_with_three_things_and_says_whose_estimate_it_is(public: Path) -> None:
    text = (public / CODE / "index.html").read_text(encoding="utf-8")
    assert text.index("Tiga hal untuk hari ini") < text.index("Perkiraan hari ini")
    assert "bukan nilai Monev KIP maupun IKIP" in text
    assert "41,2–66,2" in text
    assert "+2,4" in text
    assert text.count("<li>\n<h3>") == 3
    assert "hingga +1,9" in text, "what is not seen yet may add that much, it is not promised"
    assert "Kota mengubah 2 hal; 1 hal hanya terlihat berbeda oleh kami." in text
    assert "Batas halaman tercapai" not in text.split("Perkiraan hari ini")[0], "our own limits are asked of nobody"
    english = (public / "en" / CODE / "index.html").read_text(encoding="utf-8")
    assert "41.2–66.2" in english
    assert "not a Monev KIP score and not the IKIP" in english


def test_changes_of_the_city_are_apart_from_changes_of_our_sight(public: Path) -> None:
    text = (public / CODE / RUN / "index.html").read_text(encoding="utf-8")
    city, sight = text.index("Yang diubah kota (2)"), text.index("Yang kami lihat lebih banyak atau lebih sedikit (1)")
    assert city < text.index("Hal 2 tersedia", city) < sight < text.index("Apakah hal 3 tersedia?", sight)


def test_one_step_of_many_offices_is_told_once(tmp_path: Path) -> None:
    asked = catalogue().criteria[7]
    offices = [finding(asked, Status.UNMET, subject=f"Dinas {n}", unit=f"Dinas {n}", site=None) for n in range(9)]
    changes = tuple(Change(office, Status.UNKNOWN, "city") for office in offices)
    page = Stage(judgement(offices), changes=changes).publish(tmp_path)
    assert "(9 kali):" in page.read_text(encoding="utf-8")
    assert "Yang diubah kota (1)" in page.read_text(encoding="utf-8")


def test_a_series_in_utc_is_told_in_the_time_of_the_body(tmp_path: Path) -> None:
    nights = tuple(replace(summary, at=summary.at.astimezone(UTC)) for summary in series(3))
    Stage(judgement(ordinary()), series=nights).publish(tmp_path)
    assert [row["at"] for row in rows(tmp_path / CODE / "scores.csv")][-1] == "2026-11-03T01:00:00+07:00"
    assert "dari 1 November 2026 sampai 3 November 2026" in (tmp_path / CODE / "index.html").read_text(encoding="utf-8")


def test_a_finding_tells_question_basis_sight_proof_place_and_remedy(public: Path) -> None:
    text = (public / CODE / RUN / "details.html").read_text(encoding="utf-8")
    card = text.split('<article class="card"')[1].split("</article>")[0]
    for words in (
        "Apakah hal 0 tersedia?",
        "UU 14/2008 Pasal 9 ayat (2)",
        "belum diverifikasi",
        "Daftar Informasi Publik tahun 2026.",
        "Daftar Informasi Publik 2024",
        "salinan arsip kami",
        'href="https://ppid.contoh.example/berkala"',
        "41 halaman, dibaca seluruhnya; dilarang robots.txt: 1",
        "Unggah Daftar Informasi Publik tahun 2026.",
        "+2,4",
        "sejak 2 November 2026",
        "Oleh:",
    ):
        assert words in card, words
    unknown = next(card for card in text.split("<article") if "Portal data tidak menjawab." in card)
    assert "Belum dapat dilihat bukan berarti belum ada" in unknown


def test_tables_hold_the_columns_of_the_contract(public: Path) -> None:
    expected = {
        f"{CODE}/scores.csv": "run,at,low,observed,high,coverage,band,catalogue,auditor,digest,method_changed",
        f"{CODE}/{RUN}/documents.csv": "url,title,kind,years,unit,format,bytes,readable,found_on,site",
        f"{CODE}/{RUN}/datasets.csv": (
            "id,title,unit,platform,url,licence,modified,newest_period,cadence,fresh,schema,rows,errors,"
            "contradiction,recency_basis,archive,archive_whole,archive_kept,"
            "mqa_low,mqa_high,satu_data_low,satu_data_high,missing,flaws"
        ),
    }
    for path, header in expected.items():
        assert (public / path).read_text(encoding="utf-8").splitlines()[0] == header
    documents = rows(public / CODE / RUN / "documents.csv")
    assert [row["title"] for row in documents] == ["DPA Dinas Contoh 1 TA 2025", "DPA Dinas Contoh 2 TA 2025"]
    assert documents[0]["years"] == "2025"
    assert documents[0]["readable"] == "true"
    datasets = rows(public / CODE / RUN / "datasets.csv")
    assert [(row["fresh"], row["rows"], row["errors"]) for row in datasets] == [
        ("true", "68", "3"),
        ("false", "68", "3"),
        ("", "68", "3"),
    ]
    scores = rows(public / CODE / "scores.csv")
    assert len(scores) == 9
    assert scores[0]["observed"] == ""
    assert scores[-1]["at"] == "2026-11-03T01:00:00+07:00"


def test_a_change_of_method_is_marked_and_its_two_sides_are_not_compared(tmp_path: Path) -> None:
    nights = [replace(night, catalogue="dulu") if n < 5 else night for n, night in enumerate(series(9))]
    ordinary_stage(series=tuple(nights)).publish(tmp_path)
    marks = [row["method_changed"] for row in rows(tmp_path / CODE / "scores.csv")]
    assert marks == ["false"] * 5 + ["true"] + ["false"] * 3
    page = (tmp_path / CODE / "index.html").read_text(encoding="utf-8")
    assert page.count('class="border"') == 1
    assert page.count(">cara menilai berubah<") == 1
    assert "Nilai terendah naik" in page or "Nilai terendah turun" in page, "both nights are of one method"

    fresh = [replace(night, catalogue="dulu") if n < 8 else night for n, night in enumerate(series(9))]
    ordinary_stage(series=tuple(fresh)).publish(tmp_path / "baru")
    page = (tmp_path / "baru" / CODE / "index.html").read_text(encoding="utf-8")
    assert "Cara menilai berubah sejak pemeriksaan sebelumnya" in page
    assert "Nilai terendah" not in page.split("<h2")[0]


def test_data_package_names_each_file_by_its_digest_and_its_columns(public: Path) -> None:
    folder = public / CODE / RUN
    package = json.loads((folder / "datapackage.json").read_bytes())
    assert len(package["resources"]) == 7
    for resource in package["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
        assert resource["bytes"] == len(content)
        if "schema" in resource:
            header = next(csv.reader(io.StringIO(content.decode())))
            assert [field["name"] for field in resource["schema"]["fields"]] == header


def test_feed_is_atom_with_one_entry_a_run(public: Path) -> None:
    feed = ElementTree.parse(public / CODE / "feed.xml").getroot()
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 9
    assert entries[0].findtext(f"{ATOM}id") == f"urn:transparency-auditor:{CODE}:{RUN}"
    assert "Hal 2 tersedia" in (entries[0].findtext(f"{ATOM}content") or "")
    badge = ElementTree.parse(public / CODE / "badge.svg").getroot()
    assert "39,0–67,0" in "".join(badge.itertext())


def test_citation_names_run_and_evidence(public: Path) -> None:
    text = (public / CODE / RUN / "CITATION.cff").read_text(encoding="utf-8")
    assert text.startswith('cff-version: "1.2.0"\n')
    assert f'version: "{RUN}"' in text
    assert f"sha256:{digest('bukti')}" in text


def test_a_partial_run_stays_out_of_the_series(tmp_path: Path) -> None:
    stage = ordinary_stage()
    stage.publish(tmp_path)
    before = {path: path.read_bytes() for path in (tmp_path / CODE).glob("*") if path.is_file()}
    later = AT + timedelta(hours=3)
    only = Stage(judgement(ordinary(), partial=("ppid",), run="20261103T040000", at=later), series=series(9))
    page = only.publish(tmp_path)
    assert "Pemeriksaan sebagian." in page.read_text(encoding="utf-8")
    assert {path: path.read_bytes() for path in (tmp_path / CODE).glob("*") if path.is_file()} == before


def test_an_older_run_published_again_does_not_become_the_latest(tmp_path: Path) -> None:
    ordinary_stage().publish(tmp_path)
    latest = (tmp_path / CODE / "index.html").read_bytes()
    older = series(9)[3]
    page = Stage(judgement(ordinary()[:2], run=older.run, at=older.at), series=series(9)).publish(tmp_path)
    assert (tmp_path / CODE / "index.html").read_bytes() == latest
    assert page.read_text(encoding="utf-8").count('/index.html">') >= 4, "the history ends with the run itself"
    assert "3 November 2026" not in page.read_text(encoding="utf-8")


def test_publishing_again_gives_the_same_bytes(tmp_path: Path) -> None:
    stage = ordinary_stage()
    stage.publish(tmp_path / "a")
    stage.publish(tmp_path / "b")
    stage.publish(tmp_path / "b")
    first, second = (
        {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}
        for root in (tmp_path / "a", tmp_path / "b")
    )
    assert first == second


def test_a_publication_that_fails_leaves_the_old_one_whole(tmp_path: Path) -> None:
    page = ordinary_stage().publish(tmp_path)
    old = page.read_bytes()

    def torn(wanted: str) -> bytes:
        raise OSError("the disk is full")

    stage = ordinary_stage()
    with pytest.raises(OSError, match="the disk is full"):
        stage.publish_with(tmp_path, warc_member=torn)
    assert page.read_bytes() == old
    assert not list(tmp_path.rglob(".*"))


def test_sealed_captures_show_neither_words_nor_archive(tmp_path: Path) -> None:
    proof = digest("halaman")
    secret = "NIK warga 9971010101010001"
    stage = ordinary_stage(sealed=frozenset({proof}), payload=secret.encode(), headers=(("X-Nama", secret),))
    stage.publish(tmp_path)
    text = (tmp_path / CODE / RUN / "evidence" / f"{proof}.html").read_text(encoding="utf-8")
    assert "disegel" in text
    assert proof in text
    assert not (tmp_path / CODE / RUN / "evidence" / f"{proof}.warc.gz").exists()
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or b"9971010101010001" not in path.read_bytes(), path


def test_evidence_shows_the_source_as_text_and_no_session(public: Path) -> None:
    text = (public / CODE / RUN / "evidence" / f"{digest('halaman')}.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "nginx" in text
    assert "rahasia=1" not in text
    assert f"{digest('halaman')}.warc.gz" in text


@pytest.mark.parametrize(
    ("media_type", "payload", "shown"),
    [
        ("application/pdf", b"%PDF-1.7 \xff\xfe", "Isinya bukan teks"),
        ("text/html; charset=windows-1252", "<p>caf\u00e9 \u2013 buka</p>".encode("cp1252"), "café – buka"),
        ("text/plain; charset=tidak-ada", "Besar café".encode(), "Besar café"),
        ("text/plain; charset=idna", b"xn--\xff", "xn--"),
        ("text/plain", b"abc\0def", "Isinya bukan teks"),
        ("application/json", b'{"a": "<b>"}', "{&#34;a&#34;: &#34;&lt;b&gt;&#34;}"),
        ("text/html", b"<" * 400_000, "Ditampilkan bagian awalnya saja"),
        ("text/html", b"", "Isi"),
    ],
)
def test_evidence_of_any_kind(tmp_path: Path, media_type: str, payload: bytes, shown: str) -> None:
    ordinary_stage(payload=payload, media_type=media_type, headers=()).publish(tmp_path)
    page = tmp_path / CODE / RUN / "evidence" / f"{digest('halaman')}.html"
    assert shown in page.read_text(encoding="utf-8")
    assert page.stat().st_size < 1_000_000


def test_an_evidence_that_is_not_in_the_archive_has_no_page(tmp_path: Path) -> None:
    stage = Stage(judgement([f for f in ordinary() if f.verdict.evidence][:1]))
    stage.publish_with(tmp_path, captures=lambda wanted: None, warc_member=lambda wanted: None)
    assert not (tmp_path / CODE / RUN / "evidence").exists()
    assert "salinan arsip kami" not in (tmp_path / CODE / RUN / "details.html").read_text(encoding="utf-8")


def test_causes_accuracy_and_agent_are_shown_where_they_are_given(tmp_path: Path) -> None:
    more = {
        "causes": {"timeout": Text("tidak menjawab dalam waktunya", "did not answer in time")},
        "accuracy": {
            "measured": "2026-11-24",
            "rows": [
                {"what": {"id": "Jenis dikenali", "en": "Kind"}, "n": 640, "value": 0.971, "low": 0.95, "high": 0.99}
            ],
        },
        "user_agent": "transparency-auditor/0.1 (+mailto:a@b.example)",
    }
    page = ordinary_stage(more=more).publish(tmp_path)
    assert "tidak menjawab dalam waktunya" in (page.parent / "sites.html").read_text(encoding="utf-8")
    method = (tmp_path / "methodology" / catalogue().version / "index.html").read_text(encoding="utf-8")
    assert "Jenis dikenali" in method
    assert "0,971" in method
    assert "0,950–0,990" in method
    assert "transparency-auditor/0.1" in method


def test_the_methodology_tells_weights_example_official_results_and_every_criterion(public: Path) -> None:
    text = (public / "methodology" / catalogue().version / "index.html").read_text(encoding="utf-8")
    assert "Terendah 48,0, tertinggi 72,0, bobot yang terlihat 76%, dari yang terlihat saja 63,2." in text
    for words in ("Cukup Informatif", "Informatif (94,07)", "megapolitan.antaranews.com", "31 Januari, tahun Y"):
        assert words in text, words
    for criterion in catalogue().criteria:
        assert f'id="k-{criterion.id}"' in text
    assert text.count("belum diverifikasi") >= len(catalogue().criteria) - 1


def test_two_bodies_share_a_site_by_name(tmp_path: Path) -> None:
    ordinary_stage().publish(tmp_path)
    stage = ordinary_stage()
    body = replace(stage.judgement.facts.body, code="32.71", name="Kota Alpha")
    other = replace(stage, judgement=replace(stage.judgement, facts=replace(stage.judgement.facts, body=body)))
    other.publish(tmp_path)
    (tmp_path / "99.99").mkdir()
    (tmp_path / "99.99" / "body.json").write_text("{")
    publish_front(tmp_path)
    text = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert text.index("Kota Alpha") < text.index("Kota Contoh")
