"""Pages written for this measurement: advertising in every disguise that we know of, and pages that only look like it.

Each example is the HTML of one page. The advertisements are put into an ordinary page of a PPID, because that is where
they are found; what is no injection speaks of the same things in the words of news, rules and ordinary business.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

_ORDINARY = (
    "<h1>PPID Kota Misal</h1><p>Daftar Informasi Publik Kota Misal memuat dokumen anggaran, kinerja, dan layanan yang "
    "wajib diumumkan secara berkala. Permohonan informasi diajukan melalui formulir daring atau datang langsung.</p>"
    '<ul><li><a href="/dip">Daftar Informasi Publik</a></li><li><a href="/berita">Berita</a></li></ul>'
)
_ADVERTS = (
    "Situs Slot Gacor Hari Ini Gampang Menang",
    "Link Slot Online Resmi Terpercaya Maxwin",
    "Bandar Togel Online Terpercaya Hadiah 4D",
    "Slot Dana Deposit Pulsa Tanpa Potongan",
    "Agen Judi Bola Sbobet Bonus New Member",
    "RTP Live Slot Pragmatic Play Hari Ini",
    "Daftar Akun Slot Demo Anti Rungkad",
    "Toto Macau Link Alternatif Terlengkap",
)
_CYRILLIC = str.maketrans("aeopcyxi", "аеорсухі")
_LEET = str.maketrans("oiea", "0134")
_SMALL = str.maketrans("abcdeghijklmnoprtuvwyz", "ᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ")


@dataclass(frozen=True, slots=True)
class Example:
    """`trick`: how it is disguised, or what it resembles. `injected`: what a person would say of it."""

    trick: str
    html: str
    injected: bool


def _page(body: str, title: str = "PPID Kota Misal", head: str = "") -> str:
    return f"<!doctype html><html lang=id><head><title>{title}</title>{head}</head><body>{body}</body></html>"


def _anchor(words: str, number: int) -> str:
    return f'<a href="https://situs{number}.example/">{words}</a>'


def _full_width(words: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in words)


def _bold(words: str) -> str:
    return "".join(
        chr(0x1D5D4 + ord(c) - 65) if "A" <= c <= "Z" else chr(0x1D5EE + ord(c) - 97) if "a" <= c <= "z" else c
        for c in words
    )


def _disguised(words: str, number: int) -> Iterator[tuple[str, str]]:
    link, doorway = _anchor(words, number), f"{words}. " * 6 + "Daftar dan login sekarang, deposit minimal, bonus."
    yield "judul halaman", _page(f"<p>{doorway}</p>", title=words)
    yield "tampak di tubuh halaman", _page(_ORDINARY + f"<div>{link}{_anchor('Slot Gacor Terpercaya', 90)}</div>")
    for trick, style in (
        ("display:none", "display:none"),
        ("di luar layar", "position:absolute;left:-9999px"),
        ("indentasi teks", "text-indent:-99999px"),
        ("huruf sangat kecil", "font-size:1px"),
        ("tembus pandang", "opacity:0"),
        ("visibility:hidden", "visibility: hidden"),
        ("sewarna dengan latar", "color:#fff;background:#fff"),
        ("kotak tanpa tinggi", "height:0;overflow:hidden"),
    ):
        yield trick, _page(_ORDINARY + f'<div style="{style}">{link}</div>')
    sheet = "<style>.zz9{position:absolute;left:-12000px}</style>"
    yield "aturan di lembar gaya", _page(_ORDINARY + f'<div class="zz9">{link}</div>', head=sheet)
    yield "atribut hidden", _page(_ORDINARY + f"<p hidden>{words}</p>")
    yield "noscript", _page(_ORDINARY + f"<noscript>{link}</noscript>")
    yield "meta description", _page(_ORDINARY, head=f'<meta name="description" content="{words}">')
    yield "atribut alt", _page(_ORDINARY + f'<img src="/a.png" alt="{words}">')
    for trick, text in (
        ("aksara Kiril", words.lower().translate(_CYRILLIC)),
        ("huruf diganti angka", words.translate(_LEET)),
        ("karakter selebar nol", "\u200b".join(words)),
        ("tanda hubung lunak", "\u00ad".join(words)),
        ("huruf selebar penuh", _full_width(words)),
        ("huruf tebal matematis", _bold(words)),
        ("kapital kecil", words.lower().translate(_SMALL)),
        ("huruf direnggangkan", "  ".join(" ".join(word) for word in words.split())),
        ("bertanda diakritik", "\u0301".join(words)),
    ):
        yield trick, _page(_ORDINARY + f'<div style="display:none">{_anchor(text, number)}</div>')


_NEWS = (
    (
        "Polres Misal Tangkap Bandar Judi Online",
        "Polisi menangkap tersangka pengelola situs slot gacor dan togel online.",
    ),
    (
        "Bahaya Judi Online Slot bagi Pelajar",
        "Sosialisasi pencegahan judi daring: korban tergiur bonus dan deposit kecil.",
    ),
    ("Diskominfo Blokir 200 Situs Judi", "Diskominfo memblokir situs slot dan togel, masyarakat diimbau melaporkan."),
    ("ASN Terlibat Judi Online Akan Disanksi", "Surat edaran melarang ASN bermain judi slot maupun taruhan bola."),
    (
        "Situs Dinas Sempat Diretas, Kini Pulih",
        "Laman disisipi iklan slot gacor oleh peretas; tim CSIRT memulihkannya.",
    ),
    ("Razia Sabung Ayam di Kecamatan Utara", "Polsek mengamankan pelaku judi sabung ayam dan barang bukti taruhan."),
)
_BUSINESS = (
    (
        "Daftar Slot Parkir Terminal",
        "Terminal menyediakan 88 slot parkir resmi; daftar slot dan jadwal server diperbarui.",
    ),
    ("Ir. Sutoto Resmi Dilantik", "Wali Kota melantik Ir. Sutoto dan Drs. Totok sebagai kepala dinas yang baru."),
    ("Pendaftaran Member Perpustakaan", "Daftar dan login akun member perpustakaan; bonus buku bagi anggota baru."),
    (
        "Pagu Slot Waktu Pelayanan Paspor",
        "Slot antrean pelayanan dibuka setiap hari; link pendaftaran resmi pada menu.",
    ),
    ("Laporan Realisasi Pajak Hiburan", "Pajak hiburan atas permainan ketangkasan dan kasino nihil sepanjang tahun."),
    ("Hadiah Lomba Kebersihan", "Hadiah bagi pemenang lomba: deposit tabungan dan bonus pembinaan dari bank daerah."),
)


def examples() -> tuple[Example, ...]:
    """Every disguise of every advertisement, then the pages that are none."""
    found = [
        Example(trick, html, True) for number, words in enumerate(_ADVERTS) for trick, html in _disguised(words, number)
    ]
    for kind, pages in (("berita", _NEWS), ("urusan biasa", _BUSINESS)):
        for title, words in pages:
            article = f"<h1>{title}</h1><p>{words * 3}</p>"
            found.append(Example(kind, _page(_ORDINARY + article, title=title), False))
            menu = f'<div style="display:none"><a href="/berita/1">{title}</a><p>{words}</p></div>'
            found.append(Example(f"{kind} di menu tersembunyi", _page(_ORDINARY + menu), False))
            told = f'<meta name="description" content="{words}">'
            found.append(Example(f"{kind} di meta", _page(_ORDINARY, title=title, head=told), False))
    return tuple(found)
