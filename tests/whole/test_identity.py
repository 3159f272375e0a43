"""Whether a site is still the city's, over real HTTP, TLS and names: what decided is told in words."""

from __future__ import annotations

import socket
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from auditor.collect import guard
from auditor.model import Role, Site, Status
from checks.judging import judge
from tests.badsite import BadSite, Reply, html, redirect, text
from tests.collect.issued import issued
from tests.whole.judged_sites import catalogue, judged

IDENTITY = "identitas-situs"
OWN = html("<p>Selamat datang di laman PPID Kota Contoh. Informasi publik bagi warga.</p>", "PPID Kota Contoh")
SHOP = html(
    "<p>Welcome to our shop for running shoes. Free delivery on every order, thirty days to send it back. </p>" * 6,
    "Best running shoes 2026",
)


def one(url: str, name: str = "lama", role: Role = "covid", **more: object) -> Site:
    return Site(id=name, role=role, url=url, name=f"Situs {name}", **more)  # type: ignore[arg-type]


def alive(site: BadSite) -> Site:
    """Another site of the city that answers, so that the network is known to work."""
    return one(site.url(host="www.kota.localhost"), "www", "website")


def front(reply: object) -> BadSite:
    return BadSite({("www.kota.localhost", "/"): OWN, ("lama.localhost", "/"): reply})  # type: ignore[dict-item]


def test_the_citys_own_site_is_the_citys(tmp_path: Path) -> None:
    with front(OWN) as site:
        got = judged(tmp_path, [one(site.url(host="lama.localhost")), alive(site)], IDENTITY)
    assert {subject: v.status for (_, subject), v in got.verdicts.items()} == {"lama": "met", "www": "met"}


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (html("<p>This domain is for sale. Buy this domain today.</p>", "lama.id"), "domain is for sale"),
        (SHOP, "Best running shoes 2026"),
        (html("<h1>Hacked by Cyb3r T34m</h1>", "Hacked by Cyb3r T34m"), "Hacked by Cyb3r T34m"),
        (
            html(OWN.body.decode() + "<div style='display:none'>s\u200blot g4c0r deposit pulsa</div>", "PPID"),
            "lot g4c0r",
        ),
        (html(OWN.body.decode() + "<a href='http://x.example' style='left:-9999px'>Ѕlоt Gасоr Maxwin</a>"), "lоt"),
        (html(OWN.body.decode() + "<p style='font-size:0'>Bandar Togel Online Terpercaya</p>", "PPID"), "Bandar Togel"),
    ],
)
def test_other_hands_are_told_in_words_and_nothing_else_is_judged(reply: Reply, words: str, tmp_path: Path) -> None:
    with front(reply) as site:
        got = judged(tmp_path, [one(site.url(host="lama.localhost"), lifecycle="archived"), alive(site)])
    verdict = got.verdicts[IDENTITY, "lama"]
    assert (verdict.status, verdict.reason) == (Status.UNMET, "other-hands")
    for language in ("id", "en"):
        assert words in got.message(IDENTITY, "lama", language)
    assert any(words in one.quote for one in verdict.evidence)
    others = {c: v for (c, subject), v in got.verdicts.items() if subject == "lama" and c != IDENTITY}
    assert len(others) >= 2
    assert {v.status for v in others.values()} == {Status.UNKNOWN}
    assert {v.reason for v in others.values()} == {"site-taken-over"}
    assert got.verdicts[IDENTITY, "www"].status is Status.MET


def test_an_address_that_leads_to_a_stranger(tmp_path: Path) -> None:
    with front(b"") as site:
        site.routes |= {
            ("lama.localhost", "/"): redirect(site.url("/promo", "toko.localhost")),
            ("toko.localhost", "/promo"): SHOP,
        }
        got = judged(tmp_path, [one(site.url(host="lama.localhost")), alive(site)])
    assert got.verdicts[IDENTITY, "lama"].reason == "other-hands"
    assert "toko.localhost" in got.message(IDENTITY, "lama")
    assert "Best running shoes" in got.message(IDENTITY, "lama")
    assert got.verdicts["https-sertifikat", "lama"].reason == "site-taken-over"


OFFICE = html(
    "<p>Portal resmi layanan pemerintah provinsi untuk seluruh warga, tanpa nama daerah lain.</p>" * 8, "Portal"
)


@pytest.mark.parametrize(
    ("host", "page", "named", "reason"),
    [
        ("dinkes.kota.localhost", OWN, (), "nothing-found-bad"),
        ("ppid-contoh.localhost", OWN, (), "human-other-host"),
        ("ppid-contoh.localhost", OWN, ("ppid-contoh.localhost",), "nothing-found-bad"),
        ("diskominfo.lain.go.id", OFFICE, (), "other-hands"),
        ("diskominfo.lain.go.id", OWN, (), "human-other-host"),
        ("diskominfo.lain.go.id", Reply(b"", 503), (), "human-other-host"),
        ("warungkopi.blogspot.com", SHOP, (), "other-hands"),
        ("kotacontoh.blogspot.com", OWN, (), "human-other-host"),
        ("kotacontoh.blogspot.com", OWN, ("kotacontoh.blogspot.com",), "nothing-found-bad"),
        ("warungkopi.blogspot.com", SHOP, ("kotacontoh.blogspot.com",), "other-hands"),
        ("sso.lain.localhost", html("<form><input type=password></form>", "Masuk"), (), "human-other-host"),
    ],
)
def test_where_an_address_may_lead(
    host: str, page: Reply, named: tuple[str, ...], reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To the body's own, to what the configuration names, to a page that names the body, or to somebody else."""
    real = guard._lookup

    def lookup(name: str, port: int) -> list[object]:
        return real("a.localhost" if name == host else name, port)

    monkeypatch.setattr(guard, "_lookup", lookup)
    path = "/login" if host.startswith("sso") else "/"
    with front(b"") as site:
        site.routes |= {("lama.localhost", "/"): redirect(site.url(path, host)), (host, path): page}
        got = judged(tmp_path, [one(site.url(host="lama.localhost"), hosts=named), alive(site)])
    assert got.verdicts[IDENTITY, "lama"].reason == reason
    if reason == "other-hands":
        others = {v.reason for (c, s), v in got.verdicts.items() if s == "lama" and c != IDENTITY}
        assert (host in got.message(IDENTITY, "lama"), others) == (True, {"site-taken-over"})


def test_a_name_that_is_gone_while_others_are_there(tmp_path: Path) -> None:
    with front(OWN) as site:
        got = judged(tmp_path, [one("http://tidak-ada.invalid/"), alive(site)])
    verdict = got.verdicts[IDENTITY, "lama"]
    assert (verdict.status, verdict.reason) == (Status.UNMET, "other-hands")
    assert "tidak-ada.invalid" in got.message(IDENTITY, "lama")
    assert {v.status for (c, s), v in got.verdicts.items() if s == "lama" and c != IDENTITY} == {Status.UNKNOWN}


def test_without_any_network_a_name_that_is_gone_is_no_sign(tmp_path: Path) -> None:
    got = judged(tmp_path, [one("http://tidak-ada.invalid/")], IDENTITY)
    assert got.verdicts[IDENTITY, "lama"].reason == "auditor-no-network"


# ---- certificates ----------------------------------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore::urllib3.exceptions.InsecureRequestWarning")  # as a program runs
@pytest.mark.parametrize("despite_tls", [False, True])
def test_a_certificate_for_another_name(despite_tls: bool, tmp_path: Path) -> None:
    files = issued(tmp_path, "hosting.example", "*.hosting.example")
    with front(OWN) as plain, BadSite({"/": OWN}, tls=files, host="lama.localhost") as site:
        sites = [one(site.url()), alive(plain)]
        got = judged(tmp_path / "e", sites, trust=files[0], despite_tls=despite_tls)
        assert despite_tls or site.asked() == []  # no word is said over a connection that is not theirs
    assert got.verdicts[IDENTITY, "lama"].reason == "other-hands"
    assert "hosting.example" in got.message(IDENTITY, "lama")
    others = {v.status for (c, subject), v in got.verdicts.items() if subject == "lama" and c != IDENTITY}
    assert others == {Status.UNKNOWN}


@pytest.mark.parametrize(
    ("days", "life", "reason"), [(5, 90, "expiring"), (60, 90, "nothing-found-bad"), (4, 6, "nothing-found-bad")]
)
def test_a_certificate_about_to_end_is_told_and_nothing_else_is_judged(
    days: int, life: int, reason: str, tmp_path: Path
) -> None:
    begins = datetime.now(UTC) - timedelta(days=life - days)
    files = issued(tmp_path, "lama.localhost", begins=begins, days=life)
    with front(OWN) as plain, BadSite({"/": OWN}, tls=files, host="lama.localhost") as site:
        got = judged(tmp_path / "e", [one(site.url(), role="service"), alive(plain)], trust=files[0])
    (shown,) = got.site("lama").certificates
    assert (shown.names, shown.verified, shown.issuer) == (("lama.localhost",), True, "Penerbit Misal")
    assert abs((shown.ends - begins).days - life) <= 1
    assert got.verdicts[IDENTITY, "lama"].reason == reason
    others = {c: v for (c, subject), v in got.verdicts.items() if subject == "lama" and c != IDENTITY}
    assert len(others) >= 8
    if reason != "expiring":
        assert "site-expiring" not in {v.reason for v in others.values()}
        return
    assert got.verdicts[IDENTITY, "lama"].status is Status.UNMET
    ends = shown.ends.astimezone(got.facts.at.tzinfo).date()
    left = str((ends - got.facts.at.date()).days)
    for language in ("id", "en"):
        said = got.message(IDENTITY, "lama", language)
        assert [word in said for word in ("lama.localhost", "Penerbit Misal", ends.isoformat(), left)] == [True] * 4
        for criterion in others:
            told = got.message(criterion, "lama", language)
            assert [word in told for word in (ends.isoformat(), left, "Situs lama")] == [True] * 3, told
    assert {(v.status, v.reason) for v in others.values()} == {(Status.UNKNOWN, "site-expiring")}
    assert not {v.reason for (_, subject), v in got.verdicts.items() if subject == "www"} & {"site-expiring"}


def test_how_many_days_are_about_to_end_is_the_catalogues_to_say(tmp_path: Path) -> None:
    (asked,) = catalogue(IDENTITY).criteria
    assert asked.params == {"warn_days": 14}
    files = issued(tmp_path, "lama.localhost", begins=datetime.now(UTC) - timedelta(days=70), days=90)
    with BadSite({"/": OWN}, tls=files, host="lama.localhost") as site:
        got = judged(tmp_path / "e", [one(site.url())], IDENTITY, trust=files[0])
    assert got.verdicts[IDENTITY, "lama"].status is Status.MET
    earlier = replace(got.catalogue, criteria=(replace(asked, params={"warn_days": 25}),))
    (found,) = judge(got.facts, earlier)
    assert (found[1].status, found[1].reason) == (Status.UNMET, "expiring")


@pytest.mark.filterwarnings("ignore::urllib3.exceptions.InsecureRequestWarning")  # as a program runs
@pytest.mark.parametrize("despite_tls", [False, True])
def test_an_expired_certificate_is_named_and_nothing_else_is_judged(despite_tls: bool, tmp_path: Path) -> None:
    """Whether or not the operator has it read all the same; of the certificate itself it is seen that it is none."""
    files = issued(tmp_path, "lama.localhost", begins=datetime(2020, 1, 1, tzinfo=UTC), days=365)
    with front(OWN) as plain, BadSite({"/": OWN}, tls=files, host="lama.localhost") as site:
        sites = [one(site.url(), role="service"), alive(plain)]
        got = judged(tmp_path / "e", sites, trust=files[0], despite_tls=despite_tls)
        assert despite_tls or site.asked() == []
    shown = [c for c in got.site("lama").certificates if not c.verified]
    assert [c.ends.date().isoformat() for c in shown] == ["2020-12-31"]
    verdict = got.verdicts["https-sertifikat", "lama"]
    assert (verdict.status, verdict.reason) == (Status.UNMET, "bad-found")
    assert "2020-12-31" in verdict.evidence[0].quote
    assert got.verdicts[IDENTITY, "lama"].status is Status.UNMET
    for language in ("id", "en"):
        assert "Penerbit Misal" in got.message(IDENTITY, "lama", language)
        assert "2020-12-31" in got.message(IDENTITY, "lama", language)
    kept = (IDENTITY, "https-sertifikat")
    others = {v.reason for (c, s), v in got.verdicts.items() if s == "lama" and c not in kept}
    assert others == {"site-expired"}


# ---- names -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "reason"), [(html("<p>Selamat datang</p>", "Beranda"), "site-wildcard"), (OWN, "nothing-found-bad")]
)
def test_a_domain_that_answers_for_every_name(
    page: Reply, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = guard._lookup

    def lookup(host: str, port: int) -> list[object]:
        if host.endswith(".kotamisal.go.id"):
            asked.append(host)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
        return real(host, port)

    monkeypatch.setattr(guard, "_lookup", lookup)
    with BadSite({"/": page}) as site:
        got = judged(tmp_path, [one(site.url(host="covid.kotamisal.go.id"))], IDENTITY)
        assert {seen.host for seen in site.log} == {"covid.kotamisal.go.id"}
    wild = got.site("lama").wildcard
    assert wild is not None
    assert (wild.domain, wild.same_address) == ("kotamisal.go.id", True)
    assert len({name for name in asked if name.startswith("auditor-")}) == 1
    assert got.verdicts[IDENTITY, "lama"].reason == reason
    if reason == "site-wildcard":
        assert "kotamisal.go.id" in got.message(IDENTITY, "lama")


def test_an_ordinary_domain_is_no_wildcard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lookup(host: str, port: int) -> list[object]:
        if host != "covid.kotamisal.go.id":
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(guard, "_lookup", lookup)
    with BadSite({"/": text("x", "text/html")}) as site:
        got = judged(tmp_path, [one(site.url(host="covid.kotamisal.go.id"))], IDENTITY)
    assert got.site("lama").wildcard is None


# ---- what is too much for us -----------------------------------------------------------------------------------------


def test_a_front_page_of_thirty_megabytes_is_named_and_nothing_is_said_of_the_site(tmp_path: Path) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 31000000\r\n\r\n"
    with front(OWN) as site:
        site.routes[("lama.localhost", "/")] = head + b"<p>isi</p>" * 100_000
        got = judged(tmp_path, [one(site.url(host="lama.localhost")), alive(site)])
    assert got.site("lama").visit.cause == "too-large"
    verdict = got.verdicts[IDENTITY, "lama"]
    assert (verdict.status, verdict.reason) == (Status.UNKNOWN, "site-unread")
    assert {v.status for (_, subject), v in got.verdicts.items() if subject == "lama"} == {Status.UNKNOWN}
