"""Personal data in the open: found where it is, masked everywhere, and not seen where it is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.read.personal import find_in_table, find_in_text, mask
from auditor.read.table import check_table
from checks.schemas import REGISTRY
from tests.read.made import AT, REAL, nik

KNOWN = "320101"


def test_a_label_confirms_a_single_number() -> None:
    (found,) = find_in_text(f"Nama: Sri. NIK: {nik()}.")
    assert (found.kind, found.count, found.confirmed) == ("nik", 1, True)
    assert nik() not in found.sample


def test_one_number_without_label_is_not_confirmed_and_several_of_a_region_are() -> None:
    (one,) = find_in_text(f"nomor {nik(region=KNOWN)}")
    assert not one.confirmed
    (two,) = find_in_text(f"{nik(region=KNOWN)} dan {nik(serial=2, region=KNOWN)}")
    assert two.confirmed


def test_the_bodys_own_code_confirms() -> None:
    (found,) = find_in_text(f"lihat {nik()}", region="9971")
    assert found.confirmed


@pytest.mark.parametrize(
    "text",
    [
        "NIP 197104121996031004",
        "No. Rekening 3201014101900001",
        "kode rekening 5.1.02.01.01.0024",
        "nomor VA 3201014101900001",
        "32010141019000015",
        "3201014113900001",
        "Rp 3201014101900001,00",
    ],
)
def test_other_long_numbers_are_no_nik(text: str) -> None:
    assert not [found for found in find_in_text(text) if found.confirmed]


def test_a_header_names_what_the_numbers_of_a_column_are() -> None:
    rows = [[str(n), f"Nama {n}", nik(serial=n), f"99710101019900{n:02d}", f"0812345678{n:02d}"] for n in range(10, 15)]
    found = {p.kind: p for p in find_in_table(("No", "Nama", "NIK", "No KK", "No HP"), rows)}
    assert {kind: (p.count, p.confirmed) for kind, p in found.items()} == {
        "nik": (5, True),
        "kk": (5, True),
        "phone": (5, True),
    }


def test_a_list_of_patients_by_name_is_found_and_a_count_is_not() -> None:
    rows = [["Ani", "34", "positif"], ["Budi", "51", "sembuh"]]
    assert [p.kind for p in find_in_table(("Nama", "Umur", "Status Pasien"), rows)] == ["patient"]
    assert find_in_table(("Kelurahan", "Jumlah Pasien"), [["Sukamaju", "3"]]) == ()


def test_masking_hides_every_region_and_is_idempotent() -> None:
    text = f"NIK {nik()} dan {nik(region=KNOWN)}; NIP 197104121996031004"
    masked = mask(text)
    assert nik() not in masked
    assert nik(region=KNOWN) not in masked
    assert "197104121996031004" in masked
    assert mask(masked) == masked


@given(st.text(alphabet="0123456789 .-NIKK:a", max_size=80))
def test_masking_twice_is_masking_once(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@pytest.mark.parametrize("path", sorted((REAL / "e_tables").glob("*.csv")), ids=lambda path: path.name[:40])
def test_public_tables_hold_no_personal_data(path: object) -> None:
    assert check_table(path.read_bytes(), path.name, AT, REGISTRY).personal == ()  # type: ignore[attr-defined]
