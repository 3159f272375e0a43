"""Which links to follow first: those that lead where the catalogue's things are usually kept.

A budgeted crawl that spends its pages on news sees less of what it is judged by. The words are menu names that real
sites use (Informasi Berkala, Transparansi Anggaran, Daftar Informasi Publik, JDIH, dataset) and, on the other side, the
sections that never hold the thing itself.
"""

from __future__ import annotations

import re

from auditor.model import Link

_WANTED = re.compile(
    r"berkala|setiap[-_ ]?saat|serta[-_ ]?merta|dikecualikan|informasi[-_ ]publik|ppid|\bdi[pk]\b|transparansi|anggaran"
    r"|\b(?:rka|dpa|lra|apbd|lkpd|rkpd|rpjmd|renja|renstra|lkj?ip|lakip|lkpj|lppd|lhkpn|kua|ppas|rup|sop|tpad)\b"
    r"|keuangan|perencanaan|kinerja|laporan|pengadaan|dokumen|unduh|download|regulasi|produk[-_ ]hukum|jdih|peraturan"
    r"|maklumat|permohonan|keberatan|pengaduan|profil|struktur|standar|layanan|dataset|statistik|kontak",
    re.IGNORECASE,
)
_FOREIGN = re.compile(
    r"/(?:berita|news|artikel|article|galeri|gallery|foto|video|agenda|kalender|calendar|tag|author|komentar)(?:/|$|\?)",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(r"\.(?:pdf|xlsx?|csv|docx?|ods|odt|zip|json|geojson)(?:$|[?#])", re.IGNORECASE)


def interest(link: Link) -> float:
    """0 (a section that never holds the thing) to 3 (a document whose words are of the catalogue)."""
    if _FOREIGN.search(link.url):
        return 0.0
    wanted = bool(_WANTED.search(link.text) or _WANTED.search(link.url) or _WANTED.search(link.context))
    return 1.0 + wanted + bool(_DOCUMENT.search(link.url))
