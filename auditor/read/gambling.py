"""Text of other hands: the gambling that is injected into government pages, told apart from news about gambling.

Advertising speaks to a player (brand, deposit, bonus, link); news and warnings speak about police, law and harm. Both
name the game, so the name alone never decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import urlsplit

from auditor.model import Link

_HIDDEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u180e"))
_LOOKALIKE = str.maketrans("аеорсухіѕјԁɡոԛԝһкмтвн", "aeopcyxisjdgnqwhkmtbh")
_LEET = str.maketrans("013457@$!", "oieastasi")
_REPEATED = re.compile(r"([a-z])\1+")

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
    text = unicodedata.normalize("NFKD", text.translate(_HIDDEN)).lower().translate(_LOOKALIKE)
    text = "".join(c for c in text if not unicodedata.combining(c))
    return _REPEATED.sub(r"\1", re.sub(r"[_\-./|:,]+", " ", text))


def gambling_title(title: str) -> bool:
    """True for a title or a link text that advertises gambling."""
    text = plain(title)
    if _ABOUT.search(text):
        return False
    games = _games(text)
    offers = {m[0] for m in _OFFER.finditer(text)} - {"taruhan"}
    if games and (len(games) > 1 or offers):
        return True
    return len(offers) >= 2 and bool(_TOPIC.search(text) or _BRAND.search(text))


def injected(title: str, text: str, links: Iterable[Link], host: str) -> str:
    """The words by which a page is recognised as advertising gambling, or an empty string.

    `text`: everything in the page, hidden parts included; `host`: the page's own, because links out are the purpose.
    """
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


def _games(text: str) -> list[str]:
    found = _named(text)
    if any(c in text for c in "013457@$!"):
        found += [name for name in _named(text.translate(_LEET)) if name not in found]
    return found


def _named(text: str) -> list[str]:
    return [m[0] for m in _GAME.finditer(text)] if any(stem in text for stem in _STEMS) else []


def _elsewhere(url: str, host: str) -> bool:
    try:
        other = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return False
    return bool(other) and other != host and not other.endswith("." + host) and not other.endswith(".go.id")
