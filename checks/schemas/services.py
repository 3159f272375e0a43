"""`pendidikan`, `kesehatan` and `umkm`: what the city counts of schools, health and small businesses.

NPSN: eight digits, or a letter and seven (courses, learning centres); NIB: thirteen digits; scales of business: mikro,
kecil, menengah. Where each was read stands in the schema's `basis`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from auditor.model import Basis, Text
from auditor.read.schema import words_of
from checks.schemas.counts import Counted, schema

_SEXES = (r"(?:jumlah )?(?:laki laki|laki|pria|lk|l)", r"(?:jumlah )?(?:perempuan|wanita|pr|p)")
_NAMES = r"^(?:kode|nama|alamat|jenis|kelurahan|kecamatan|tahun|keterangan)\b"


def _fits(sure: str, words: str) -> Callable[[Sequence[str]], float]:
    """One unmistakable column, or any that begins with one of these words; money is left to `apbd`."""
    certain, likely = re.compile(sure), re.compile(rf"^(?:jumlah |nama |jenis |total |data )?(?:{words})\b")

    def score(columns: Sequence[str]) -> float:
        names = [words_of(c) for c in columns]
        if len(names) < 2:
            return 0.0
        if any(certain.search(n) for n in names):
            return 0.84
        return 0.82 if any(likely.match(n) for n in names) else 0.0

    return score


EDUCATION = schema(
    "pendidikan",
    Text("Pendidikan", "Education"),
    Counted(
        counts=re.compile(
            rf"(?!{_NAMES})\b(?:sekolah|siswa|murid|peserta didik|guru|rombel|ruang kelas|laki|perempuan)\b"
        ),
        shares=re.compile(r"\b(?:apm|angka partisipasi murni|angka melek huruf|persen\w*|persentase)\b"),
        parts=(_SEXES, ("(?:jumlah )?(?:sekolah )?negeri", "(?:jumlah )?(?:sekolah )?swasta")),
        texts={r"^(?:kode )?npsn$": (r"^\s*(?:\d{8}|[A-Za-z]\d{7})\s*$", "npsn")},
    ),
    _fits(r"\bnpsn\b|angka partisipasi (?:murni|kasar|sekolah)", "sekolah|siswa|murid|peserta didik|guru|rombel"),
    {"npsn": Text("{value} bukan NPSN: tulis delapan angka.", "{value} is no NPSN of eight digits.")},
    (
        Basis("NPSN: 8 angka, atau satu huruf dan 7 angka", "https://www.wikidata.org/wiki/Property:P4128", True),
        Basis("Permendikbud 79/2015 (Data Pokok Pendidikan)", "ingatan, belum diperiksa", False),
    ),
)
HEALTH = schema(
    "kesehatan",
    Text("Kesehatan", "Health"),
    Counted(
        counts=re.compile(
            rf"(?!{_NAMES})\b(?:puskesmas|posyandu|rumah sakit|balita|bayi|ibu hamil|kasus|dokter|bidan|perawat|"
            r"tempat tidur|pasien|kunjungan|kematian|kelahiran|laki|perempuan)\b"
        ),
        shares=re.compile(r"\b(?:prevalensi|cakupan|persen\w*|persentase)\b"),
        parts=(_SEXES,),
    ),
    _fits(
        r"\b(?:puskesmas|posyandu|stunting|imunisasi|gizi buruk)\b",
        "balita|bayi|ibu hamil|pasien|dokter|bidan|perawat|rumah sakit|tempat tidur",
    ),
    {},
    (Basis("Aturan hitungan: tidak kurang dari nol, persentase 0–100", "aturan pemeriksa ini sendiri", False),),
)
BUSINESS = schema(
    "umkm",
    Text("UMKM", "Small businesses"),
    Counted(
        counts=re.compile(
            rf"(?!{_NAMES})\b(?:umkm|usaha mikro|usaha kecil|usaha menengah|pelaku usaha|"
            r"tenaga kerja|omzet|omset|aset)\b"
        ),
        shares=re.compile(r"\b(?:persen\w*|persentase)\b"),
        parts=(tuple(f"(?:jumlah )?(?:usaha )?{size}" for size in ("mikro", "kecil", "menengah")), _SEXES),
        texts={
            r"^(?:nomor )?nib$": (r"^\s*\d{13}\s*$", "nib"),
            r"^(?:skala|kelas) usaha$": (r"(?i)^\s*(?:usaha\s+)?(?:mikro|kecil|menengah)\s*$", "skala-usaha"),
        },
    ),
    _fits(r"\bumkm\b|\bukm\b|usaha (?:mikro|kecil|menengah)|^(?:skala|kelas) usaha$", "pelaku usaha|usaha|omzet|omset"),
    {
        "nib": Text("{value} bukan NIB: tulis tiga belas angka.", "{value} is no NIB of thirteen digits."),
        "skala-usaha": Text(
            "{value} bukan skala usaha: tulis mikro, kecil, atau menengah.",
            "{value} is none of mikro, kecil, menengah.",
        ),
    },
    (
        Basis("NIB: 13 angka", "https://prolegal.id/nib-wajib-dimiliki-oleh-setiap-umkm-dan-usaha-besar", True),
        Basis(
            "PP 7/2021 Pasal 35 (usaha mikro, kecil, menengah)",
            "https://jejakdigital.net/hanya-dengan-1-izin-usaha-umkm-bisa-bertransaksi-hingga-milyaran-semudah-itu-kah/",
            True,
        ),
        Basis("PP 5/2021 (perizinan berusaha berbasis risiko)", "ingatan, belum diperiksa", False),
    ),
)
