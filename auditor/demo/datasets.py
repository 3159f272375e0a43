"""The 18 datasets of the portal as their offices keep them: who, what, how often, and what is wrong with each."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date

from auditor.demo import papers, series, sheets
from auditor.demo.answer import CSV, HTML, JSON, PDF, XLSX, Answer, file, text

_ERROR_PAGE = (
    b"<!DOCTYPE html><html><head><title>500</title></head>"
    b"<body><h1>Terjadi kesalahan</h1><p>Ekspor gagal.</p></body></html>"
)


@dataclass(frozen=True, slots=True)
class Resource:
    """A file of a dataset. `answer` None: the link is dead."""

    name: str
    filename: str
    format: str
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset as CKAN will describe it. `cadence` is the declared frequency."""

    slug: str
    title: str
    owner: str
    modified: date
    resources: tuple[Resource, ...]
    notes: str = ""
    cadence: str = ""
    unit: str = ""
    tags: tuple[str, ...] = ()
    licence: str = "cc-by"
    created: date = date(2022, 3, 14)
    extras: dict[str, str] = field(default_factory=dict)


def _csv(rows: sheets.Rows, name: str, day: date) -> Resource:
    return Resource(name, f"{name}.csv", "CSV", file(sheets.csv_plain(rows), CSV, day))


def _xlsx(rows: sheets.Rows, name: str, day: date, title: str = "") -> Resource:
    return Resource(name, f"{name}.xlsx", "XLSX", file(sheets.xlsx(rows, "Data", title), XLSX, day))


def all_datasets(night: int) -> tuple[Dataset, ...]:
    """In the order the portal lists them. Night 2: the dengue cases have their October."""
    return (*_health(night), *_planning(), *_finance(), *_schools_and_roads(), *_others())


def _health(night: int) -> tuple[Dataset, ...]:
    month, day = (10, date(2026, 11, 2)) if night >= 2 else (9, date(2026, 10, 5))
    return (
        Dataset(
            "kasus-dbd-per-kelurahan",
            "Kasus Demam Berdarah per Kelurahan Tahun 2026",
            "DINKES",
            day,
            (_csv(series.dengue(month), "kasus-dbd-2026", day),),
            "Jumlah kasus demam berdarah menurut kelurahan dan bulan.",
            "bulanan",
            "kasus",
            ("kesehatan", "dbd"),
        ),
        Dataset(
            "covid-19-harian",
            "Covid-19 Harian Kota Contoh 2020-2022",
            "DINKES",
            date(2023, 1, 3),
            (
                Resource(
                    "covid-19-harian", "covid-19-harian.csv", "CSV", file(series.covid_daily(), CSV, date(2023, 1, 3))
                ),
            ),
            "Konfirmasi, sembuh, dan meninggal, kumulatif harian. Dihentikan, tidak diperbarui lagi.",
            "harian",
            "orang",
            ("kesehatan", "covid-19"),
            extras={"status": "dihentikan"},
        ),
        Dataset(
            "jumlah-posyandu",
            "Jumlah Posyandu per Kecamatan",
            "DINKES",
            date(2023, 2, 11),
            (_csv(series.yearly("posyandu", 2018, 2022, 20, 60), "jumlah-posyandu", date(2023, 2, 11)),),
            "Jumlah posyandu aktif menurut kecamatan.",
            "tahunan",
            "unit",
            ("kesehatan",),
        ),
    )


def _planning() -> tuple[Dataset, ...]:
    return (
        Dataset(
            "jumlah-penduduk",
            "Jumlah Penduduk per Kelurahan",
            "BAPPEDA",
            date(2026, 2, 20),
            (
                _csv(series.population(), "jumlah-penduduk", date(2026, 2, 20)),
                _xlsx(series.population(), "jumlah-penduduk", date(2026, 2, 20)),
            ),
            "Penduduk menurut kelurahan dan jenis kelamin.",
            "tahunan",
            "jiwa",
            ("kependudukan",),
        ),
        Dataset(
            "indeks-pembangunan-manusia",
            "Indeks Pembangunan Manusia Kota Contoh",
            "BAPPEDA",
            date(2026, 1, 19),
            (_csv(series.development_index(), "ipm", date(2026, 1, 19)),),
            "IPM metode baru.",
            "tahunan",
            "indeks",
            ("perencanaan",),
        ),
        Dataset(
            "indeks-kepuasan-masyarakat",
            "Indeks Kepuasan Masyarakat per Kelurahan",
            "BAPPEDA",
            date(2026, 1, 30),
            (
                Resource(
                    "ikm-2025",
                    "ikm-2025.csv",
                    "CSV",
                    file(sheets.csv_office(series.satisfaction(), "cp1252"), CSV, date(2026, 1, 30)),
                ),
            ),
            "Nilai IKM hasil survei kepuasan masyarakat.",
            "tahunan",
            "nilai",
            licence="",
        ),
    )


def _finance() -> tuple[Dataset, ...]:
    return (
        Dataset(
            "apbd-2026",
            "APBD Kota Contoh 2026 per Program",
            "BKAD",
            date(2026, 2, 6),
            (
                Resource(
                    "apbd-2026", "apbd-2026.csv", "CSV", file(sheets.csv_office(series.budget()), CSV, date(2026, 2, 6))
                ),
            ),
            "Anggaran belanja menurut perangkat daerah dan program.",
            "tahunan",
            "rupiah",
            ("anggaran", "apbd"),
        ),
        Dataset(
            "aset-tanah",
            "Bidang Tanah Milik Pemerintah Kota",
            "BKAD",
            date(2026, 6, 24),
            (_xlsx(series.land(), "aset-tanah-2025", date(2026, 6, 24), "Bidang Tanah Tahun 2025"),),
            "Jumlah bidang dan luas tanah menurut kelurahan.",
            "tahunan",
            "bidang",
            ("aset",),
            licence="",
        ),
        Dataset(
            "kak-penyusunan-data",
            "KAK Penyusunan Data Belanja 2018",
            "BKAD",
            date(2026, 3, 3),
            (
                Resource(
                    "KAK",
                    "kak-2018.pdf",
                    "PDF",
                    file(papers.pdf("Kerangka Acuan Kerja Penyusunan Data Belanja 2018", ("Latar belakang.",)), PDF),
                ),
            ),
            licence="",
        ),
    )


def _schools_and_roads() -> tuple[Dataset, ...]:
    return (
        Dataset(
            "jumlah-sd",
            "Jumlah Sekolah Dasar per Kecamatan",
            "DISDIK",
            date(2023, 3, 9),
            (_xlsx(series.yearly("sekolah_dasar", 2019, 2022, 18, 44), "jumlah-sd", date(2023, 3, 9)),),
            "Sekolah dasar negeri dan swasta.",
            "tahunan",
            "sekolah",
            ("pendidikan",),
        ),
        Dataset(
            "angka-partisipasi-sekolah",
            "Angka Partisipasi Sekolah",
            "DISDIK",
            date(2026, 8, 17),
            (_csv(series.yearly("aps", 2017, 2021, 88, 99), "aps", date(2022, 2, 1)),),
            "Persentase penduduk usia sekolah yang bersekolah.",
            "tahunan",
            "persen",
            ("pendidikan",),
        ),
        Dataset(
            "trayek-angkutan",
            "Trayek Angkutan Kota",
            "DISHUB",
            date(2023, 5, 5),
            (_csv(series.routes(2023), "trayek-2023", date(2023, 5, 5)),),
            "Trayek dan jumlah armada.",
            "tahunan",
            "armada",
            ("perhubungan",),
        ),
        Dataset(
            "titik-parkir",
            "Titik Parkir Tepi Jalan",
            "DISHUB",
            date(2024, 4, 18),
            (Resource("titik-parkir", "titik-parkir.csv", "CSV", file(_ERROR_PAGE, HTML)),),
            "Lokasi parkir tepi jalan umum.",
            "tahunan",
            "titik",
        ),
    )


def _others() -> tuple[Dataset, ...]:
    cameras = [dict(zip(series.points("CCTV", 18)[0], row, strict=True)) for row in series.points("CCTV", 18)[1:]]
    return (
        Dataset(
            "titik-wifi-publik",
            "Titik Wifi Publik",
            "DISKOMINFO",
            date(2026, 10, 19),
            (_csv(series.points("WIFI", 24), "titik-wifi-publik", date(2026, 10, 19)),),
            "Lokasi wifi publik gratis.",
            "tahunan",
            "titik",
            ("infrastruktur",),
        ),
        Dataset(
            "titik-cctv",
            "Titik CCTV",
            "DISKOMINFO",
            date(2026, 10, 19),
            (Resource("titik-cctv", "titik-cctv.json", "JSON", text(json.dumps(cameras), media_type=JSON)),),
            "Lokasi CCTV pemantau lalu lintas.",
            "tahunan",
            "titik",
            ("infrastruktur",),
        ),
        Dataset("dataset-uji-coba", "data123", "DISKOMINFO", date(2024, 1, 8), (), licence=""),
        Dataset(
            "penerima-bantuan-per-kelurahan",
            "Jumlah Penerima Bantuan Pangan per Kecamatan",
            "DINSOS",
            date(2023, 4, 27),
            (_csv(series.yearly("penerima_bantuan", 2020, 2022, 300, 2200), "penerima-bantuan", date(2023, 4, 27)),),
            "Jumlah keluarga penerima, tanpa data pribadi.",
            "tahunan",
            "keluarga",
            ("sosial",),
        ),
        Dataset(
            "tindak-lanjut-pengawasan",
            "Tindak Lanjut Hasil Pengawasan",
            "INSPEKTORAT",
            date(2024, 2, 2),
            (Resource("tindak-lanjut", "tlhp-2023.csv", "CSV", None),),
            "Rekapitulasi tindak lanjut rekomendasi.",
            "tahunan",
            "rekomendasi",
            licence="",
        ),
    )
