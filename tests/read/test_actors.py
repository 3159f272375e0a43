"""Roles of the catalogue as units of a body."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from auditor.config import load
from auditor.model import Unit
from auditor.read.actors import EACH, leading

ROOT = Path(__file__).parents[2]
BOGOR = load(ROOT / "config.toml").body.units


@pytest.mark.parametrize(
    ("actor", "unit"),
    [
        ("BKAD atau BPKAD bersama PPID", "Badan Keuangan dan Aset Daerah"),
        ("BKAD atau BPKAD dan perangkat daerah pemberi hibah", "Badan Keuangan dan Aset Daerah"),
        ("Bapperida atau Bappeda dan BKAD", "Badan Perencanaan Pembangunan, Riset dan Inovasi Daerah"),
        ("Diskominfo selaku pengelola situs, bersama PPID", "Dinas Komunikasi dan Informatika"),
        ("DPMPTSP", "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu"),
        ("Bagian Hukum selaku pengelola JDIH", "Sekretariat Daerah"),
        ("UKPBJ (Bagian Pengadaan Barang/Jasa) bersama PPID", "Sekretariat Daerah"),
        ("Sekretaris Daerah selaku Atasan PPID dan Bagian Hukum", "Sekretariat Daerah"),
        ("PPID Utama bersama BPBD, Dinas Kesehatan, dan penyedia utilitas", "PPID Utama"),
        ("Setiap perangkat daerah melalui PPID Pelaksana; BKAD atau BPKAD untuk dokumen gabungan", EACH),
        ("Produsen Data (perangkat daerah) dan Walidata", EACH),
        ("Walidata bersama Produsen Data", "Dinas Pengelola Portal"),
    ],
)
def test_who_leads_is_a_unit_of_the_body_where_it_has_one(actor: str, unit: str) -> None:
    assert leading(actor, BOGOR, "Dinas Pengelola Portal") == unit


def test_a_body_whose_planning_office_has_another_name_is_found_by_either() -> None:
    units = (
        Unit("Badan Perencanaan Pembangunan Daerah"),
        Unit("Badan Pengelolaan Keuangan dan Aset Daerah", ("BPKAD",)),
    )
    assert leading("Bapperida atau Bappeda dan Inspektorat", units) == "Badan Perencanaan Pembangunan Daerah"
    assert leading("BKAD atau BPKAD selaku PPKD", units) == "Badan Pengelolaan Keuangan dan Aset Daerah"


def test_without_units_the_first_role_stays_as_the_catalogue_has_it() -> None:
    assert leading("BKAD atau BPKAD bersama PPID", ()) == "BKAD atau BPKAD"
    assert leading("Walidata", ()) == "Walidata"
    assert leading("Bagian Hukum dan PPID Utama", ()) == "Bagian Hukum"


def test_the_shipped_catalogue_asks_few_owners_of_kota_bogor() -> None:
    actors = {
        entry["actor"]
        for path in (ROOT / "checks" / "criteria").glob("*.toml")
        for entries in tomllib.loads(path.read_text(encoding="utf-8")).values()
        if isinstance(entries, list)
        for entry in entries
        if "actor" in entry
    }
    owners = {leading(actor, BOGOR, "Dinas Komunikasi dan Informatika") for actor in actors}
    roles = owners - {unit.name for unit in BOGOR}
    assert len(actors) > 50
    assert len(owners) < 20
    assert roles == {
        "PPID Utama",
        "Atasan PPID",
        "Kepala daerah",
        "BUMD",
        EACH,
        "Pejabat Pelindungan Data Pribadi atau PPID",
        "Perangkat daerah pemilik situs",  # where its site has no unit
        "Perangkat daerah penyelenggara layanan",
    }
