"""What is hard to read is named and never guessed: one night of strange sites through the command line."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from tests.badsite import BadSite, html
from tests.whole.conftest import CODE, auditor, config_toml

IDENTITY = "identitas-situs"
ADVERT = "Situs Slot Gacor Hari Ini Gampang Menang"
OWN = "<p>Laman resmi Kota Contoh dengan informasi publik berkala bagi seluruh warga.</p>"
SPREAD = "\u200b".join(ADVERT)
ENCODED = base64.b64encode(f"<a href=https://x.example>{ADVERT}</a>".encode() * 200).decode()
PICTURES = "".join(f"<img src='data:image/png;base64,iVBORw0KGgo{n}'>" for n in range(9))
LONG = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 31000000\r\n\r\n" + b"<p>isi</p>" * 3_100_000

SITES = {
    "tersembunyi": html(f"{OWN}<div hidden><a href='https://x.example/'>{SPREAD}</a></div>", "PPID"),
    "terpisah": html("\u200b".join(OWN.removeprefix("<p>").removesuffix("</p>")), "PPID Kota Contoh"),
    "gambar": html(PICTURES, "Beranda"),
    "gambar-bernama": html(PICTURES, "PPID Kota Contoh"),
    "panjang": LONG,
    "tersandi": html(f"{OWN}<script>document.write(atob('{ENCODED}'))</script><img src='data:;,{ENCODED}'>", "PPID"),
}
EXPECTED = {
    "tersembunyi": ("unmet", "other-hands"),
    "terpisah": ("met", "nothing-found-bad"),
    "gambar": ("unknown", "site-image-only"),
    "gambar-bernama": ("met", "nothing-found-bad"),
    "panjang": ("unknown", "site-unread"),
    "tersandi": ("met", "nothing-found-bad"),
}


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    folder = tmp_path_factory.mktemp("aneh")
    with BadSite({(f"{name}.localhost", "/"): page for name, page in SITES.items()}) as server:
        sites = [{"id": n, "role": "service", "url": server.url(host=f"{n}.localhost"), "name": n} for n in SITES]
        (folder / "config.toml").write_text(config_toml(*sites, timeout_seconds=20), encoding="utf-8")
        done = auditor("run", "--config", folder / "config.toml", "--at", "2026-11-03", check=False)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    (run,) = (folder / "public" / CODE).glob("20261103-*")
    return json.loads((run / "findings.json").read_text("utf-8"))


@pytest.mark.parametrize("name", SITES)
def test_each_is_named_for_what_it_is(findings: list[dict[str, Any]], name: str) -> None:
    (found,) = [f for f in findings if f["criterion"] == IDENTITY and f["site"] == name]
    assert (found["status"], found["reason"]) == EXPECTED[name], found["message"]["en"]
    if name == "tersembunyi":
        assert "lot" in found["message"]["id"]
    if found["status"] == "unknown":
        assert name in found["message"]["id"]


@pytest.mark.parametrize("name", ["gambar", "gambar-bernama", "panjang"])
def test_nothing_that_could_not_be_read_is_said_to_be_there(findings: list[dict[str, Any]], name: str) -> None:
    standard = [f for f in findings if f["site"] == name and f["criterion"].startswith("layanan-")]
    assert len(standard) >= 8
    said = {f["status"] for f in standard if f["criterion"] != "layanan-terjangkau"}
    assert "met" not in said
    assert name != "panjang" or said == {"unknown"}
