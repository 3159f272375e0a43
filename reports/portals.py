"""What a portal was found to run, and why, in the reader's words: a sentence for each word of `read.harvests`."""

from __future__ import annotations

from dataclasses import dataclass

from reports.labels import mark

PLATFORM: dict[str, str] = {
    "ckan": "CKAN",
    "jabar": mark("antarmuka program keluarga portal Jawa Barat"),
    "dkan": "DKAN",
    "arcgis": "ArcGIS Hub",
    "socrata": "Socrata",
    "dcat": mark("katalog DCAT"),
    "schema.org": mark("keterangan schema.org di dalam halaman"),
    "halaman": mark("halaman biasa dengan tautan unduh"),
}
BECAUSE: dict[str, str] = {
    "answers-as-itself": mark("daftarnya menjawab seperti perangkat lunak itu"),
    "listing-answers": mark("api-backend/dataset/list menyebut dataset"),
    "named-in-front": mark("halaman depannya menyebut %(words)s dan daftarnya menjawab"),
    "catalogue-answers": mark("katalog DCAT-nya menjawab"),
}
FAILURE: dict[str, str] = {
    "robots": mark("robots.txt meminta agar antarmuka programnya tidak dipanggil"),
    "not-pointed-to": mark("halaman depan tidak menunjuk ke sana"),
    "no-answer": mark("tidak ada jawaban (%(words)s)"),
    "too-large": mark("jawabannya terlalu besar untuk dibuka"),
    "page-instead": mark("yang dijawab halaman web, bukan daftar"),
    "nested": mark("jawabannya bersarang tanpa akhir"),
    "error-inside": mark("jawaban 200 berisi pesan galat (%(words)s)"),
    "too-much": mark("jawabannya menuntut kerja di luar batas dan ditinggalkan (%(words)s)"),
    "hostile": mark("jawabannya berisi jebakan dan tidak dibuka (%(words)s)"),
    "unreadable": mark("jawabannya rusak dan tidak terbaca"),
    "no-listing": mark("jawabannya bukan daftar dataset dari perangkat lunak itu"),
    "other-host": mark("halaman berikutnya berada di situs lain (%(words)s)"),
    "circle": mark("halaman berikutnya kembali ke halaman yang sudah dibaca"),
    "same-again": mark("setiap halaman berisi dataset yang sama"),
    "empty-page": mark("ada halaman kosong yang masih menunjuk ke halaman berikutnya"),
    "no-end": mark("daftarnya tanpa akhir, dihentikan setelah %(words)s halaman"),
    "too-few": mark("jumlah yang disebut lain dari jumlah yang terdaftar (%(words)s)"),
    "action-refused": mark("permintaannya ditolak atau gagal (%(words)s)"),
    "other": mark("gagal (%(words)s)"),
}


@dataclass(frozen=True)
class Said:
    """A sentence as a msgid with its `words`; `page`: of a listing, where it happened on one."""

    msgid: str
    words: str
    page: str = ""


def said(code: str, words: str) -> Said:
    """The sentence for a code; the place in a listing that the words name (`#7`) becomes its page."""
    parts = words.split(", ")
    page = next((part[1:] for part in parts if part.startswith("#")), "")
    rest = ", ".join(part for part in parts if not part.startswith("#"))
    return Said({**BECAUSE, **FAILURE}.get(code, FAILURE["other"]), rest or "–", page)
