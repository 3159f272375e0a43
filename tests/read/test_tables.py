"""Tables of every dialect: where the data are, of when they are, what is wrong in them."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.model import Table
from auditor.read.table import check_table
from checks.schemas import REGISTRY, cells
from tests.read.made import AT, REAL, nik, xlsx


def checked(payload: bytes | str, name: str = "data.csv", schema: str | None = None) -> Table:
    data = payload.encode() if isinstance(payload, str) else payload
    return check_table(data, name, AT, REGISTRY, schema)


def faults(table: Table) -> list[tuple[int | None, str, str]]:
    return [(error.row, error.column, error.rule) for error in table.errors]


HEADER = ("tahun", "kecamatan", "jumlah")
ROWS = ((2024, "Satu", 10), (2025, "Dua", 12))
PLAIN = "tahun,kecamatan,jumlah\n2024,Satu,10\n2025,Dua,12\n"


@pytest.mark.parametrize(
    ("payload", "name", "delimiter", "encoding"),
    [
        (PLAIN.encode(), "a.csv", ",", "utf-8"),
        (PLAIN.replace(",", ";").encode("utf-8-sig"), "a.csv", ";", "utf-8-sig"),
        (PLAIN.replace(",", "\t").encode("utf-16"), "a.csv", "\t", "utf-16"),
        (PLAIN.replace(",", "|").encode("utf-32"), "a.csv", "|", "utf-32"),
        (PLAIN.replace(",", "~").encode(), "a.csv", "~", "utf-8"),
        (PLAIN.replace(",", "^").replace("\n", "\r").encode(), "a.csv", "^", "utf-8"),
        (PLAIN.replace(",", "#").replace("\n", "\r\n").encode(), "a.csv", "#", "utf-8"),
        (PLAIN.replace("Satu", "Satu – é").encode("cp1252"), "a.csv", ",", "cp1252"),
        (b"sep=;\n" + PLAIN.replace(",", ";").encode(), "a.csv", ";", "utf-8"),
        (("Data Kecamatan;;\n;;\n" + PLAIN.replace(",", ";") + "Sumber: Dinas;;\n").encode(), "a.csv", ";", "utf-8"),
        (gzip.compress(PLAIN.encode(), mtime=0), "a.csv.gz", ",", "utf-8"),
        (xlsx(HEADER, *ROWS), "a.xlsx", "", ""),
        (
            json.dumps(
                [{"tahun": 2024, "kecamatan": "Satu", "jumlah": 10}, {"tahun": 2025, "kecamatan": "Dua", "jumlah": 12}]
            ).encode(),
            "a.json",
            "",
            "utf-8",
        ),
    ],
)
def test_every_dialect_is_the_same_table(payload: bytes, name: str, delimiter: str, encoding: str) -> None:
    table = checked(payload, name)
    assert table.columns == ("tahun", "kecamatan", "jumlah")
    assert (table.rows, table.error_count, table.newest_period, table.oldest_period) == (2, 0, "2025", "2024")
    assert (table.delimiter, table.encoding) == (delimiter, encoding)


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ("Satu,A,10\nDua,B,20\nRata-rata,,15\nJumlah,,30\n", False),
        ("A,Satu,10\nA,Dua,20\nA,Sub Total,30\nB,Tiga,20\nB,Sub Total,20\nJumlah,,50\n", False),
        ("Satu,A,10\nDua,A,20\nSub Total,,30\nTiga,B,20\nTotal,,50\n", False),
        ("A,Satu,10\nA,Dua,20\nA,Sub Total,30\nB,Tiga,20\nB,Sub Total,20\nJumlah,,100\n", True),
    ],
)
def test_the_citys_row_is_compared_with_its_places_only(rows: str, wrong: bool) -> None:
    table = checked(f"kecamatan,kelurahan,positif\n{rows}", schema="covid")
    assert ("jumlah-kota" in {error.rule for error in table.errors}) == wrong


def test_an_average_is_no_place_of_the_citys_cases() -> None:
    rows = "kelurahan,positif,sembuh,meninggal\nSatu,10,8,1\nDua,20,18,1\nRata-rata,15,13,1\nJumlah,30,26,2\n"
    assert checked(rows).cases == (("konfirmasi", 30.0), ("sembuh", 26.0), ("meninggal", 2.0))


def test_clock_times_of_one_column_are_no_delimiter() -> None:
    table = checked("jam buka\n08:00\n09:30\n10:15\n")
    assert (table.columns, table.rows) == (("jam buka",), 3)


def test_office_headers_over_two_rows_are_joined_and_numbering_is_skipped() -> None:
    table = checked(
        xlsx(
            ("DAFTAR PENDUDUK TAHUN 2025", "", "", ""),
            ("", "", "", ""),
            ("Kelurahan", "Penduduk", "", "Jumlah"),
            ("", "Laki-laki", "Perempuan", ""),
            (1, 2, 3, 4),
            ("Sukamaju", 10, 12, 22),
            ("Sukasari", 7, 9, 16),
        ),
        "a.xlsx",
    )
    assert table.columns == ("Kelurahan", "Penduduk Laki-laki", "Penduduk Perempuan", "Jumlah")
    assert (table.rows, table.newest_period, table.kelurahan) == (2, "2025", 2)


def test_geojson_and_zipped_tables_are_opened() -> None:
    features = [{"type": "Feature", "properties": {"nama": f"Titik {n}", "tahun": 2026}} for n in range(3)]
    geo = checked(json.dumps({"type": "FeatureCollection", "features": features}), "a.geojson")
    assert (geo.rows, geo.newest_period) == (3, "2026")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("isi/data.csv", PLAIN)
    assert checked(out.getvalue(), "a.zip").rows == 2
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("titik.geojson", json.dumps({"type": "FeatureCollection", "features": features}))
    assert checked(out.getvalue(), "b.zip").rows == 3


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(alphabet="0123456789.,-%() RpaE\u00a0", max_size=9), min_size=1, max_size=8))
def test_asking_once_for_each_value_says_the_same_as_asking_for_each_cell(values: list[str]) -> None:
    plain = pandas.Series(values * 2, dtype=object, index=range(7, 7 + 2 * len(values)))
    series = plain.astype(pandas.CategoricalDtype(pandas.Index(dict.fromkeys(values), dtype=object)))
    for style in ("id", "en"):
        whole = cells.numbers(series, style)
        for place, value in plain.items():
            alone = cells.numbers(pandas.Series([value], dtype=object), style).iloc[0]
            assert whole[place] == alone or (whole[place] != whole[place] and alone != alone)
    assert list(cells.absent(series)) == list(plain.str.match(cells.ABSENT, case=False))


@pytest.mark.parametrize(
    ("columns", "newest"),
    [
        ("tahun,bulan,n\n2024,Maret,1\n2024,November,2\n", "2024-11"),
        ("tahun,triwulan,n\n2025,II,1\n2025,III,2\n", "2025-TW3"),
        ("tahun,semester,n\n2025,1,1\n2025,2,2\n", "2025-S2"),
        ("tanggal,n\n2022-12-30,1\n31 Desember 2022,2\n", "2022-12-31"),
        ("periode,n\n2026-08,1\n2026-09,2\n", "2026-09"),
        ("wilayah,2019,2020,2021\nSatu,1,2,3\nDua,1,2,3\n", "2021"),
        ("tahun,target\n2025,1\n2030,2\n", "2025"),
        ("nama,tanggal_lahir\nAni,1990-01-02\nBudi,1991-01-02\n", None),
        ("nama,n\nAni,1\nBudi,2\n", None),
    ],
)
def test_the_newest_period_is_told_by_the_data(columns: str, newest: str | None) -> None:
    assert checked(columns).newest_period == newest


def test_a_name_tells_the_period_where_the_rows_do_not() -> None:
    assert checked("kel,n\nA,1\nB,2\n", "Data_Corona_(28_Februari_2021_Pukul_10.00).csv").newest_period == "2021-02-28"


def test_faults_name_row_column_value_and_how_many_more() -> None:
    rows = "".join(f"2025,Wilayah {n},{'tidak tahu' if n % 6 == 0 else n}\n" for n in range(1, 61))
    table = checked("tahun,nama,jumlah\n" + rows)
    assert table.error_count == 10
    assert next((e.row, e.column, e.value, e.rule) for e in table.errors) == (7, "jumlah", "tidak tahu", "angka")
    assert (len(table.errors), table.errors[-1].more) == (5, 5)
    assert "tidak tahu bukan angka" in table.errors[0].message.id


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tahun,n\n2024,1\n2024,1\n", [(3, "", "baris-kembar")]),
        ("nama,n\nA,1\nB,2\nJumlah,3\n", [(4, "", "baris-jumlah")]),
        ("nama,n\nA,1\nB\nC,3\n", [(3, "", "jumlah-sel")]),
        ("tahun,n\n2024,1\n20224,2\n", [(3, "tahun", "tahun")]),
        ("tanggal,n\n2024-01-01,1\n2024-01-02,3\nkemarin,2\n", [(4, "tanggal", "tanggal")]),
        ('nama,n\nA,"1,5"\nB,"2,5"\nC,"3,5"\nD,4.25\n', [(5, "n", "angka-campur")]),
        ("nama,catatan\nA,\nB,\n", [(None, "catatan", "kolom-kosong")]),
    ],
)
def test_what_no_table_should_hold(text: str, expected: list[tuple[int | None, str, str]]) -> None:
    table = checked(text)
    assert table.schema == "tabel-rapi"
    assert faults(table) == expected


def test_indonesian_decimals_are_no_fault() -> None:
    assert checked("nama;nilai\nA;1.234,56\nB;(12,50)\nC;-\nD;Rp 5.000\n").error_count == 0


COVID = "tanggal,positif kumulatif,sembuh kumulatif,meninggal kumulatif\n"


@pytest.mark.parametrize(
    ("text", "schema", "expected"),
    [
        (COVID + "2021-01-01,10,4,1\n2021-01-02,12,5,1\n", "covid", []),
        (COVID + "2021-01-01,10,4,1\n2021-01-02,9,4,1\n", "covid", [(3, "", "kumulatif-turun")]),
        (COVID + "2021-01-01,10,9,4\n2021-01-02,14,9,4\n", "covid", [(2, "", "bagian-melebihi")]),
        (COVID + "2021-01-01,10,4,1\n2027-01-02,12,5,1\n", "covid", [(3, "tanggal", "tanggal-depan")]),
        ("uraian,anggaran,realisasi\nBelanja A,100,90\nBelanja B,100,2000\n", "apbd", [(3, "", "realisasi-janggal")]),
        (
            'uraian,anggaran,realisasi\nA,"2.327,96 M","2.345,09 M"\n',
            "apbd",
            [(2, "anggaran", "bukan-nilai"), (2, "realisasi", "bukan-nilai")],
        ),
        ("uraian,anggaran,realisasi\nBelanja,-5,1\nSurplus/defisit,-7,1\n", "apbd", [(2, "", "nilai-negatif")]),
        ("kelurahan,laki-laki,perempuan,jumlah\nA,1,2,3\nB,1,2,4\n", "kependudukan", [(3, "", "jumlah-penduduk")]),
        (
            "kode,nama\n32.71.01,A\n32x1,B\n32.71.01,C\n",
            "kode-wilayah",
            [(4, "kode", "kode-kembar"), (3, "kode", "kode-wilayah")],
        ),
        (
            "kelurahan,kecamatan,n\nEmpang,Bogor Selatan,1\nTajur,Bogor Timur,2\nTegalega,Bogor Tengah,3\n",
            "seri-wilayah",
            [(4, "kelurahan", "nama-wilayah")],
        ),
        (
            "npsn,nama sekolah,laki-laki,perempuan,jumlah\n20220001,A,5,6,11\n2022,B,5,6,12\n",
            "pendidikan",
            [(3, "", "bagian-jumlah"), (3, "npsn", "npsn")],
        ),
        (
            "kecamatan,siswa,APM SD\nA,10,98\nB,-3,120\n",
            "pendidikan",
            [(3, "APM SD", "persen-janggal"), (3, "siswa", "hitungan-negatif")],
        ),
        (
            "puskesmas,jumlah balita,cakupan imunisasi\nA,10,98\nB,-1,101\n",
            "kesehatan",
            [(3, "cakupan imunisasi", "persen-janggal"), (3, "jumlah balita", "hitungan-negatif")],
        ),
        (
            "kecamatan,usaha mikro,usaha kecil,usaha menengah,jumlah\nA,1,2,3,6\nB,1,2,3,7\n",
            "umkm",
            [(3, "", "bagian-jumlah")],
        ),
        (
            "nama usaha,nib,skala usaha\nA,1234567890123,Usaha Mikro\nB,12,raksasa\n",
            "umkm",
            [(3, "nib", "nib"), (3, "skala usaha", "skala-usaha")],
        ),
    ],
)
def test_named_schemas_are_chosen_by_their_columns(
    text: str, schema: str, expected: list[tuple[int, str, str]]
) -> None:
    table = checked(text)
    assert (table.schema, faults(table)) == (schema, expected)


def test_the_known_city_has_its_places() -> None:
    (bogor,) = [places for places in REGISTRY.places if places.code == "32.71"]
    assert (len(bogor.kecamatan), len(bogor.kelurahan)) == (6, 68)


def test_a_schema_is_taken_by_name_and_an_unknown_one_is_refused() -> None:
    assert checked(PLAIN, schema="tabel-rapi").schema == "tabel-rapi"
    with pytest.raises(ValueError, match="no schema 'covit'"):
        checked(PLAIN, schema="covit")


@pytest.mark.parametrize("payload", [b"", b"<html><body>login</body></html>", b"%PDF-1.4", b"{}", b"[]"])
def test_what_is_no_table_is_refused_by_name(payload: bytes) -> None:
    with pytest.raises(ValueError, match=r"^a\.csv: "):
        checked(payload, "a.csv")


def test_personal_data_in_a_table_are_counted_and_masked_in_faults() -> None:
    rows = "".join(f"{n},Nama {n},{nik(serial=n)}\n" for n in range(1, 8))
    table = checked("jumlah,nama,nik\n" + rows + f"{nik(serial=99)}x,Nama 9,-\n")
    assert [(p.kind, p.count, p.confirmed) for p in table.personal] == [("nik", 8, True)]
    assert all(nik(serial=99) not in error.value for error in table.errors)


TABLES = sorted((REAL / "e_tables").iterdir()) if REAL.exists() else []


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name[:48])
def test_real_tables_are_read(path: object) -> None:
    table = checked(path.read_bytes(), path.name)  # type: ignore[attr-defined]
    assert table.rows >= 5
    assert len(table.columns) >= 2
    if "covid" in path.name:  # type: ignore[attr-defined]
        # In all of them the parts sum to the positives; only an empty column and a total row are to blame.
        assert table.schema == "covid"
        assert {error.rule for error in table.errors} <= {"kolom-kosong", "baris-jumlah"}
