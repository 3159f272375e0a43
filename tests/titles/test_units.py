"""OPD by name, nickname, initials and with slips."""

from __future__ import annotations

import pytest

from auditor.model import Unit
from auditor.read.nicknames import NICKNAMES
from auditor.read.titles import classify
from auditor.read.units import find_unit

NAMES = [
    "Dinas Kesehatan",
    "Dinas Pendidikan",
    "Dinas Komunikasi dan Informatika",
    "Badan Perencanaan Pembangunan Daerah",
    "Badan Keuangan dan Aset Daerah",
    "Badan Pendapatan Daerah",
    "Sekretariat Daerah",
    "Sekretariat DPRD",
    "Inspektorat Daerah",
    "Dinas Arsip dan Perpustakaan",
    "Dinas Perumahan dan Permukiman",
    "Dinas Pekerjaan Umum dan Penataan Ruang",
    "Dinas Kependudukan dan Pencatatan Sipil",
    "Dinas Ketahanan Pangan dan Pertanian",
    "Satuan Polisi Pamong Praja",
    "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
    "Kecamatan Bogor Barat",
    "Kecamatan Bogor Utara",
    "Kelurahan Cilendek Barat",
    "RSUD Kota Bogor",
]
UNITS = tuple(Unit(name) for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_unit_by_its_full_name(name: str) -> None:
    assert find_unit(f"DPA {name.upper()} Kota Bogor TA 2024", UNITS) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("DPA Dinkes 2024", "Dinas Kesehatan"),
        ("renja_disdik_2023.pdf", "Dinas Pendidikan"),
        ("IKU Diskominfo", "Dinas Komunikasi dan Informatika"),
        ("Dinas Komunikasi & Informatika", "Dinas Komunikasi dan Informatika"),
        ("Bapperida 2025", "Badan Perencanaan Pembangunan Daerah"),
        ("LRA BPKAD 2018", "Badan Keuangan dan Aset Daerah"),
        ("LRA BKAD", "Badan Keuangan dan Aset Daerah"),
        ("Bapenda", "Badan Pendapatan Daerah"),
        ("Renja Setda", "Sekretariat Daerah"),
        ("Renja Setwan", "Sekretariat DPRD"),
        ("Inspektorat", "Inspektorat Daerah"),
        ("Dispersip", "Dinas Arsip dan Perpustakaan"),
        ("Disperkim", "Dinas Perumahan dan Permukiman"),
        ("DPUPR", "Dinas Pekerjaan Umum dan Penataan Ruang"),
        ("Disdukcapil", "Dinas Kependudukan dan Pencatatan Sipil"),
        ("DKPP", "Dinas Ketahanan Pangan dan Pertanian"),
        ("Satpol PP", "Satuan Polisi Pamong Praja"),
        ("BKPSDM", "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia"),
        ("Kec. Bogor Barat", "Kecamatan Bogor Barat"),
        ("Kel. Cilendek Barat", "Kelurahan Cilendek Barat"),
        ("RSUD", "RSUD Kota Bogor"),
        ("Dinas Kesehtan", "Dinas Kesehatan"),
        ("Dinas Pendidkan Kota Bogor", "Dinas Pendidikan"),
    ],
)
def test_other_ways_to_name_a_unit(text: str, name: str) -> None:
    assert find_unit(text, UNITS) == name


@pytest.mark.parametrize(
    "text", ["Dinas Perhubungan", "Kecamatan Bogor Timur", "DPA 2024", "Dishub", "", "!!!", "Bogor"]
)
def test_what_is_no_unit_of_this_body(text: str) -> None:
    assert find_unit(text, UNITS) is None


def test_aliases_given_with_a_unit() -> None:
    assert find_unit("Renja Tirta", (Unit("Perumda Tirta Pakuan", ("Tirta", "PDAM")),)) == "Perumda Tirta Pakuan"


def test_the_longest_name_wins() -> None:
    units = (Unit("Dinas Pendidikan"), Unit("Dinas Pendidikan dan Kebudayaan"))
    assert find_unit("DPA Dinas Pendidikan dan Kebudayaan", units) == "Dinas Pendidikan dan Kebudayaan"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("DPA DINAS KESEHATAN KOTA BOGOR 2024", "Dinas Kesehatan"),
        ("Renstra Dinas Pemuda dan Olahraga 2019-2024", "Dinas Pemuda dan Olahraga"),
        ("LKjIP Dinkes", "Dinas Kesehatan"),
        ("Renja Sekretariat DPRD", "Sekretariat DPRD"),
        ("Renja Kecamatan Tanah Sareal Tahun 2024", "Kecamatan Tanah Sareal"),
        ("RKPD 2024", None),
    ],
)
def test_without_a_list_the_name_as_it_stands(text: str, name: str | None) -> None:
    assert find_unit(text) == name


def test_every_nickname_stands_for_an_office() -> None:
    heads = {"dinas", "badan", "sekretariat", "satuan", "inspektorat"}
    assert all(full.split()[0].lower() in heads for full in NICKNAMES.values())


def test_a_rule_about_an_office_is_not_the_offices() -> None:
    facts = classify("Perwali Nomor 5 Tahun 2021 tentang Susunan Organisasi Dinas Kesehatan", units=UNITS)
    assert (facts.kind, facts.unit) == ("perwal", None)


def test_the_unit_of_a_title_and_of_its_row() -> None:
    assert classify("DPA Dinkes 2024", units=UNITS).unit == "Dinas Kesehatan"
    assert classify("Unduh", "DPA 2024 > Dinas Pendidikan | 12 KB", units=UNITS).unit == "Dinas Pendidikan"
    assert classify("DPA 2024", units=UNITS).unit is None
    assert classify("DPA Dinas Yang Tidak Ada 2024", units=UNITS).unit is None
