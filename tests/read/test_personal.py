"""Personal data in the open: found where it is, masked everywhere, and not seen where it is not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model import Body, Capture, Personal
from auditor.read.page import read_page
from auditor.read.personal import find_in_source, find_in_table, find_in_text, mask, veil
from auditor.read.personal_files import UNSEEN, scan
from auditor.read.table import check_table
from benchmarks.personal.made import FORMS
from benchmarks.personal.measure import made_up_others, people_lists, recall
from checks.accuracy import measured_accuracy
from checks.schemas import REGISTRY
from tests.read.made import AT, REAL, nik, pdf, xlsx

KNOWN = "320101"
BODY = Body("99.71", "Kota Contoh", "kota", "Asia/Jakarta")


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
    assert not [one for one in scan(path.read_bytes()) if one.confirmed]  # type: ignore[attr-defined]


@pytest.mark.parametrize("form", FORMS)
def test_however_it_is_written_it_is_masked_and_found_under_its_name(form: str) -> None:
    number = nik(region=KNOWN)
    written = FORMS[form](number)
    assert [(p.kind, p.confirmed) for p in find_in_text(f"NIK {written}, Sri")] == [("nik", True)]
    assert number[5:] not in "".join(c for c in mask(f"NIK {written}") if c.isalnum())
    (found,) = find_in_table(("No", "Nama", "NIK"), [["1", "Sri", written]])
    assert found.confirmed


@pytest.mark.parametrize(
    "address",
    [
        f"https://contoh.go.id/warga/{nik()}",
        f"https://contoh.go.id/cari?nik={nik()}&hal=1",
        f"https://contoh.go.id/ktp-{nik()}.pdf",
        f"https://contoh.go.id/ktp-%39{nik()[1:]}.pdf",
        f"https://contoh.go.id/{nik()[:6]}%20{nik()[6:12]}%20{nik()[12:]}",
    ],
)
def test_addresses_are_masked_and_tell_what_they_hold(address: str) -> None:
    assert nik()[2:] not in mask(address).replace("%20", "")
    assert find_in_source(address, region="9971")


@pytest.mark.parametrize(
    "text",
    [
        "sha256 3201014101900001abcdefabcdefabcdefabcdefabcdefabcdefabcdefabcdef",
        "2019 2020 2021 2022",
        "20250101120000",
    ],
)
def test_digests_years_and_moments_stay_as_they_are(text: str) -> None:
    assert mask(text) == text


def test_the_decimals_of_a_coordinate_are_nobodys() -> None:
    assert find_in_text(f"106.{nik(region=KNOWN)} -6.{nik(serial=2, region=KNOWN)}") == ()


def test_officials_in_their_public_role_are_no_finding_and_residents_are() -> None:
    rows = [["1", f"Nama {n}", "Kepala Dinas", f"0812345678{n:02d}"] for n in range(10, 15)]
    assert not [p for p in find_in_table(("No", "Nama", "Jabatan", "No HP"), rows) if p.confirmed]
    assert find_in_text("Hotline Dinas Kesehatan untuk warga: 081234567890") == ()
    (found,) = find_in_text("Penerima: Sri, 081234567890; penerima: Ani, 081234567891")
    assert (found.kind, found.count, found.confirmed) == ("phone", 2, True)


def test_where_the_sick_are_named_neither_name_nor_telephone_is_kept() -> None:
    text = "Pasien atas nama Siti Aminah, HP 081234567890, dirawat."
    found = find_in_text(text)
    assert "patient" in {p.kind for p in found}
    kept = veil(text, found, ["Dirawat Jaya"])
    assert "Siti" not in kept
    assert "34567890" not in kept
    assert veil("Kontak 081234567890", ()) == "Kontak 081234567890"


def test_a_whole_document_is_looked_through_and_what_cannot_be_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert scan(pdf("Rencana Kerja", pages=9, last=f"NIK {nik()}")) == (
        Personal("nik", 1, "99**************", confirmed=True, where="p. 9"),
    )
    monkeypatch.setattr("auditor.read.personal_files.PDF_PAGES", 3)
    assert scan(pdf("Rencana Kerja", pages=9)) == (UNSEEN,)


def test_the_benchmark_stays_above_its_floors() -> None:
    """A part of the lists of `python -m benchmarks.personal`: the gate."""
    found = recall(each=1)
    assert found["headers"]["named"]["recall"] == 1.0
    assert found["all"]["recall"] >= 0.96
    assert recall(each=6)["headers"]["not named"]["recall"] >= 0.9
    assert found["all"]["numbers_readable_after_masking"] == 0
    assert made_up_others(each=4)["false"] == 0
    listed = people_lists(each=10)
    assert (listed["phone"]["said"], listed["patient"]["said"], listed["officials"]["said"]) == (10, 10, 0)


@pytest.mark.parametrize("path", sorted((REAL / "d_portal").iterdir()), ids=lambda path: path.name[:40])
def test_no_answer_of_a_portal_is_said_to_hold_any(path: object) -> None:
    assert not [one for one in scan(path.read_bytes()) if one.confirmed]  # type: ignore[attr-defined]


def test_the_methodology_has_the_figures() -> None:
    told = measured_accuracy()
    assert told is not None
    assert {"Made-up lists of NIK that are found, under a header that names them"} <= {
        row["what"]["en"] for row in told["rows"]
    }


def test_a_cell_is_named_as_the_sheet_names_it_below_blank_rows_too() -> None:
    rows = [("Nama", "NIK"), ("Sri", nik()), (), ("Ani", nik(serial=2)), ("Adi", nik(serial=3))]
    (found,) = scan(xlsx(*rows))
    assert found.where == "B2–B5"
    (table,) = check_table(xlsx(*rows), "warga.xlsx", AT, REGISTRY).personal
    assert table.where == "B2–B5"


@pytest.mark.parametrize("cuts", [(6, 6, 4), (4, 4, 4, 4), (1,) * 16], ids=str)
def test_a_list_of_residents_whose_numbers_nothing_names_and_cells_cut(cuts: tuple[int, ...]) -> None:
    def cut(number: str) -> list[str]:
        ends = [sum(cuts[: n + 1]) for n in range(len(cuts))]
        return [number[end - size : end] for end, size in zip(ends, cuts, strict=True)]

    rows = [["Sri", *cut(f"327101{day:02d}0190{day:04d}"), "Jalan Mawar"] for day in range(1, 9)]
    headers = ["Nama", "Nomor", *[""] * (len(cuts) - 1), "Alamat"]
    (found,) = find_in_table(headers, rows)
    assert (found.kind, found.count, found.confirmed) == ("nik", 8, True)
    assert not find_in_table(["Kegiatan", *headers[1:-1], "Lokasi"], rows)  # no list of people
    some = [[row[0], *cut(f"999901{n:02d}9990{n:04d}"), row[-1]] for n, row in enumerate(rows, 1)]
    assert not find_in_table(headers, some)  # neither day nor region


def test_a_space_without_width_does_not_cut_a_number_out_of_the_masks_sight() -> None:
    number = "3271010101900001"
    hidden = "\u200b".join((number[:4], number[4:9], number[9:]))
    page = f"<title>Data {hidden}</title><h1>Warga {hidden}</h1><p>Isi {hidden}</p><a href='/x'>Berkas {hidden}</a>"
    read = read_page(
        Capture("https://a.go.id/", "a", datetime(2026, 11, 2, tzinfo=UTC), "ok", 200), page.encode(), BODY
    )
    said = " ".join((read.title, *read.headings, read.text, *(link.text for link in read.links)))
    shown = "".join(c for c in said if c.isdigit() or c == "*")
    assert shown == (number[:2] + "*" * 14) * (len(shown) // 16)
    assert len(shown) >= 48
