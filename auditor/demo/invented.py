"""What is invented of Kota Contoh: kecamatan, offices, officials, figures. No name here is a person's or a place's."""

from __future__ import annotations

from dataclasses import dataclass

DISTRICTS: dict[str, tuple[str, ...]] = {
    "Contoh Utara": ("Mekar Misal", "Tanjung Angan", "Rawa Cerita", "Sumber Andai"),
    "Contoh Tengah": ("Pasar Umpama", "Alun Ibarat", "Lebak Kisah", "Kampung Rekaan"),
    "Contoh Selatan": ("Bukit Seumpama", "Cikandaian", "Sukatamsil", "Margareka"),
}
"""Kecamatan -> its kelurahan."""


@dataclass(frozen=True, slots=True)
class Office:
    """An OPD. `spending` is its belanja 2026 in rupiah; `slug` is how its files are named."""

    name: str
    short: str
    slug: str
    code: str
    spending: int
    head: str


OFFICES: tuple[Office, ...] = (
    Office("Dinas Kesehatan", "Dinkes", "DINKES", "1.02.0.00.0.00.01", 214_350_000_000, "dr. Wiramisal Sadhana"),
    Office("Dinas Pendidikan", "Disdik", "DISDIK", "1.01.0.00.0.00.01", 388_120_000_000, "Dra. Anjarwati Reka"),
    Office("Dinas Perhubungan", "Dishub", "DISHUB", "2.15.0.00.0.00.01", 46_780_000_000, "Ir. Tatang Umpamawan"),
    Office(
        "Dinas Komunikasi dan Informatika",
        "Diskominfo",
        "DISKOMINFO",
        "2.16.2.20.2.21.01",
        31_904_000_000,
        "Raksa Kandaian",
    ),
    Office("Badan Keuangan dan Aset Daerah", "BKAD", "BKAD", "5.02.0.00.0.00.01", 92_410_000_000, "Lestari Contohwati"),
    Office(
        "Badan Perencanaan Pembangunan Daerah",
        "Bappeda",
        "BAPPEDA",
        "5.01.5.05.0.00.01",
        27_655_000_000,
        "Bagus Ibaratmaja",
    ),
    Office("Dinas Sosial", "Dinsos", "DINSOS", "1.06.0.00.0.00.01", 38_270_000_000, "Nyi Sekarandai"),
    Office("Inspektorat", "Inspektorat", "INSPEKTORAT", "6.01.0.00.0.00.01", 19_845_000_000, "H. Darma Seumpama"),
)

MAYOR, DEPUTY, SECRETARY = "Rangga Misalkan", "Hj. Tirta Andaiwati", "Dr. Panji Kisahnagara"


def office(slug: str) -> Office:
    """The OPD of that slug."""
    return next(one for one in OFFICES if one.slug == slug)


def rupiah(amount: int) -> str:
    """`Rp214.350.000.000`."""
    return "Rp" + f"{amount:,}".replace(",", ".")


def spread(seed: str, low: int, high: int) -> int:
    """A made-up whole number in [low, high], always the same for the same `seed`."""
    value = 2166136261
    for letter in seed.encode():
        value = (value ^ letter) * 16777619 % 2**32
    return low + (value >> 7) % (high - low + 1)


def kelurahan() -> list[tuple[str, str]]:
    """(kecamatan, kelurahan), all twelve."""
    return [(district, village) for district, villages in DISTRICTS.items() for village in villages]
