"""Text of other hands: the gambling that is injected into government pages, told apart from news about gambling.

Advertising speaks to a player (brand, deposit, bonus, link); news and warnings speak about police, law and harm. Both
name the game, so the name alone never decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

from auditor.model import Link
from auditor.read.hidden import Hidden

_HIDDEN = dict.fromkeys(
    (
        *map(
            ord,
            "\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff\u00ad\u034f\u061c\u200e\u200f\u180e\u115f\u1160",
        ),
        *range(0x202A, 0x202F),  # directions
        *range(0x2066, 0x206A),
        *range(0xFE00, 0xFE10),  # variation selectors
        *range(0xE0000, 0xE0080),  # tags
    )
)
_LOOKALIKE = str.maketrans(
    "аеорсухіѕјԁɡոԛԝһкмтвнгαορτγνκιӏ" + "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ",
    "aeopcyxisjdgnqwhkmtbhraoptyvkil" + "abcdefghijklmnoprstuvwyz",
)
_CIRCLED = {0x1F150 + n: chr(97 + n) for n in range(26)} | {0x1F170 + n: chr(97 + n) for n in range(26)}
_SPACED = re.compile(r"(?<!\w)(?:[a-z0-9@$!] ){3,}[a-z0-9@$!](?!\w)")
_LEET = dict(zip("013457@$!", "oieastasi", strict=True))
_MAYBE_SPACED = re.compile(r" [a-z0-9@$!] [a-z0-9@$!] ")
_LEET_WITHIN = re.compile(r"[a-z][013457@$!]|[013457@$!][a-z]")
_DOUBLED = tuple(2 * letter for letter in "abcdefghijklmnopqrstuvwxyz")
_JOINING = re.compile(r"[_\-./|:,*•·]+")
_TRICKS = frozenset(map(chr, (*_HIDDEN, *_CIRCLED)))
_LOOKALIKES = frozenset(map(chr, _LOOKALIKE))

# What only an advertisement says.
_GAME = re.compile(
    r"\b(?:slot\s*(?:gacor|online|88|77+|demo|dana|pulsa|qris|thailand|kamboja|server|deposit|depo|"
    r"pragmatic|terpercaya|"
    r"resmi|gratis|terbaru|hari\s+ini|maxwin|gampang\s+menang|mahjong|bet|ovo|gopay|luar|zeus|5000|anti)"
    r"|(?:situs|agen|bandar|link|akun|game|bo|judi|rtp|bocoran|main)\s+(?:\w+\s+)?slot"
    r"|gacor|maxwin|scater|rtp\s*(?:live|slot)|sbobet|pragmatic\s*play|pg\s*soft|mahjong\s*ways|gates?\s+of\s+olympus|"
    r"starlight\s+princes|joker\s?123|habanero|pkv\s*games?|domino\s?q+|bandar\s?q+|q+\s?online|"
    r"toto\s*(?:slot|4d|macau|wap|togel)|"
    r"togel\s*(?:online|hari|sgp|hk|sidney|singapore|hongkong|deposit|resmi|terpercaya|\d)|(?:situs|agen|"
    r"bandar|bo|link|data|"
    r"prediksi|keluaran|pengeluaran)\s+(?:\w+\s+)?(?:togel|toto)|casino\s+online|live\s+casino|sv388|"
    r"sabung\s+ayam\s+online|"
    r"anti\s+rungkad?|rungkad|jackpot|freebet|new\s+member|poker\s+online|judi\s+(?:bola|casino|poker|qq|"
    r"deposit|terpercaya|24)|"
    r"\w*(?:togel|slot)\d{2,4}|[a-z]{2,}(?:togel|4d|hoki\d+|bet\d{2,4}))\b"
)
# One long word, as letters that were set apart give it when they are put together again: no word of a language.
_SPACED_OUT = re.compile(
    r"\b(?=[a-z0-9]{10,}\b)[a-z0-9]*(?:slot(?:gacor|online|dana|demo|deposit|depo|pulsa|resmi|terpercaya|pragmatic|maxwin)"
    r"|(?:situs?|agen|bandar|link|akun|rtplive)(?:slot|judi|togel|toto)|lin?kslot|gacor|maxwin|sbobet|judi(?:online|bola|"
    r"slot)|togel(?:online|resmi|hari)|toto(?:macau|slot|togel)|antirungkad|pragmaticplay)[a-z0-9]*\b"
)
# Names of brands that may also be names of people (Sutoto) and things (timeslot).
_BRAND = re.compile(r"\b[a-z]{2,}(?:toto|slot|cuan\d*)\b")
# What an advertisement and news both say.
_TOPIC = re.compile(
    r"\b(?:judi(?:\s+online|\s+daring)?|judol|togel|toto|taruhan|slot|kasino|casino|poker|sabung\s+ayam|gacor)\b"
)
_OFFER = re.compile(
    r"\b(?:daftar|login|deposit|depo|withdraw|wd|bonus|promo|terpercaya|terlengkap|terbesar|terbaik|"
    r"gampang|mudah\s+menang|menang|resmi|"
    r"link\s+alternatif|alternatif|minimal|modal|pulsa|tanpa\s+potongan|new\s+member|member|hoki|cuan|"
    r"hadiah|agen|bandar|"
    r"situs|taruhan|permainan|bermain|pemain|jackpot|akun|server|provider|apk|24\s+jam|hari\s+ini|viral|winrate|anti)\b"
)
_ABOUT = re.compile(
    r"\b(?:polisi|polres\w*|polda|polri|polsek|kepolisian|tangkap|ditangkap|penangkapan|menangkap|"
    r"tersangka|razia|berantas|"
    r"pemberantasan|memberantas|larang|larangan|dilarang|bahaya|sosialisasi|kominfo|komdigi|blokir|"
    r"memblokir|diblokir|pemblokiran|"
    r"satgas|cegah|pencegahan|kecanduan|hukum|hukuman|pidana|kuhp|pasal|waspada|imbau|mengimbau|himbau|"
    r"edukasi|literasi|tolak|"
    r"perangi|penindakan|menindak|jaksa|kejaksaan|pengadilan|terdakwa|korban|asn|peretas|diretas|"
    r"peretasan|hacker|retas|"
    r"lawan|tegas|surat\s+edaran|deklarasi|ppatk|ojk|dampak|penanganan|terdampak|laporkan)\b"
)


# Every game's name holds one of these, so that most pages are done with at once.
_STEMS = (
    *(
        "slot",
        "gacor",
        "maxwin",
        "toto",
        "togel",
        "judi",
        "casino",
        "poker",
        "sbobet",
        "jackpot",
        "4d",
        "qq",
        "rungkad",
    ),
    *("freebet", "joker", "habanero", "pragmatic", "mahjong", "olympus", "starlight", "scater", "rtp", "hoki", "bet"),
    *("pkv", "sv38", "sabung", "member", "pg", "dominoq", "bandarq", "q online", "cuan"),
)


def plain(text: str) -> str:
    """Lower case without the tricks: compatibility forms, look-alikes, zero-width characters, doubled letters."""
    text = text.lower() if text.isascii() else _undisguised(text)
    text = _JOINING.sub(" ", text)
    if _MAYBE_SPACED.search(text):
        text = _SPACED.sub(lambda letters: letters[0].replace(" ", ""), text)
    for twice in _DOUBLED:
        while twice in text:
            text = text.replace(twice, twice[0])
    return text


def _undisguised(text: str) -> str:
    """Lower case, without look-alikes, hidden characters and accents. A page without them is not gone through."""
    if not _TRICKS.isdisjoint(text):
        text = text.translate(_HIDDEN).translate(_CIRCLED)
    text = unicodedata.normalize("NFKD", text).lower()
    used = set(text)
    if not _LOOKALIKES.isdisjoint(used):
        text = text.translate(_LOOKALIKE)
    marks = [ord(c) for c in used if unicodedata.combining(c)]
    return text.translate(dict.fromkeys(marks)) if marks else text


def _unleeted(text: str) -> str:
    for written, meant in _LEET.items():
        text = text.replace(written, meant)
    return text


def gambling_title(title: str) -> bool:
    """True for a title or a link text that advertises gambling."""
    return _remembered(title) if len(title) <= _WORTH_KEEPING else _advertises(title)


def _advertises(title: str) -> bool:
    text = plain(title)
    if _ABOUT.search(text):
        return False
    games = _games(text)
    offers = {m[0] for m in _OFFER.finditer(text)} - {"taruhan"}
    if games and _LEET_WITHIN.search(text):
        offers |= {m[0] for m in _OFFER.finditer(_unleeted(text))} - {"taruhan"}
    if _SPACED_OUT.search(text):
        return True
    if games and (len(games) > 1 or offers):
        return True
    return len(offers) >= 2 and bool(_TOPIC.search(text) or _BRAND.search(text))


_WORTH_KEEPING = 200
_remembered = lru_cache(maxsize=16_384)(_advertises)
"""The links of a menu are on every page of its site."""


def injected(title: str, text: str, links: Iterable[Link], host: str, hidden: Hidden | None = None) -> str:
    """The words by which a page is recognised as advertising gambling, or an empty string.

    `text`: everything in the page, hidden parts included; `host`: the page's own, because links out are the purpose.
    `hidden`: what of it no visitor sees; there one advertisement is enough.
    """
    concealed = _concealed(hidden, host) if hidden is not None else ""
    if concealed:
        return concealed
    advertised = [link.text for link in links if link.text and _elsewhere(link.url, host) and gambling_title(link.text)]
    if len(set(advertised)) >= 2:
        return "; ".join(dict.fromkeys(advertised[:3]))[:200]
    if gambling_title(title):
        return title[:200]
    body = plain(text[:200_000])
    games = _games(body)
    if not games:
        return ""
    words = max(1, body.count(" ") + 1)
    offers = len({m[0] for m in _OFFER.finditer(body)})
    about = sum(1 for _ in _ABOUT.finditer(body))
    dense = len(games) / words >= 0.008
    if len(set(games)) >= 2 and offers >= 3 and about * 2 <= len(games) and (dense or len(games) >= 8):
        return ", ".join(dict.fromkeys(games))[:200]
    return ""


def _concealed(hidden: Hidden, host: str) -> str:
    """Advertising where nobody reads it. A hidden menu may name news about gambling; that speaks of police and law."""
    if not _games(plain(" \n ".join((*hidden.texts, *hidden.told, *(words for _, words in hidden.links))))):
        return ""
    for url, words in hidden.links:
        if words and _elsewhere(url, host) and gambling_title(words):
            return words[:200]
    for text in (*hidden.texts, *hidden.told):
        said = plain(text)
        if _ABOUT.search(said):
            continue
        games = dict.fromkeys(_games(said))
        if len(games) >= 2 or gambling_title(text[:300]):
            return text[:200]
    return ""


def _games(text: str) -> list[str]:
    found = _named(text) + [m[0][:40] for m in _SPACED_OUT.finditer(text)]
    if any(c in text for c in "013457@$!"):
        found += [name for name in _named(_unleeted(text)) if name not in found]
    return found


def _named(text: str) -> list[str]:
    return [m[0] for m in _GAME.finditer(text)] if any(stem in text for stem in _STEMS) else []


def _elsewhere(url: str, host: str) -> bool:
    other = _host(url)
    return bool(other) and other != host and not other.endswith("." + host) and not other.endswith(".go.id")


@lru_cache(maxsize=16_384)
def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
