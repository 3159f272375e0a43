"""A site whose content changes owner between two nights, through whole audits over real HTTP."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from auditor import audit
from auditor.config import load
from tests.badsite import BadSite, Reply, html
from tests.whole.conftest import CODE, auditor, config_toml

IDENTITY = "identitas-situs"
OWN = html(
    "<h1>Dinas Kesehatan Kota Contoh</h1><p>Selamat datang di laman resmi yang memuat informasi untuk warga dan "
    "layanan dari puskesmas di Kota Contoh dengan jadwal pada setiap hari kerja.</p>",
    "Dinas Kesehatan Kota Contoh",
)
SHOP = html(
    "<h1>Nordic Coffee Roasters</h1><p>We roast coffee for you in small batches and send it to your door. This is the "
    "best of our beans, and all of it is fresh.</p>",
    "Nordic Coffee Roasters",
)
REDESIGNED = html(
    "<h1>Contoh Health Office</h1><p>Welcome to the new site of the health office of Kota Contoh. This is where you "
    "find our services and the opening hours of all clinics in the city.</p>",
    "Contoh Health",
)
SAME_TONGUE = html(
    "<h1>Kopi Nusantara</h1><p>Kami menyangrai kopi untuk anda dan mengirimkannya dari kebun di pegunungan dengan "
    "harga yang baik. Ini adalah biji pilihan dalam kemasan.</p>",
    "Kopi Nusantara",
)


@dataclass(frozen=True)
class Night:
    identity: dict[str, Any]
    others: set[str]
    run: str


def night(path: Path, day: int) -> Night:
    at = datetime(2026, 11, day, 1, tzinfo=ZoneInfo("Asia/Jakarta"))
    audit.run(load(path), started=datetime.now(UTC), at=at)
    run = f"202611{day:02d}-01"
    found = json.loads((path.parent / "public" / CODE / run / "findings.json").read_text("utf-8"))
    mine = [f for f in found if f["site"] == "dinkes"]
    (identity,) = [f for f in mine if f["criterion"] == IDENTITY]
    return Night(identity, {f["reason"] for f in mine if f["criterion"] != IDENTITY}, run)


def configured(folder: Path, site: BadSite) -> Path:
    """On `go.id`, where a content without the body's name is no sign by itself: it cannot have been bought."""
    path = folder / "config.toml"
    one = {
        "id": "dinkes",
        "role": "website",
        "url": site.url(host="dinkes.kotacontoh.go.id"),
        "name": "Dinas Kesehatan",
    }
    path.write_text(config_toml(one), encoding="utf-8")
    return path


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> BadSite:
    from auditor.collect import guard

    real = guard._lookup

    def lookup(name: str, port: int) -> list[object]:
        return real("a.localhost", port) if name == "dinkes.kotacontoh.go.id" else real(name, port)

    monkeypatch.setattr(guard, "_lookup", lookup)
    return BadSite({"/robots.txt": Reply(b"", 404), "/": OWN})


def test_a_front_page_of_which_all_has_changed_is_in_other_hands_until_it_names_the_body_again(
    site: BadSite, tmp_path: Path
) -> None:
    with site:
        path = configured(tmp_path, site)
        first = night(path, 1)
        assert (first.identity["status"], first.identity["reason"]) == ("met", "nothing-found-bad")
        site.routes["/"] = SHOP
        for day in (2, 3):  # the night before is a stranger's already on the third: what was known is handed on
            lost = night(path, day)
            assert (lost.identity["status"], lost.identity["reason"]) == ("unmet", "other-hands")
            for language in ("id", "en"):
                said = lost.identity["message"][language]
                words = ("Dinas Kesehatan Kota Contoh", "(id)", "Nordic Coffee Roasters", "(en)")
                assert [word in said for word in words] == [True] * 4, said
            assert lost.others == {"site-taken-over"}
        done = auditor("rescore", "--config", path, "--run", lost.run, "--json", "--out", tmp_path / "out")
        published = path.parent / "public" / CODE / lost.run
        assert done.stdout.encode() == (published / "score.json").read_bytes()
        assert (tmp_path / "out" / "findings.json").read_bytes() == (published / "findings.json").read_bytes()
        site.routes["/"] = OWN
        assert night(path, 4).identity["status"] == "met"


@pytest.mark.parametrize("after", [REDESIGNED, SAME_TONGUE], ids=["names the body", "the same language"])
def test_what_still_names_the_body_or_did_not_change_in_all_is_no_change_of_owner(
    after: Reply, site: BadSite, tmp_path: Path
) -> None:
    with site:
        path = configured(tmp_path, site)
        night(path, 1)
        site.routes["/"] = after
        assert night(path, 2).identity["reason"] == "nothing-found-bad"


def test_without_the_night_before_only_tonights_content_tells(site: BadSite, tmp_path: Path) -> None:
    with site:
        path = configured(tmp_path, site)
        site.routes["/"] = SHOP
        assert night(path, 1).identity["reason"] == "nothing-found-bad"
