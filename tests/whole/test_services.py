"""The services and apps that config.toml names, over real HTTP: each is judged, each question with its own words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from auditor.config import load
from auditor.model import Site, Status
from tests.badsite import BadSite, Reply, Route, html
from tests.whole.judged_sites import Judged, judged

CONFIGURED = load(Path(__file__).parents[2] / "config.toml").sites
GOING = ("sibadra", "emenanduk", "sppt", "mpp", "biskita")
STANDARD = {
    "layanan-persyaratan": "Persyaratan: melampirkan kartu keluarga asli.",
    "layanan-prosedur": "Prosedur: 1. Pemohon mengisi formulir. 2. Petugas memverifikasi.",
    "layanan-waktu": "Jangka waktu penyelesaian: 2 hari kerja.",
    "layanan-biaya": "Biaya: gratis, tidak dipungut biaya.",
    "layanan-pengaduan": "Penanganan pengaduan: melalui SP4N-LAPOR! atau telepon (0251) 1234567.",
    "layanan-statistik-pengaduan": "Statistik pengaduan 2026: pengaduan masuk 120, pengaduan selesai 110.",
    "layanan-privasi": "Kebijakan privasi: data pemohon dipakai untuk layanan ini saja.",
}
WHOLE = html(
    "<h1>Standar Pelayanan Kota Bogor</h1>" + "".join(f"<p>{said}</p>" for said in STANDARD.values()), "Layanan"
)
LISTING = html('<h1>Aplikasi Kota Bogor</h1><p>Unduh.</p><a href="/privacy">Kebijakan privasi</a>', "Aplikasi")


def configured(name: str) -> Site:
    return next(site for site in CONFIGURED if site.id == name)


def night(folder: Path, pages: dict[str, Route], *names: str) -> Judged:
    """The configured sites, each at a loopback address of its own."""
    with BadSite({}) as server:
        server.routes |= {(f"{name}.localhost", "/"): pages.get(name, WHOLE) for name in names}
        server.routes |= {(f"{name}.localhost", "/privacy"): html("<p>Kebijakan privasi.</p>") for name in names}
        server.routes[("www.localhost", "/")] = html("<h1>Kota Bogor</h1>")
        sites = [replace(configured(name), url=server.url(host=f"{name}.localhost")) for name in names]
        www = Site("www", "website", server.url(host="www.localhost"), "Laman Kota Bogor")
        return judged(folder, [*sites, www])


def test_the_city_names_its_services_and_apps_with_their_roles() -> None:
    roles = {name: configured(name).role for name in (*GOING, "salur", "salurgtc", "jagaasa")}
    assert set(roles.values()) == {"service"}
    assert {configured(name).lifecycle for name in GOING} == {"active"}
    assert [site.role for site in CONFIGURED if site.id.startswith("jejak")] == ["app", "app"]


@pytest.mark.parametrize("missing", [None, *STANDARD])
def test_each_part_of_the_standard_is_asked_of_each_service_by_itself(missing: str | None, tmp_path: Path) -> None:
    """What one of them leaves out is that one's, and only that part is said to be missing."""
    said = [words for name, words in STANDARD.items() if name != missing]
    short = html("<h1>Standar Pelayanan</h1>" + "".join(f"<p>{words}</p>" for words in said), "Layanan")
    got = night(tmp_path, {"sppt": short}, *GOING)
    asked = {c.id: c for c in got.catalogue.criteria}
    unmet = {
        (name, site): v.status for (name, site), v in got.verdicts.items() if name in STANDARD and v.status != "met"
    }
    assert {(name, site) for name, site in unmet} == ({(missing, "sppt")} if missing else set())
    assert {got.verdicts["layanan-terjangkau", name].status for name in GOING} == {Status.MET}
    own = [asked[name] for name in (*STANDARD, "layanan-terjangkau", "aplikasi-terdaftar", "aplikasi-privasi")]
    for language in ("id", "en"):
        told = [[getattr(t, language) for t in (c.question, c.met, c.unmet, c.remedies["default"])] for c in own]
        assert {len(set(words)) for words in zip(*told, strict=True)} == {len(own)}


def test_a_service_that_has_ended_is_judged_on_being_kept_and_asked_nothing_that_is_moot(tmp_path: Path) -> None:
    got = night(tmp_path, {"salurgtc": Reply(b"", 410)}, "salur", "salurgtc")
    for name in STANDARD:
        assert got.verdicts[name, "salur"].status is Status.NOT_APPLICABLE
    assert got.verdicts["layanan-terjangkau", "salur"].status is Status.MET
    assert got.verdicts["layanan-terjangkau", "salurgtc"].status is Status.NOT_APPLICABLE
    kept = {name: got.verdicts["situs-berakhir-terjaga", name] for name in ("salur", "salurgtc")}
    assert (kept["salur"].low > 0, kept["salurgtc"].low) == (True, 0)


def test_apps_that_have_ended_are_asked_for_their_privacy_policy_while_they_are_listed(tmp_path: Path) -> None:
    apps = [site.id for site in CONFIGURED if site.role == "app"]
    got = night(tmp_path, {apps[0]: LISTING, apps[1]: Reply(b"", 404)}, *apps)
    for name in ("aplikasi-terdaftar", "aplikasi-privasi"):
        assert got.verdicts[name, apps[0]].status is Status.MET
        assert got.verdicts[name, apps[1]].status is Status.NOT_APPLICABLE
    bare = night(tmp_path / "b", {apps[0]: html("<h1>Aplikasi Kota Bogor</h1><p>Unduh.</p>", "Aplikasi")}, apps[0])
    assert bare.verdicts["aplikasi-privasi", apps[0]].status is Status.UNMET
