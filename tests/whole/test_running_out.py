"""The night on which a certificate is about to end: what is told of the site, and that nobody is said to be worse."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from auditor import audit
from auditor.config import load
from tests.badsite import BadSite, Reply, Route, html
from tests.collect.issued import issued
from tests.read.made import pdf
from tests.whole.conftest import CODE, auditor, config_toml

IDENTITY = "identitas-situs"
KEEPER = "Dinas Komunikasi dan Informatika"
ROUTES: dict[object, Route] = {
    "/": html(
        "<h1>PPID Kota Contoh</h1><p>Informasi publik berkala bagi warga Kota Contoh.</p>"
        '<a href="/1.pdf">RPJMD Kota Contoh Tahun 2025-2029</a>',
        "PPID Kota Contoh",
    ),
    "/1.pdf": Reply(
        pdf("PEMERINTAH KOTA CONTOH", "RENCANA PEMBANGUNAN JANGKA MENENGAH DAERAH", "RPJMD TAHUN 2025-2029"),
        200,
        (("Content-Type", "application/pdf"),),
    ),
    "/robots.txt": Reply(b"", 404),
}


@dataclass(frozen=True)
class Nights:
    """One certificate of ninety days, on its second day and with ten days to go."""

    config: Path
    runs: tuple[str, str]

    def of(self, night: int, name: str) -> Any:
        return json.loads((self.folder(night) / name).read_text("utf-8"))

    def folder(self, night: int) -> Path:
        return self.config.parent / "public" / CODE / self.runs[night]

    def page(self, night: int, name: str, language: str = "") -> str:
        root = self.config.parent / "public" / language / CODE / self.runs[night]
        return " ".join(unescape((root / name).read_text("utf-8")).split())


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nights]:
    folder = tmp_path_factory.mktemp("running-out")
    files = issued(folder, "ppid.localhost")
    first = datetime.now(UTC)
    patch = pytest.MonkeyPatch()
    with BadSite(ROUTES, tls=files, host="ppid.localhost") as site:
        path = folder / "config.toml"
        ppid = {"id": "ppid", "role": "ppid", "url": site.url(), "name": "PPID Kota Contoh", "unit": KEEPER}
        path.write_text(config_toml(ppid))
        patch.setattr(audit, "collect", partial(audit.collect, trust=files[0]))
        runs = [audit.run(load(path), started=first, at=at) for at in (first, first + timedelta(days=79))]
        yield Nights(path, (runs[0].judgement.run, runs[1].judgement.run))
    patch.undo()


def test_identity_is_unmet_and_all_else_of_the_site_unknown(nights: Nights) -> None:
    """Also what is asked of the body and can stand nowhere but on this site."""
    before = {f["id"]: f for f in nights.of(0, "findings.json")}
    now = nights.of(1, "findings.json")
    assert [(f["criterion"], f["subject"]) for f in now if f["status"] != "unknown"] == [(IDENTITY, "ppid")]
    judged = [f for f in now if before[f["id"]]["status"] in ("met", "partly", "unmet") and f["criterion"] != IDENTITY]
    assert len(judged) > 50
    assert {f["reason"] for f in judged} == {"site-expiring"}
    for finding in judged:
        assert ("10 hari lagi" in finding["message"]["id"], "in 10 days" in finding["message"]["en"]) == (True, True)
        assert ("Perpanjang" in finding["remedy"]["id"], "Renew" in finding["remedy"]["en"]) == (True, True)
        assert "tangan" not in finding["message"]["id"] + finding["remedy"]["id"]


def test_the_comparison_says_that_the_city_changed_one_thing(nights: Nights) -> None:
    said = json.loads(auditor("diff", "--config", nights.config, "--json").stdout)
    city = [c for c in said["changes"] if c["whose"] == "city"]
    assert [(c["criterion"], c["before"], c["now"]) for c in city] == [(IDENTITY, "met", "unmet")]
    assert {c["whose"] for c in said["changes"]} == {"city", "sight"}
    before, now = nights.of(0, "score.json"), nights.of(1, "score.json")
    assert (now["low"] < before["low"], now["high"] > before["low"], now["band"]["label"]) == (True, True, None)


@pytest.mark.parametrize(
    ("language", "words"), [("", ("Kota mengubah 1 hal", "10 hari lagi")), ("en", ("The city changed 1", "in 10 days"))]
)
def test_the_first_page_says_why_the_value_fell(nights: Nights, language: str, words: tuple[str, str]) -> None:
    page = nights.page(1, "index.html", language)
    told = page[page.index("<h1>") : page.index('id="hari-ini"')]
    assert [word in told for word in words] == [True, True], told
    assert "10 hari lagi" not in nights.page(0, "index.html")


def test_renewal_is_the_first_thing_to_do(nights: Nights) -> None:
    page = nights.page(1, "index.html")
    first = page[page.index('id="hari-ini"') :].partition("</li>")[0]
    assert "Perpanjang sertifikat PPID Kota Contoh" in first


def test_renewal_is_asked_of_whoever_keeps_the_site_once(nights: Nights) -> None:
    """Findings of many owners hang on it; they wait for the keeper."""
    page = nights.page(1, "todo.html")
    assert page.count("Perpanjang sertifikat PPID Kota Contoh; pemeriksaan berikutnya menilainya kembali") == 1
    assert f"menunggu <bdi>{KEEPER}</bdi>" in page or f"Menunggu <strong><bdi>{KEEPER}</bdi>" in page


@pytest.mark.parametrize("night", [0, 1])
def test_a_rescore_says_the_same(nights: Nights, night: int) -> None:
    done = auditor("rescore", "--config", nights.config, "--run", nights.runs[night], "--json")
    assert done.stdout.encode() == (nights.folder(night) / "score.json").read_bytes()
