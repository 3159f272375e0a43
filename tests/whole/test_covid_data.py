"""Covid figures behind a map and in files, over real HTTP: found, read as tables, checked, held to the map's words."""

from __future__ import annotations

import json
from pathlib import Path

from auditor.model import Dataset, Site, Status
from tests.badsite import BadSite, Reply, html, text
from tests.whole.judged_sites import Judged, judged

REGIONS = "covid-data-wilayah"
PLACES = [(f"Kecamatan {'UST'[n // 4]}mpama", f"Misal{'abcdefghijkl'[n]}", 10 + n) for n in range(12)]
FEATURES = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [106.8, -6.6]},
                "properties": {"kecamatan": d, "kelurahan": v, "konfirmasi": n, "sembuh": n - 2, "meninggal": 1},
            }
            for d, v, n in PLACES
        ],
    }
)
GEOJSON = text(FEATURES, "application/geo+json")


def map_page(script: str, words: str = "Peta sebaran per kelurahan") -> Reply:
    return html(f"<p>{words} Kota Contoh. Data per 21 Juni 2023.</p><div id=map></div>{script}", "Peta Sebaran")


def night(folder: Path, routes: dict[str, object], **more: object) -> tuple[Judged, list[str]]:
    with BadSite(routes, host="covid.localhost") as site:  # type: ignore[arg-type]
        sites = [Site("covid", "covid", site.url(), "Covid-19", lifecycle="archived", unit="Dinas Kesehatan")]
        got = judged(folder, sites, REGIONS, "covid-situs-arsip", **more)
        return got, site.asked()


def only(got: Judged) -> Dataset:
    (dataset,) = got.site("covid").datasets
    return dataset


def test_the_data_behind_maps_are_fetched_and_read(tmp_path: Path) -> None:
    """As pages name them: in a call, relative to the page, in an attribute, in a script file of their own host."""
    routes = {
        "/": map_page(
            "<script>L.map('map'); fetch('/a.geojson').then(draw)</script><a href=/v2/peta>2</a><a href=/3>3</a>"
        ),
        "/v2/peta": map_page('<script>$.getJSON("data/b.json", draw)</script>'),
        "/3": map_page("<div data-geojson='/c.geojson'></div><script src=/js/peta.js></script>"),
        "/js/peta.js": text("d3.json('/api/sebaran/kelurahan')", "text/javascript"),
    }
    data = ("/a.geojson", "/v2/data/b.json", "/c.geojson", "/api/sebaran/kelurahan")
    got, asked = night(tmp_path, {**routes, **dict.fromkeys(data, GEOJSON)})
    assert [asked.count(path) for path in data] == [1, 1, 1, 1]
    tables = {
        d.url.partition("localhost:")[2].partition("/")[2]: d.resources[0].table for d in got.site("covid").datasets
    }
    assert set(tables) == {path[1:] for path in data}
    for table in tables.values():
        assert table is not None
        assert (table.schema, table.rows, table.kelurahan, table.kecamatan) == ("covid", 12, 12, 3)
    assert got.verdicts[REGIONS, "99.71"].status is Status.MET


def test_what_is_put_together_or_dangerous_is_not_asked_for(tmp_path: Path) -> None:
    script = (
        "<script>var id = 7; fetch('/api/kasus/' + id); axios.get(`/api/kelurahan/${id}`); fetch('/api/data/hapus/1');"
        "$.get('/data/logout'); fetch('/manifest.json'); var base = 'http://lain.localhost'; $.get(base + '/peta.json')"
        "</script><script src=/js/leaflet.js></script><script src=http://cdn.localhost/peta.js></script>"
    )
    _, asked = night(tmp_path, {"/": map_page(script)})
    assert sorted(asked) == ["/", "/robots.txt", "/sitemap.xml"]


def test_robots_txt_rules_the_data_too(tmp_path: Path) -> None:
    routes = {
        "/robots.txt": text("User-agent: *\nDisallow: /peta/\n"),
        "/": map_page("<script>fetch('/peta/rw.geojson')</script>"),
        "/peta/rw.geojson": GEOJSON,
    }
    got, asked = night(tmp_path, routes)
    assert "/peta/rw.geojson" not in asked
    assert got.site("covid").datasets == ()
    assert "robots" in {refusal.rule for refusal in got.site("covid").visit.refused}


def test_a_map_of_twenty_megabytes_is_read(tmp_path: Path) -> None:
    border = "[106.8123456,-6.6123456]," * 12_500
    places = ",".join(
        f'{{"type":"Feature","properties":{{"kelurahan":"Misal {n}","konfirmasi":{n},"sembuh":0}},'
        f'"geometry":{{"type":"Polygon","coordinates":[[{border}[0,0]]]}}}}'
        for n in range(68)
    )
    large = f'{{"type":"FeatureCollection","features":[{places}]}}'.encode()
    assert len(large) > 20_000_000
    page = map_page("<script>fetch('/peta.geojson')</script>")
    got, _ = night(tmp_path, {"/": page, "/peta.geojson": text(large, "application/json")}, timeout_seconds=20)
    resource = only(got).resources[0]
    assert (resource.bytes, resource.flaw) == (len(large), "")
    assert resource.table is not None
    assert resource.table.rows == 68


def test_a_map_beyond_what_we_download_is_named_and_no_absence(tmp_path: Path) -> None:
    routes = {"/": map_page("<script>fetch('/peta.geojson')</script>", "Peta"), "/peta.geojson": GEOJSON}
    got, _ = night(tmp_path, routes, max_bytes=1_000)
    assert only(got).resources[0].flaw == "too-large"
    verdict = got.verdicts[REGIONS, "99.71"]
    assert (verdict.status, verdict.reason) in ((Status.UNKNOWN, "site-unread"), (Status.PARTLY, "some-parts"))
    assert verdict.high == 1.0


def test_rw_is_asked_for_where_the_map_says_so(tmp_path: Path) -> None:
    claim = "Peta sebaran kasus konfirmasi per kecamatan, kelurahan, dan RW; sembuh, meninggal, suspek"
    routes = {"/": map_page("<script>fetch('/peta.geojson')</script>", claim), "/peta.geojson": GEOJSON}
    got, _ = night(tmp_path / "tanpa", routes)
    verdict = got.verdicts[REGIONS, "99.71"]
    assert (verdict.status, verdict.reason) == (Status.PARTLY, "some-parts")
    assert "RW" in got.message(REGIONS, "99.71")
    with_rw = text(FEATURES.replace('"konfirmasi"', '"rw": "01", "konfirmasi"'), "application/json")
    got, _ = night(tmp_path / "dengan", {**routes, "/peta.geojson": with_rw})
    assert got.verdicts[REGIONS, "99.71"].status is Status.MET


# ---- the figures themselves ------------------------------------------------------------------------------------------


def checked(folder: Path, *files: tuple[str, str]) -> dict[str, Dataset]:
    links = "".join(f"<p><a href='/{name}'>{name}</a></p>" for name, _ in files)
    routes: dict[str, object] = {"/": html(f"<main>{links}</main>", "Unduh")}
    routes |= {f"/{name}": text(body, "text/csv") for name, body in files}
    got, _ = night(folder, routes)
    return {dataset.url.rpartition("/")[2]: dataset for dataset in got.site("covid").datasets}


def rules(dataset: Dataset) -> set[str]:
    table = dataset.resources[0].table
    assert table is not None
    assert table.schema == "covid"
    return {error.rule for error in table.errors}


HEAD = "tanggal,kecamatan,kelurahan,kode kelurahan,total konfirmasi,total sembuh,total meninggal\n"
GOOD = HEAD + "".join(
    f"2021-0{month}-01,Utara,Misal {'_abc'[n]},99.71.01.10{n:02d},{10 * month + n},{5 * month},{month}\n"
    for month in (1, 2, 3)
    for n in (1, 2, 3)
)


WRONG = {
    "baik.csv": (GOOD, ""),
    "turun.csv": (GOOD.replace("01.1001,31,", "01.1001,3,"), "kumulatif-turun"),
    "depan.csv": (GOOD.replace("2021-03-01,Utara,Misal b", "2031-03-01,Utara,Misal b"), "tanggal-depan"),
    "kode.csv": (GOOD.replace("99.71.01.1003", "KEL-3"), "kode-wilayah"),
    "bagian.csv": (GOOD.replace(",31,15,3", ",31,45,3"), "bagian-melebihi"),
    "negatif.csv": (GOOD.replace(",31,15,3", ",-31,15,3"), "negatif"),
    "jumlah.csv": (GOOD + "2021-03-01,Jumlah,,,999,45,9\n", "jumlah-kota"),
}


def test_each_rule_of_the_series_is_seen_in_a_covid_sites_tables(tmp_path: Path) -> None:
    right = ("jumlah-benar.csv", GOOD + "2021-03-01,Jumlah,,,96,45,9\n")
    found = checked(tmp_path, *((name, body) for name, (body, _) in WRONG.items()), right)
    for name, (_, rule) in WRONG.items():
        assert rule in rules(found[name]) if rule else not rules(found[name]), name
    assert "jumlah-kota" not in rules(found["jumlah-benar.csv"])


def test_what_the_places_add_up_to_is_held_against_the_city_on_the_same_day_only(tmp_path: Path) -> None:
    def on(month: str) -> str:
        return GOOD.replace("2021-03-01", f"2021-{month}-01")

    city = "tanggal,konfirmasi,sembuh,meninggal\n2021-02-01,66,30,6\n{},{},45,9\n"
    found = checked(
        tmp_path,
        ("maret.csv", GOOD),
        ("kota-maret.csv", city.format("2021-03-01", 96)),
        ("april.csv", on("04")),
        ("kota-april.csv", city.format("2021-04-01", 120)),
        ("mei.csv", on("05")),
        ("kota-juni.csv", city.format("2021-06-01", 300)),
    )
    assert {name: d.contradiction for name, d in found.items() if d.contradiction} == {
        "april.csv": "jumlah konfirmasi menurut wilayah 96, angka kota 120 (kota-april.csv)"
    }
