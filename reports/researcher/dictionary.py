"""The data dictionary: each published table with its columns in both languages, their types and their constraints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from auditor.model import Status
from reports.researcher.tables import DATASETS, DOCUMENTS, FINDINGS, QUALITY, SCORES, Field

REQUIRED = {"required": True}
_SHARE = {"required": True, "minimum": 0, "maximum": 1}
_POINTS = {"required": True, "minimum": 0, "maximum": 100}
_COUNT = {"minimum": 0}


@dataclass(frozen=True)
class Dictionary:
    """One table: its columns with Indonesian words and constraints. `key`: the columns that name a row."""

    title: str
    judul: str
    fields: tuple[Field, ...]
    words: Mapping[str, str]
    constraints: Mapping[str, Mapping[str, Any]]
    key: tuple[str, ...] = ()

    def schema(self) -> dict[str, Any]:
        """The Table Schema (Frictionless). `descriptions` has the description in both languages."""
        fields = []
        for field in self.fields:
            entry: dict[str, Any] = {
                "name": field.name,
                "type": field.type,
                "description": field.description,
                "descriptions": {"id": self.words[field.name], "en": field.description},
            }
            if field.name in self.constraints:
                entry["constraints"] = dict(self.constraints[field.name])
            fields.append(entry)
        keyed = {"primaryKey": list(self.key)} if self.key else {}
        return {"fields": fields, "missingValues": [""], **keyed}


TABLES = {
    "findings.csv": Dictionary(
        "Findings of the run",
        "Temuan pemeriksaan",
        FINDINGS,
        {
            "id": "sidik kriteria dan pokok, sama di setiap pemeriksaan",
            "criterion": "id di katalog kriteria",
            "indicator": "salah satu dari enam indikator",
            "subject": "kode badan, id situs, atau nama OPD",
            "site": "id situs, kosong untuk temuan tentang badan",
            "unit": "OPD yang menjadi pokok temuan",
            "owner": "siapa yang diminta bertindak",
            "status": "met terpenuhi, partly sebagian, unmet belum, unknown tak terlihat, not-applicable tak berlaku",
            "reason": "kode alasan; untuk unknown diawali site-, auditor-, atau human-",
            "low": "nilai bila yang tidak terlihat dianggap gagal, 0 sampai 1",
            "high": "nilai bila yang tidak terlihat dianggap terpenuhi, 0 sampai 1",
            "gain": "tambahan batas bawah nilai bila temuan terpenuhi",
            "since": "pemeriksaan pertama dengan status sekarang",
            "state": "new, persisting, resolved, atau flickering; kosong bila tidak ada yang diminta",
            "message_id": "yang terlihat, bahasa Indonesia",
            "message_en": "yang terlihat, bahasa Inggris",
            "remedy_id": "yang perlu dilakukan, bahasa Indonesia",
            "remedy_en": "yang perlu dilakukan, bahasa Inggris",
            "basis": "dasar hukum; pasal yang belum dibaca pada sumbernya diberi tanda",
            "evidence_urls": "alamat bukti, dipisah spasi",
            "evidence_digests": "SHA-256 salinan bukti, dipisah spasi",
            "answer_url": "alamat dalam tanggapan pejabat; kosong tanpa tanggapan",
            "answer_outcome": "held terbukti, partly sebagian, not-held tidak terbukti, unseen belum terlihat",
            "answer_seen": "yang terlihat di alamat itu, bahasa Indonesia",
            "answer_reason": "alasan dan catatan pejabat",
            "answer_who": "siapa yang menanggapi",
            "answer_date": "kapan ditanggapi",
        },
        {
            "id": {"required": True, "unique": True},
            "criterion": REQUIRED,
            "indicator": REQUIRED,
            "subject": REQUIRED,
            "status": {"required": True, "enum": [str(status) for status in Status]},
            "low": _SHARE,
            "high": _SHARE,
            "gain": _POINTS,
            "since": REQUIRED,
            "state": {"enum": ["new", "persisting", "resolved", "flickering"]},
            "evidence_digests": {"pattern": r"[0-9a-f]{64}( [0-9a-f]{64})*"},
        },
        ("id",),
    ),
    "datasets.csv": Dictionary(
        "Datasets of the data portals",
        "Dataset di portal data",
        DATASETS,
        {
            "id": "id di portal",
            "title": "judul di portal",
            "unit": "OPD yang bertanggung jawab",
            "platform": "perangkat lunak portal",
            "url": "halaman dataset",
            "licence": "lisensi menurut portal",
            "modified": "perubahan terakhir menurut portal",
            "newest_period": "periode terbaru dalam data: 2024, 2024-S1, 2024-TW3, 2024-05, atau 2024-05-31",
            "cadence": "seberapa sering harus terbit",
            "fresh": "apakah periode terbaru yang semestinya sudah ada; kosong bila tidak diketahui",
            "schema": "skema yang dipakai memeriksa tabelnya, dipisah ;",
            "rows": "baris tabelnya; kosong bila tidak ada yang terbaca",
            "errors": "sel yang melanggar aturan; kosong bila tidak ada yang terbaca",
            "contradiction": "tanggal perubahan menurut portal yang bertentangan dengan data; kosong bila sesuai",
            "recency_basis": "apa yang menunjukkan kemutakhirannya: data, title, portal (tanggal ubah), atau http",
            "archive": "mengapa dinilai sebagai arsip; kosong untuk dataset yang masih berjalan",
            "archive_whole": "apakah arsip mencakup seluruh masanya; kosong bila tidak diketahui",
            "archive_kept": "apakah arsip masih dapat diunduh; kosong bila tidak diketahui",
            "mqa_low": "poin DCAT/MQA, 0 sampai 405, bila yang tidak diketahui dianggap tidak ada",
            "mqa_high": "poin DCAT/MQA, 0 sampai 405, bila yang tidak diketahui dianggap ada",
            "satu_data_low": "unsur minimum Satu Data, 0 sampai 18, bila yang tidak diketahui dianggap tidak ada",
            "satu_data_high": "unsur minimum Satu Data, 0 sampai 18, bila yang tidak diketahui dianggap ada",
            "missing": "ukuran yang terlihat tidak ada, lihat datasets_quality.csv, dipisah ;",
            "flaws": "berkas yang tidak dapat dipakai dan sebabnya (`nama: sebab`), dipisah ;",
        },
        {
            "id": REQUIRED, "rows": _COUNT, "errors": _COUNT,
            "mqa_low": {"minimum": 0, "maximum": 405}, "mqa_high": {"minimum": 0, "maximum": 405},
            "satu_data_low": {"minimum": 0, "maximum": 18}, "satu_data_high": {"minimum": 0, "maximum": 18},
        },
    ),
    "datasets_quality.csv": Dictionary(
        "Quality of each dataset by measure: DCAT/MQA and Satu Data Indonesia",
        "Mutu setiap dataset menurut ukuran: DCAT/MQA dan Satu Data Indonesia",
        QUALITY,
        {
            "dataset": "id di portal",
            "url": "halaman dataset",
            "unit": "produsen data (OPD) menurut portal",
            "scheme": "mqa (data.europa.eu) atau satu-data (Perpres 39/2019)",
            "group": "dimensi MQA atau prinsip Satu Data Indonesia",
            "measure": "id ukuran",
            "points": "poin yang diberikan skemanya",
            "met": "untuk berkas terbaik bila tentang berkas; kosong bila tidak diketahui",
        },
        {"dataset": REQUIRED, "scheme": {"required": True, "enum": ["mqa", "satu-data"]}, "points": _COUNT},
    ),
    "documents.csv": Dictionary(
        "Documents found on the sites",
        "Dokumen yang ditemukan di situs",
        DOCUMENTS,
        {
            "url": "tempat berkasnya",
            "title": "judul atau teks tautan",
            "kind": "jenis dokumen; kosong bila di luar daftar",
            "years": "tahun isinya, 2024 atau 2025;2029",
            "unit": "OPD pemilik dokumen",
            "format": "format berkas",
            "bytes": "ukuran dalam bita",
            "readable": "apakah teksnya dapat dicari; kosong bila tidak dapat dibuka",
            "found_on": "halaman yang menautkannya",
            "site": "id situs",
        },
        {
            "url": REQUIRED,
            "years": {"pattern": r"[0-9]{4}(;[0-9]{4})*"},
            "bytes": _COUNT,
            "site": REQUIRED,
        },
    ),
}  # fmt: skip
SERIES = Dictionary(
    "Series of the scores",
    "Deret nilai",
    SCORES,
    {
        "run": "nomor pemeriksaan",
        "at": "saat yang dinilai, dengan selisih waktu",
        "low": "batas bawah, 0 sampai 100",
        "observed": "bagian yang terpenuhi dari yang terlihat, 0 sampai 100; kosong bila tidak ada yang terlihat",
        "high": "batas atas, 0 sampai 100",
        "coverage": "bagian bobot yang terlihat, 0 sampai 1",
        "band": "golongan yang memuat seluruh rentang; kosong bila tidak ada",
        "catalogue": "sidik katalog kriteria",
        "auditor": "versi perangkat lunak",
        "digest": "sidik bukti",
        "method_changed": "apakah katalog lain menilai pemeriksaan sebelumnya: bukan perubahan badan publik",
    },
    {
        "run": {"required": True, "unique": True},
        "at": REQUIRED,
        "low": _POINTS,
        "observed": {"minimum": 0, "maximum": 100},
        "high": _POINTS,
        "coverage": _SHARE,
        "catalogue": REQUIRED,
        "auditor": REQUIRED,
    },
    ("run",),
)
