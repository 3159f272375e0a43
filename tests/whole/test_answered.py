"""Officers answer findings in tanggapan.toml; through the command line, over real HTTP, judged and rescored."""

from __future__ import annotations

import csv
import json
import re
import tomllib
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from auditor.model import finding_id
from tests.badsite import BadSite, Reply, html, redirect, text
from tests.read.made import pdf
from tests.whole.conftest import CODE, auditor
from tests.whole.test_bad_nights import configured

RPJMD, RKPD, LHKPN, DIP, RENSTRA = (finding_id(c, CODE) for c in ("rpjmd", "rkpd", "lhkpn", "dip", "perda-apbd"))
OFFICE = '<h1>Informasi Berkala</h1><p>Layanan informasi buka setiap hari kerja.</p><a href="/p">Profil</a>'


def paper(*lines: str) -> Reply:
    return Reply(pdf(*lines), 200, (("Content-Type", "application/pdf"),))


@pytest.fixture
def office() -> Iterator[BadSite]:
    rpjmd = ("PEMERINTAH KOTA CONTOH", "RENCANA PEMBANGUNAN JANGKA MENENGAH DAERAH", "RPJMD TAHUN 2025-2029")
    minutes = ("STANDAR OPERASIONAL PROSEDUR", "SOP PELAYANAN PERMOHONAN INFORMASI TAHUN 2026")
    with BadSite(
        {
            "/": html(OFFICE),
            "/p": html("<h1>Profil</h1><p>Kantor di Jalan Contoh.</p>"),
            "/berkas/1.pdf": paper(*rpjmd),
            "/berkas/2.pdf": paper(*minutes),
            "/rahasia.pdf": redirect("/login"),
            "/login": html('<h1>Masuk</h1><form method="post"><input name="u"><input type="password" name="p"></form>'),
            "/robots.txt": text("User-agent: *\nDisallow: /tertutup/\n"),
            ("lain.localhost", "/robots.txt"): Reply(b"", 404),
            ("lain.localhost", "/rpjmd.pdf"): paper(*rpjmd),
            ("lain.localhost", "/daftar"): html('<h1>Daftar</h1><a href="/jauh">Jauh</a>'),
        }
    ) as site:
        yield site


def answer(finding: str, url: str, day: str = "2026-11-02", more: str = "") -> str:
    return (
        f'[[tanggapan]]\ntemuan = "{finding}"\nalamat = "{url}"\nalasan = "sudah diunggah"\n'
        f'oleh = "Ani, PPID"\ntanggal = {day}\n{more}\n'
    )


def findings(path: Path) -> dict[str, Any]:
    return {f["id"]: f for f in json.loads(auditor("findings", "--config", path, "--json").stdout)}


def shown(public: Path, folder: Path) -> None:
    """What people read of the answers, and one to copy beside each finding."""
    place = Path(CODE) / "20261103-01"
    pages = "".join(page.read_text("utf-8") for page in (public / place).glob("details*.html"))
    assert "<strong>tidak terbukti</strong>: <bdi>tautan mati (HTTP 404)</bdi>" in pages
    english = "".join(page.read_text("utf-8") for page in (public / "en" / place).glob("details*.html"))
    assert "<strong>not borne out</strong>: <bdi>a dead link (HTTP 404)</bdi>" in english
    assert "tanggapan: tidak terbukti" in (public / place / "findings.html").read_text("utf-8")
    ready = [tomllib.loads(unescape(one)) for one in re.findall(r"<pre>(.*?)</pre>", pages, re.DOTALL)]
    assert LHKPN in {one["tanggapan"][0]["temuan"] for one in ready}
    with (public / place / "findings.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    assert (rows[LHKPN]["answer_outcome"], rows[LHKPN]["answer_date"]) == ("not-held", "2026-11-02")
    assert (
        "tautan mati (HTTP 404)"
        in auditor("findings", "--config", folder / "config.toml", "--csv", "--lang", "id").stdout
    )


def test_the_answer_is_looked_at_and_only_what_was_seen_counts(tmp_path: Path, office: BadSite) -> None:
    path = configured(tmp_path, office.url("/"))
    auditor("run", "--config", path, "--at", "2026-11-02")
    before = findings(path)
    assert before[RPJMD]["status"] == before[RKPD]["status"] == "unmet"
    assert "answer" not in before[RPJMD]
    told = answer(RPJMD, office.url("/berkas/1.pdf"), more='catatan = "NIK 9971014101800001"')
    told += answer(RKPD, office.url("/berkas/2.pdf")) + answer(LHKPN, office.url("/tak-ada.pdf"))
    told += answer(DIP, office.url("/rahasia.pdf")) + answer(RENSTRA, office.url("/tertutup/x.pdf"))
    (tmp_path / "tanggapan.toml").write_text(told, encoding="utf-8")
    auditor("run", "--config", path, "--at", "2026-11-03")
    now = findings(path)
    assert (now[RPJMD]["answer"]["outcome"], now[RPJMD]["status"]) in (("held", "met"), ("partly", "partly"))
    assert now[RPJMD]["low"] > before[RPJMD]["low"]
    assert "9971014101800001" not in json.dumps(now[RPJMD])
    for finding, outcome, seen in (
        (RKPD, "not-held", "bukan"),
        (LHKPN, "not-held", "tautan mati (HTTP 404)"),
        (DIP, "not-held", "login"),
        (RENSTRA, "unseen", "robots.txt"),
    ):
        assert now[finding]["answer"]["outcome"] == outcome
        assert seen in now[finding]["answer"]["seen"]["id"] or seen == "bukan"
        assert [now[finding][k] for k in ("status", "low", "high")] == [
            before[finding][k] for k in ("status", "low", "high")
        ]
    assert "/tertutup/x.pdf" not in office.asked()
    shown(tmp_path / "public", tmp_path)
    published = (tmp_path / "public" / CODE / "20261103-01" / "findings.json").read_bytes()
    (tmp_path / "tanggapan.toml").unlink()  # a rescore needs the evidence alone
    auditor("rescore", "--config", path, "--run", "20261103-01", "--out", tmp_path / "again")
    assert (tmp_path / "again" / "findings.json").read_bytes() == published


def test_another_host_is_one_document_and_not_crawled_on(tmp_path: Path, office: BadSite) -> None:
    path = configured(tmp_path, office.url("/"))
    told = answer(RPJMD, office.url("/rpjmd.pdf", "lain.localhost"))
    told += answer(RKPD, office.url("/daftar", "lain.localhost"))
    (tmp_path / "tanggapan.toml").write_text(told, encoding="utf-8")
    auditor("run", "--config", path, "--at", "2026-11-03")
    assert findings(path)[RPJMD]["answer"]["outcome"] in ("held", "partly")
    assert set(office.asked("lain.localhost")) == {"/robots.txt", "/rpjmd.pdf", "/daftar"}


def test_private_addresses_stay_refused_and_faults_are_named(tmp_path: Path, office: BadSite) -> None:
    path = configured(tmp_path, office.url("/"))
    near = RKPD[:-1] + ("0" if RKPD[-1] != "0" else "1")
    told = answer(RPJMD, "http://10.0.0.1/rpjmd.pdf") + answer(near, office.url("/berkas/2.pdf"))
    told += answer(LHKPN, "file:///etc/passwd") + answer(DIP, office.url("/x"), more='catatn = "x"')
    told += answer(RENSTRA, office.url("/lama.pdf"), "2026-11-02") + answer(RENSTRA, office.url("/p"), "2026-11-01")
    (tmp_path / "tanggapan.toml").write_text(told, encoding="utf-8")
    done = auditor("run", "--config", path, "--at", "2026-11-03")
    assert f"did you mean {RKPD}?" in done.stderr
    assert "tanggapan.toml:15: `alamat` 'file:///etc/passwd' is no web address" in done.stderr
    assert "did you mean `catatan`?" in done.stderr
    assert f"finding {RENSTRA} is answered twice" in done.stderr
    now = findings(path)
    assert now[RPJMD]["answer"]["outcome"] == "unseen"
    assert now[RPJMD]["status"] == "unmet"
    assert now[RENSTRA]["answer"]["url"].endswith("/lama.pdf")
