"""Quality of a dataset's metadata, how new it is, and what has ended: worked by hand, and laws that hold for all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model import Dataset, Resource, Site, Table
from auditor.model.measures import GROUPS, MEASURES, MOST, MQA
from auditor.read.freshness import cadence_of, contradiction, parse_http_date, recency
from auditor.read.quality import mqa, satu_data
from auditor.read.quality.assess import assessed

AT = date(2025, 11, 2)
PORTAL = Site("data", "portal", "https://data.misal.go.id/", "Data Misal")
URL = "https://data.misal.go.id/penduduk.csv"
TABLE = Table(
    "kependudukan", ("kode_kelurahan", "kelurahan", "tahun", "jumlah"), 68, newest_period="2024", kelurahan=68
)
FILE = Resource("r", "penduduk.csv", URL, "csv", "csv", 900, "d" * 64, table=TABLE)
BARE = Dataset("d", "Jumlah Penduduk", "data", "https://data.misal.go.id/dataset/penduduk", "ckan")
FULL = replace(
    BARE,
    notes="Penduduk menurut kelurahan.",
    unit="Disdukcapil",
    licence="Creative Commons Attribution",
    created=date(2022, 3, 14),
    modified=date(2025, 2, 1),
    cadence="tahunan",
    tags=("penduduk",),
    newest_period="2024",
    metadata=tuple(
        {
            "groups": '[{"name": "kependudukan"}]',
            "cakupan_wilayah": "Kota Misal",
            "cakupan_waktu": "2020-2024",
            "accessRights": "http://publications.europa.eu/resource/authority/access-right/PUBLIC",
            "maintainer": "Walidata",
            "maintainer_email": "data@misal.go.id",
            "konsep": "Penduduk",
            "definisi": "Orang yang tinggal enam bulan atau lebih",
            "klasifikasi": "Jenis kelamin",
            "ukuran": "Jumlah",
            "satuan": "jiwa",
        }.items()
    ),
    resources=(replace(FILE, metadata=(("mimetype", "text/csv"), ("rights", "bebas"), ("size", "900"))),),
)


def test_the_points_are_those_of_the_method() -> None:
    sums = {group: sum(m.points for m in MQA if m.group == group) for scheme, group in GROUPS if scheme == "mqa"}
    assert sums == {
        "findability": 100,
        "accessibility": 100,
        "interoperability": 110,
        "reusability": 75,
        "contextuality": 20,
    }
    assert MOST == {"mqa": 405, "satu-data": 18}


def test_a_full_record_has_all_points_but_those_that_need_a_validator() -> None:
    rating = mqa.rate(FULL)
    assert (rating.low, rating.high, rating.missing) == (375, 405, ())
    assert [one.id for one in rating.measured if one.met is None] == ["mqa-dcat-ap"]
    minimum = satu_data.rate(FULL)
    assert (minimum.low, minimum.high) == (18, 18)


def test_a_bare_record_with_a_file_by_hand() -> None:
    """Access 50 + download 20 + 30; format 20, its name 10, open 20, machine-readable 20: 170, and no description."""
    rating = mqa.rate(replace(BARE, resources=(FILE,)))
    assert (rating.low, rating.high) == (170, 170)
    minimum = satu_data.rate(replace(BARE, resources=(FILE,)))
    assert (minimum.low, minimum.high) == (4, 4)  # title, open format, structure, codes


def test_a_dead_file_fails_and_one_that_we_did_not_reach_is_unknown() -> None:
    whole = mqa.rate(FULL)
    dead, away = (
        mqa.rate(replace(FULL, resources=(replace(FULL.resources[0], digest="", table=None, format="", flaw=flaw),)))
        for flaw in ("dead", "failed")
    )
    assert (dead.low, dead.high) == (whole.low - 80, whole.high - 80)
    assert (away.low, away.high) == (whole.low - 80, whole.high)
    assert {"mqa-access-url", "mqa-download-code"} == set(dead.missing)
    assert not away.missing


def test_a_file_that_is_not_what_it_says_has_no_points_for_its_format() -> None:
    page = Resource("r", "parkir.csv", URL, "csv", "html", 90, "e" * 64, flaw="wrong-format")
    missing = mqa.rate(replace(FULL, resources=(page,))).missing
    assert {"mqa-open-format", "mqa-machine-format", "mqa-download-url"} <= set(missing)
    assert satu_data.rate(replace(FULL, resources=(page,))).low < 18


def test_of_several_files_the_best_counts() -> None:
    scan = Resource("s", "penduduk.pdf", URL[:-3] + "pdf", "pdf", "", 0, "", flaw="dead")
    one, both = mqa.rate(FULL), mqa.rate(replace(FULL, resources=(scan, *FULL.resources)))
    assert (both.low, both.high) == (one.low, one.high)


def test_of_a_plain_page_nobody_says_that_a_field_is_empty() -> None:
    rating = mqa.rate(replace(BARE, platform="halaman", resources=(FILE,)))
    assert rating.missing == ()
    assert rating.low < rating.high == 405


def test_areas_without_codes_lack_them_and_a_table_without_areas_is_unknown() -> None:
    uncoded = replace(TABLE, columns=("kelurahan", "jumlah"))
    placeless = replace(TABLE, columns=("tahun", "jumlah"), kelurahan=0)
    answers = [
        next(
            m.met
            for m in satu_data.rate(replace(FULL, resources=(replace(FILE, table=t),))).measured
            if m.id == "sdi-kode"
        )
        for t in (TABLE, uncoded, placeless)
    ]
    assert answers == [True, False, None]


FIELDS = {
    "notes": "Uraian",
    "unit": "Dinas",
    "licence": "cc-by",
    "created": AT,
    "modified": AT,
    "cadence": "bulanan",
    "tags": ("a",),
}


@given(
    st.sets(st.sampled_from(sorted(FIELDS))),
    st.sets(st.sampled_from(FULL.metadata)),
    st.lists(st.sampled_from((FILE, replace(FILE, flaw="failed", digest="", table=None), Resource("x", "x", "")))),
    st.sampled_from(sorted(FIELDS)),
    st.sampled_from(FULL.metadata),
)
def test_what_is_added_to_a_record_never_takes_points_away(
    names: set[str], keys: set[tuple[str, str]], files: list[Resource], name: str, key: tuple[str, str]
) -> None:
    before = replace(BARE, metadata=tuple(sorted(keys)), resources=tuple(files), **{n: FIELDS[n] for n in names})  # type: ignore[arg-type]
    for rate in (mqa.rate, satu_data.rate):
        old = rate(before)
        assert 0 <= old.low <= old.high <= old.most
        for richer in (
            replace(before, **{name: FIELDS[name]}),  # type: ignore[arg-type]
            replace(before, metadata=tuple(sorted({*keys, key}))),
            replace(before, resources=(*files, FILE)),
        ):
            new = rate(richer)
            assert old.low <= new.low
            assert old.high <= new.high
            assert {one.id for one in new.measured} <= set(MEASURES)


@pytest.mark.parametrize(
    ("declared", "title", "cadence"),
    [
        ("Tahunan", "", "tahunan"),
        ("Triwulanan", "", "triwulanan"),
        ("Semesteran", "", "semesteran"),
        ("Bulanan", "Data Tahunan", "bulanan"),
        ("", "Laporan Triwulanan Inflasi", "triwulanan"),
        ("http://publications.europa.eu/resource/authority/frequency/ANNUAL", "", "tahunan"),
        ("http://publications.europa.eu/resource/authority/frequency/ANNUAL_2", "", "semesteran"),
        ("http://publications.europa.eu/resource/authority/frequency/MONTHLY", "", "bulanan"),
        ("http://publications.europa.eu/resource/authority/frequency/NEVER", "Data Tahunan", ""),
        ("http://purl.org/cld/freq/quarterly", "", "triwulanan"),
        ("R/P1Y", "", "tahunan"),
    ],
)
def test_cadence_as_portals_declare_it(declared: str, title: str, cadence: str) -> None:
    assert cadence_of(declared, title) == cadence


def test_updated_in_2025_with_a_last_row_of_2021_is_stale_and_contradicts_itself() -> None:
    new = recency("2021", "Angka Partisipasi Sekolah", date(2025, 8, 17), AT, "tahunan", AT)
    assert (new.basis, new.newest, new.fresh) == ("data", "2021", False)
    assert contradiction("2021", "tahunan", date(2025, 8, 17), AT) == "diperbarui 2025-08-17, data terbaru 2021"


def test_the_data_speak_before_the_title_the_portal_and_the_server() -> None:
    said = [
        recency("2024", "Data 2019", AT, AT, "tahunan", AT),
        recency(None, "Data Tahun 2019", AT, AT, "tahunan", AT),
        recency(None, "Data", date(2021, 1, 1), AT, "tahunan", AT),
        recency(None, "Data", None, AT, "tahunan", AT),
        recency(None, "Data", None, None, "tahunan", AT),
    ]
    assert [(one.basis, one.fresh) for one in said] == [
        ("data", True),
        ("title", False),
        ("portal", False),
        ("http", None),  # a new file proves nothing of its rows
        ("", None),
    ]


@pytest.mark.parametrize("header", ["", "kemarin", "Mon, 99 Foo 2021 00:00:00 GMT", "\x00"])
def test_a_servers_false_date_is_no_date(header: str) -> None:
    assert parse_http_date(header) is None


def test_a_servers_date() -> None:
    assert parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT") == date(1994, 11, 6)


def covid(**changes: object) -> Dataset:
    table = replace(TABLE, newest_period="2022-12-31", oldest_period="2020-03-20")
    made = replace(
        FULL,
        title="Covid-19 Harian 2020-2022",
        cadence="harian",
        newest_period="2022-12-31",
        fresh=False,
        contradiction="diperbarui 2025-01-01, data terbaru 2022-12-31",
        resources=(replace(FILE, table=table),),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def test_what_ended_is_an_archive_and_never_stale() -> None:
    found = assessed(covid(), PORTAL, AT)
    assert (found.fresh, found.contradiction) == (None, "")
    assert found.quality is not None
    assert found.quality.archive is not None
    archive = found.quality.archive
    assert (archive.whole, archive.kept, archive.first, archive.last) == (True, True, "2020-03-20", "2022-12-31")


def test_an_archive_with_a_hole_or_without_its_file_is_said_to_be_so() -> None:
    short = assessed(covid(title="Covid-19 Harian 2020-2023"), PORTAL, AT).quality
    dead = assessed(covid(resources=(replace(FILE, flaw="dead", digest="", table=None),)), PORTAL, AT).quality
    away = assessed(covid(resources=(replace(FILE, flaw="failed", digest="", table=None),)), PORTAL, AT).quality
    assert short is not None
    assert short.archive is not None
    assert short.archive.whole is False
    assert [q.archive.kept for q in (dead, away) if q and q.archive] == [False, None]


@pytest.mark.parametrize(
    ("dataset", "site", "ended"),
    [
        (FULL, PORTAL, False),
        (FULL, replace(PORTAL, lifecycle="archived", ended=date(2023, 6, 21)), True),
        (replace(FULL, metadata=(("status", "dihentikan"),)), PORTAL, True),
        (replace(FULL, metadata=(("frekuensi", "tidak diperbarui"),)), PORTAL, True),
        (replace(FULL, notes="Data ini telah dihentikan."), PORTAL, True),
        (replace(FULL, title="Proyek yang Dihentikan"), PORTAL, False),
        (replace(FULL, title="Jumlah Arsip Statis"), PORTAL, False),
    ],
)
def test_which_datasets_have_ended(dataset: Dataset, site: Site, ended: bool) -> None:
    quality = assessed(dataset, site, AT).quality
    assert quality is not None
    assert (quality.archive is not None) is ended
