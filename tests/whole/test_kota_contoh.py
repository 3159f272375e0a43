"""The audit of Kota Contoh against its manifest, which was written from what was put into the city."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import Any
from urllib.parse import urlsplit

import pytest

from auditor.demo.city import build
from auditor.demo.manifest import BODY, Night, load
from auditor.read.links import links
from checks.catalogue import load as load_catalogue
from tests.whole.conftest import NIGHTS, Demo, auditor

MANIFEST = load()
NIGHT = pytest.mark.parametrize("night", [1, 2])


@NIGHT
def test_every_document_is_found_and_is_what_it_is(demo: Demo, night: int) -> None:
    found = {row["url"]: row for row in demo.csv(night, "documents.csv")}
    wrong = []
    for true in MANIFEST.night(night).documents:
        row = found.get(true.place.url(demo.port))
        if row is None:
            if true.sure:
                wrong.append(f"missing: {true.title}")
            continue
        said = {name: row[name] for name in ("kind", "years", "format", "readable")}
        real = {
            "kind": true.kind,
            "years": ";".join(map(str, true.years)),
            "format": true.format,
            "readable": str(true.readable).lower(),
        }
        if true.unit is not None:
            said["unit"], real["unit"] = row["unit"], true.unit
        if true.sure and said != real:
            wrong.append(f"{true.title}: said {said}, is {real}")
    assert not wrong, "\n".join(wrong)


@NIGHT
def test_nothing_else_is_called_a_document(demo: Demo, night: int) -> None:
    true = {document.place.url(demo.port) for document in MANIFEST.night(night).documents}
    false = {f.place.url(demo.port): f.reason for f in MANIFEST.night(night).false_documents if f.place}
    extra = {row["url"]: row["title"] for row in demo.csv(night, "documents.csv") if row["url"] not in true}
    assert not {url: (title, false.get(url, "not in the city's list")) for url, title in extra.items()}


@NIGHT
def test_a_document_stands_on_the_page_that_is_named(demo: Demo, night: int) -> None:
    city = build(night)
    for row in demo.csv(night, "documents.csv"):
        if row["format"] == "html":
            continue
        page = urlsplit(row["found_on"])
        target = page.path + (f"?{page.query}" if page.query else "")
        body = city.answer(str(page.hostname), target).body.replace(b"{port}", str(demo.port).encode())
        assert row["url"] in {link.url for link in links(body, row["found_on"])} or "drive." in row["url"], row


@NIGHT
def test_datasets_are_the_portals(demo: Demo, night: int) -> None:
    rows = [row for row in demo.csv(night, "datasets.csv") if row["platform"] == "ckan"]
    found = {row["url"].rstrip("/").rsplit("/", 1)[1]: row for row in rows}
    true = {dataset.slug: dataset for dataset in MANIFEST.night(night).datasets}
    assert set(found) == set(true)
    for slug, dataset in true.items():
        if not dataset.sure:
            continue
        row = found[slug]
        assert row["unit"] == dataset.unit, slug
        assert bool(row["licence"]) is dataset.licensed, slug
        assert row["newest_period"] == dataset.newest, slug
        assert row["cadence"] == dataset.cadence, slug
        if dataset.fresh is not None:
            assert row["fresh"] == str(dataset.fresh).lower(), slug


def status_of(some: list[dict[str, Any]]) -> str:
    """The status of a criterion over its subjects, as the score takes it."""
    applicable = [finding for finding in some if finding["status"] != "not-applicable"]
    if not applicable:
        return "not-applicable"
    low = sum(finding["low"] for finding in applicable) / len(applicable)
    high = sum(finding["high"] for finding in applicable) / len(applicable)
    if low >= 1:
        return "met"
    if high <= 0:
        return "unmet"
    return "unknown" if low <= 0 and high >= 1 else "partly"


def said(findings: list[dict[str, Any]]) -> dict[tuple[str, str], tuple[str, set[str]]]:
    by_subject: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for finding in findings:
        by_subject[finding["criterion"], finding["subject"]].append(finding)
        if finding["subject"] != BODY:
            by_subject[finding["criterion"], BODY].append(finding)
    return {key: (status_of(some), {f["reason"] for f in some}) for key, some in by_subject.items()}


@NIGHT
def test_the_findings_are_the_truth(demo: Demo, night: int) -> None:
    found = said(demo.json(night, "findings.json"))
    wrong = []
    for true in MANIFEST.night(night).findings:
        status, reasons = found[true.criterion, true.subject]
        if true.sure and (status != true.status or (true.reason and true.reason not in reasons)):
            wrong.append(
                f"{true.criterion} of {true.subject}: {status} {reasons}, is {true.status} {true.reason or ''}"
            )
    assert not wrong, "\n".join(wrong)


@NIGHT
def test_nothing_is_called_absent_that_was_not_looked_for_to_the_end(demo: Demo, night: int) -> None:
    unmet = [f for f in demo.json(night, "findings.json") if f["status"] == "unmet"]
    assert unmet
    of_a_site = {c.id for c in load_catalogue().criteria if c.judge == "site"}  # seen on the front page alone
    absences = [
        f
        for f in unmet
        if f["reason"] in ("not-found", "not-offered", "empty-section", "no-parts") and f["criterion"] not in of_a_site
    ]
    assert absences
    assert all(f["searched"] and all(place["complete"] for place in f["searched"]) for f in absences)


def test_a_site_that_did_not_answer_is_unknown_not_worse(demo: Demo) -> None:
    before = {f["id"]: f for f in demo.json(1, "findings.json")}
    for finding in demo.json(2, "findings.json"):
        if finding["site"] == "disdik":
            assert finding["status"] in ("unknown", "not-applicable"), finding
        if finding["reason"] == "site-vanished":
            assert before[finding["id"]]["status"] in ("met", "partly")
    lhkpn = next(f for f in demo.json(2, "findings.json") if f["criterion"] == "lhkpn")
    assert (before[lhkpn["id"]]["status"], lhkpn["status"]) == ("met", "unknown")


def test_the_score_is_made_from_the_truth(demo: Demo) -> None:
    """The bounds that the manifest's certain findings allow hold the published score."""
    for night in (1, 2):
        score = demo.json(night, "score.json")
        low, high = bounds(MANIFEST.night(night))
        assert 0 < score["low"] < score["high"] < 100
        assert low <= score["high"]
        assert score["low"] <= high
        assert score["low"] <= score["observed"] <= score["high"]
    assert demo.json(2, "score.json")["coverage"] < demo.json(1, "score.json")["coverage"]


def bounds(night: Night) -> tuple[float, float]:
    """Lowest and highest score that the sure findings allow: what is not sure may be anything."""
    catalogue = load_catalogue()
    sure = {f.criterion: f.status for f in night.findings if f.sure and f.subject == BODY}
    span = {"met": (1.0, 1.0), "unmet": (0.0, 0.0)}
    low = high = 0.0
    for indicator in catalogue.indicators:
        some = [c for c in catalogue.criteria if c.indicator == indicator.id and c.weight > 0]
        total = sum(c.weight for c in some)
        ends = [(c.weight, span.get(sure.get(c.id, ""), (0.0, 1.0))) for c in some]
        low += indicator.weight * sum(weight * end[0] for weight, end in ends) / total
        high += indicator.weight * sum(weight * end[1] for weight, end in ends) / total
    return low, high


def test_no_number_of_a_person_is_in_anything_that_is_published(demo: Demo) -> None:
    numbers = [b"9971", b"997101", b"997102"]
    leaked = []
    for path in (demo.directory / "public").rglob("*"):
        if path.is_file() and path.suffix in (".html", ".json", ".csv", ".xml"):
            text = path.read_bytes()
            leaked += [path.name for n in numbers if any(text[i:].startswith(n) and text[i : i + 16].isdigit()
                       for i in _places(text, n))]  # fmt: skip
    assert not leaked
    assert any(f["criterion"] == "pdp-kebocoran" and f["status"] == "unmet" for f in demo.json(1, "findings.json"))


def _places(text: bytes, wanted: bytes) -> list[int]:
    found, at = [], text.find(wanted)
    while at >= 0:
        found.append(at)
        at = text.find(wanted, at + 1)
    return found


def test_the_summary_says_what_a_person_needs(demo: Demo) -> None:
    assert "Score " in demo.told
    assert "What would raise it most:" in demo.told
    assert len(re.findall(r"^  (?:up to )?\+\d", demo.told, re.M)) == 4
    assert len(demo.told.strip().splitlines()) <= 23, "a screen of 24 lines, with one for the prompt"
    assert "Since the night before (" in demo.told
    assert str(demo.folder(2) / "index.html") in demo.told
    assert "crashed" not in demo.heard


def test_a_site_that_is_down_is_asked_of_its_keeper_once_and_the_others_wait(demo: Demo) -> None:
    """On the second night the site of the Dinas Pendidikan does not answer: findings of many owners hang on it."""
    down = [f for f in demo.json(2, "findings.json") if f["remedy"]["en"].startswith("Check the server, DNS")]
    owners = {f["unit"] for f in down} - {None, "Dinas Pendidikan"}
    assert len(owners) >= 5
    page = (demo.folder(2) / "todo.html").read_text("utf-8")
    remedy = "Periksa peladen, DNS, dan sertifikat Dinas Pendidikan"
    assert page.count(remedy) == 1
    assert remedy in page.split('letters/dinas-pendidikan.html"><bdi>Dinas Pendidikan')[1].split("</section>")[0]
    for owner in sorted(owners):
        section = re.search(rf"<section class=\"sheet\">\n<h2[^>]*><a[^>]*><bdi>{owner}</bdi>.*?</section>", page, re.S)
        waits = f"<bdi>{owner}</bdi> menunggu <bdi>Dinas Pendidikan</bdi>"
        assert waits in page or (section and "Menunggu <strong><bdi>Dinas Pendidikan</bdi>" in section[0])
    said = next(line for line in demo.told.splitlines() if "Check the server, DNS" in line)
    gain = sum(f["gain"] for f in down)
    assert f"up to +{gain:.1f} ({len(down)} findings)  Check the server" in said, "the terminal counts as the page does"
    front = (demo.folder(2) / "index.html").read_text("utf-8")
    assert f"Membuat {len(down)} hal dapat dilihat" in front


def test_a_dataset_that_only_says_it_is_new_is_shown_against_its_own_data(demo: Demo) -> None:
    row = next(r for r in demo.csv(1, "datasets.csv") if r["title"] == "Angka Partisipasi Sekolah")
    assert (row["fresh"], row["recency_basis"]) == ("false", "data")
    assert row["contradiction"] == "diperbarui 2026-08-17, data terbaru 2021"
    page = (demo.folder(1) / "datasets.html").read_text("utf-8")
    assert "portal menyebut diubah 17 Agustus 2026, data terbaru 2021" in page
    told = json.loads(auditor("datasets", "--config", demo.config, "--json").stdout)
    same = next(one for one in told if one["title"] == row["title"])
    assert (same["contradiction"], same["mqa_low"]) == (row["contradiction"], int(row["mqa_low"]))


def test_what_ended_is_an_archive_in_the_report(demo: Demo) -> None:
    row = next(r for r in demo.csv(1, "datasets.csv") if r["title"].startswith("Covid-19 Harian"))
    assert (row["fresh"], row["archive"], row["archive_whole"], row["archive_kept"]) == (
        "",
        "dihentikan",
        "true",
        "true",
    )
    assert "periode lengkap, masih dapat diunduh" in (demo.folder(1) / "datasets.html").read_text("utf-8")


def test_each_office_has_both_measures_as_intervals(demo: Demo) -> None:
    rows = [r for r in demo.csv(1, "datasets.csv") if r["unit"] == "Dinas Pendidikan"]
    low, high = (round(sum(int(r[name]) for r in rows) / len(rows)) for name in ("mqa_low", "mqa_high"))
    assert 0 < low < high < 405
    page = (demo.folder(1) / "producers.html").read_text("utf-8")
    office = page.split("<bdi>Dinas Pendidikan</bdi>")[1].split("</tr>")[0]
    assert f"{low}–{high}" in office
    assert "pilih kategori atau topik (2)" in office
    quality = demo.csv(1, "datasets_quality.csv")
    for row in rows:
        known = [q for q in quality if q["dataset"] == row["id"] and q["scheme"] == "mqa" and q["met"] == "true"]
        assert sum(int(q["points"]) for q in known) == int(row["mqa_low"])
    english = demo.directory / "public" / "en" / demo.folder(1).relative_to(demo.directory / "public")
    assert "choose a category or topic (2)" in (english / "producers.html").read_text("utf-8")


def test_findings_stand_in_four_parts_of_which_one_is_scored(demo: Demo) -> None:
    """In both languages, with the reason on the methodology page; only transparent governance moves the score."""
    parts = {one["criterion"]: one["dimension"] for one in demo.json(1, "findings.json")}
    assert {"public-services", "participation", "political-strategies"} < set(parts.values())
    assert parts["layanan-biaya"] == "public-services"
    score = demo.json(1, "score.json")
    for language, names, reason in (
        ("", ("Pemerintahan yang transparan", "Layanan publik dan sosial", "tidak dinilai"), "hanya menyangkut"),
        ("en", ("Transparent governance", "Public and social services", "not scored"), "transparent governance only"),
    ):
        public = demo.directory / "public" / language
        page = (public / "99.71" / NIGHTS[0] / "dimensions.html").read_text("utf-8")
        assert [name for name in names if name not in page] == []
        assert page.count(names[2]) == 3
        method = (public / "methodology" / score["catalogue"] / "index.html").read_text("utf-8")
        assert 'id="dimensi"' in method
        assert reason in method
