"""Words for the closed lists of the house, as msgids in Indonesian; each page says them through gettext."""

from __future__ import annotations

from auditor.model import Status


def mark(msgid: str) -> str:
    """The msgid itself: marks it for extraction where the language is not known yet."""
    return msgid


STATUS: dict[str, str] = {
    Status.MET: mark("terpenuhi"),
    Status.PARTLY: mark("sebagian"),
    Status.UNMET: mark("belum terpenuhi"),
    Status.UNKNOWN: mark("belum dapat dilihat"),
    Status.NOT_APPLICABLE: mark("tidak berlaku"),
}
# Shape carries the status where colour cannot (WCAG 2.2, 1.4.1).
SIGN: dict[str, str] = {
    Status.MET: "●",
    Status.PARTLY: "◐",
    Status.UNMET: "○",
    Status.UNKNOWN: "?",
    Status.NOT_APPLICABLE: "–",
}
STATE: dict[str, str] = {
    "new": mark("baru"),
    "persisting": mark("tetap"),
    "resolved": mark("selesai"),
    "flickering": mark("berubah-ubah"),
}
WHOSE: dict[str, str] = {
    "site": mark("yang menghalangi ada di situsnya"),
    "auditor": mark("yang menghalangi ada pada pemeriksaan kami, bukan pada kota"),
    "human": mark("perlu jawaban orang"),
}
BASIS: dict[str, str] = {
    "data": mark("menurut isi data"),
    "title": mark("menurut judul"),
    "portal": mark("menurut tanggal ubah di portal"),
    "http": mark("menurut tanggal berkas di server"),
}
ROLE: dict[str, str] = {
    "ppid": mark("PPID"),
    "portal": mark("portal data"),
    "covid": mark("Covid-19"),
    "website": mark("situs resmi"),
    "service": mark("layanan"),
    "app": mark("aplikasi"),
    "restricted": mark("sistem internal"),
}
KIND: dict[str, str] = {
    "provinsi": mark("provinsi"),
    "kabupaten": mark("kabupaten"),
    "kota": mark("kota"),
}
OUTCOME: dict[str, str] = {
    "held": mark("terbukti"),
    "partly": mark("terbukti sebagian"),
    "not-held": mark("tidak terbukti"),
    "unseen": mark("belum dapat dilihat"),
}
RULE: dict[str, str] = {
    "robots": mark("dilarang robots.txt"),
    "trap": mark("deretan tautan tanpa akhir"),
    "other-host": mark("ke situs lain"),
    "scheme": mark("bukan tautan web"),
    "depth": mark("terlalu dalam"),
    "budget": mark("batas pemeriksaan per situs"),
    "size": mark("terlalu besar"),
    "mirror": mark("sama dengan alamat lain yang dibaca"),
    "soft-404": mark("pada halaman yang tidak ada"),
}
ITEM: dict[str, str] = {
    "available": mark("tersedia"),
    "current": mark("mutakhir"),
    "series": mark("ada tahun-tahun sebelumnya"),
    "open": mark("format terbuka"),
    "searchable": mark("dapat dicari"),
}
FLAW: dict[str, str] = {
    "dead": mark("tautannya mati"),
    "failed": mark("tidak terjawab"),
    "not-a-document": mark("bukan dokumen"),
    "empty": mark("kosong"),
    "login": mark("perlu masuk akun"),
    "placeholder": mark("berkas pengganti"),
    "other-kind": mark("dokumen lain"),
    "too-large": mark("terlalu besar"),
    "wrong-format": mark("formatnya lain dari yang disebut"),
    "broken-table": mark("tabelnya tidak terbaca"),
    "pdf": mark("tabel di dalam PDF, tidak dapat diolah mesin"),
}
FOLLOW_UP: dict[str, str] = {
    "belum dikerjakan": mark("belum dikerjakan"),
    "sedang dikerjakan": mark("sedang dikerjakan"),
    "selesai": mark("selesai menurut petugas"),
    "disanggah": mark("disanggah"),
    "bukan wewenang kami": mark("bukan wewenang kami"),
}
LEVEL: dict[str, str] = {
    "core": mark("inti"),
    "extended": mark("tambahan"),
    "unobservable": mark("tidak dapat dilihat mesin"),
}


def whose(reason: str) -> str:
    """Whose an unknown is, as a msgid; empty for a reason that is not of an unknown."""
    return WHOSE.get(reason.partition("-")[0], "") if "-" in reason else ""
