"""Signs that a site is no longer the body's: what decides them, in words. Pure.

A sign is something that was *seen*: pages of other hands, an address that leads to a stranger, a certificate for
another name, a domain that does not exist any more. What merely did not answer is no sign (DESIGN rules 1 and 12).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import urljoin

from auditor.model import Body, Capture, Certificate, Page, PriorFront, SiteFacts, Text
from auditor.read.answers import is_login
from auditor.read.domains import domain_of, is_government
from auditor.read.fronts import names_body, words_of
from auditor.read.language import language_of
from checks.judges.expiry import ending_soon, expiry_slots
from checks.judges.fronts import front_page, host_of

Kind = Literal[
    "injected", "parked", "elsewhere", "certificate", "owner", "stranger", "no-domain", "expired", "expiring"
]
MUTE: frozenset[Kind] = frozenset({"no-domain"})
"""Signs of a site that shows nothing at all: what else is asked of it is unknown because it did not answer."""

RUN_OUT: frozenset[Kind] = frozenset({"expired", "expiring"})
"""Signs that speak of a date and of nobody else: the site is the body's, and to be judged again once it is renewed."""

LEAST_WORDS = 300
"""Characters of text from which a page that never names the body is somebody else's, not merely short."""

_GOVERNMENT_WORDS = re.compile(
    r"\b(?:pemerintah\w*|pemkot|pemkab|pemda|pemprov|dinas|bappeda\w*|diskominfo|kelurahan|kecamatan|kabupaten|kota|"
    r"provinsi|desa|wali ?kota|bupati|gubernur|camat|lurah|ppid|informasi publik|badan publik|covid\S*|corona|pandemi|"
    r"vaksin\w*|puskesmas|rsud|opd|perangkat daerah|peraturan|perda|perwal\w*|apbd|anggaran|bansos|warga|masyarakat|"
    r"pelayanan|layanan|pengaduan|informasi (?:berkala|setiap saat|serta merta)|laporan|satu data)\b",
    re.IGNORECASE,
)
# What a framework shows before anybody has put anything there: nobody's, and no stranger's.
_STOCK = re.compile(
    r"^(?:laravel|(?:welcome to )?codeigniter|react app|vite \+ \w+|next\.?js|create next app|wordpress\b.*)\W*$",
    re.IGNORECASE,
)
# Where a network operator sends whoever may not see a page: a block, no new owner.
_BLOCK_PAGES = re.compile(
    r"internet-?positif|trustpositif|mercusuar\.uzone|aduankonten|nawala|lamanlabuh", re.IGNORECASE
)
# Where anybody keeps pages: who keeps this one, only a person can say.
_SHARED_HOSTS = re.compile(
    r"(?:^|\.)(?:google\.com|blogspot\.com|wordpress\.com|linktr\.ee|s\.id|bit\.ly|github\.io|vercel\.app|netlify\.app|"
    r"web\.app|firebaseapp\.com|pages\.dev|apple\.com|instagram\.com|facebook\.com|youtube\.com|forms\.gle|arcgis\.com)$",
    re.IGNORECASE,
)


_SHOWS_NOTHING = frozenset({"login", "script-only", "blocked", "maintenance", "empty"})


@dataclass(frozen=True, slots=True)
class Sign:
    """`words`: what decided, for a reader; `pages` and `captures`: where it stands; `certificate`: what has run
    out."""

    kind: Kind
    words: Text
    pages: tuple[Page, ...] = ()
    captures: tuple[Capture, ...] = ()
    certificate: Certificate | None = None


@dataclass(frozen=True, slots=True)
class Own:
    """The body as far as a site can be recognised as its: its names, the hosts of all its sites, and their domains but
    for those where anybody keeps pages."""

    body: Body
    hosts: frozenset[str]
    domains: frozenset[str]

    def names(self, text: str) -> bool:
        """Whether a text names the body (`Kota Bogor`, `Bogor`)."""
        return names_body(text, self.body)

    def holds(self, host: str) -> bool:
        return host in self.hosts or domain_of(host) in self.domains


def own_of(body: Body, sites: Iterable[SiteFacts]) -> Own:
    hosts = frozenset(h.lower() for s in sites for h in (host_of(s.site.url or ""), *s.site.hosts) if h)
    return Own(body, hosts, frozenset(domain_of(host) for host in hosts if not _SHARED_HOSTS.search(host)))


def sign_of(site: SiteFacts, own: Own, at: datetime, warn_days: int, before: PriorFront | None = None) -> Sign | None:
    """The first sign that decides, the plainest first; None where there is none. `at`: the audit's date; `warn_days`:
    from how many days to go the end of a certificate is near; `before`: the front page that last named the body."""
    if site.site.url is None:
        return None
    signs = (
        _foreign(site),
        _elsewhere(site, own),
        _certificate(site),
        _new_owner(site, own, before),
        _stranger(site, own),
        _no_domain(site),
        _run_out(site, at, warn_days),
    )
    return next((found for found in signs if found is not None), None)


def leads_to(site: SiteFacts) -> tuple[str, tuple[Capture, ...]]:
    """Where the site's address leads in the end, and the exchanges on the way."""
    at = {c.url: c for c in sorted(site.captures, key=lambda c: c.at)}
    url, way = site.site.url or "", list[Capture]()
    while url in at and len(way) < 12:
        way.append(at[url])
        if not at[url].location or at[url].cause == "ok":
            break
        url = urljoin(url, at[url].location or "").partition("#")[0]
    return url, tuple(way)


def undecided_host(site: SiteFacts, own: Own) -> str:
    """The host elsewhere that the address leads to, where only a person can say whose it is: its page names the body,
    or asks for a login, or was not seen on a host where a government or anybody may keep it."""
    url, way = leads_to(site)
    host = host_of(url)
    if not way or not host or own.holds(host) or _BLOCK_PAGES.search(host):
        return ""
    landed = site.landing
    unseen = landed is None or landed.nature in _SHOWS_NOTHING
    perhaps = is_government(host) or bool(_SHARED_HOSTS.search(host))
    return host if _names_the_body(site, own) or is_login(url) or (unseen and perhaps) else ""


def _foreign(site: SiteFacts) -> Sign | None:
    injected = tuple(sorted((p for p in site.pages if p.nature == "injected"), key=lambda p: p.url))
    if injected:
        return Sign("injected", _quoted("isi pihak lain", "text of other hands", injected[0].nature_words), injected)
    front = front_page(site)
    if front is not None and front.nature == "parked":
        return Sign("parked", _quoted("halaman parkir", "a parked page", front.nature_words), (front,))
    return None


def _elsewhere(site: SiteFacts, own: Own) -> Sign | None:
    url, way = leads_to(site)
    host = host_of(url)
    if len(way) < 2 and (not way or not way[-1].location):
        return None
    if not host or own.holds(host) or undecided_host(site, own) or _BLOCK_PAGES.search(host):
        return None
    words = Text(f"alamatnya mengarah ke {host}", f"its address leads to {host}")
    landed = site.landing
    if landed is not None and landed.title:
        words = Text(f"{words.id} („{landed.title[:100]}“)", f"{words.en} („{landed.title[:100]}“)")
    return Sign("elsewhere", words, captures=way)


def _certificate(site: SiteFacts) -> Sign | None:
    """A certificate for another name: the server behind the address is not the one that the name stands for."""
    if failed_certificate(site) != "tls-wrong-host":
        return None
    url, way = leads_to(site)
    shown = certificate_of(site, url)
    names = ", ".join(shown.names[:4]) if shown is not None and shown.names else "–"
    words = Text(
        f"sertifikatnya untuk {names}, bukan {host_of(url)}", f"its certificate is for {names}, not {host_of(url)}"
    )
    return Sign("certificate", words, captures=way)


def _new_owner(site: SiteFacts, own: Own, before: PriorFront | None) -> Sign | None:
    """A front page that named the body before and of which title, language and the one it names have all changed, to
    something that names nobody of government. A redesign that still names the body is none."""
    front = front_page(site)
    if before is None or front is None or front.nature != "page" or site.visit.cause != "ok":
        return None
    said = words_of(front)
    if own.names(said) or _GOVERNMENT_WORDS.search(said) or _STOCK.match(front.title):
        return None
    language = language_of(said)
    if not language or not before.language or language == before.language or _title(front.title) & _title(before.title):
        return None
    was, now = before.title[:100] or "–", front.title[:100] or "–"
    words = Text(
        f"isinya berganti pemilik: „{was}“ ({before.language}) menjadi „{now}“ ({language}), tanpa menyebut "
        f"{own.body.name} maupun pemerintahan",
        f"its content changed owner: „{was}“ ({before.language}) became „{now}“ ({language}), which names neither "
        f"{own.body.name} nor any government",
    )
    return Sign("owner", words, (front,))


def _title(text: str) -> frozenset[str]:
    """The words of a title that could be carried over."""
    return frozenset(word for word in re.findall(r"[^\W\d_]{4,}", text.lower()))


def _stranger(site: SiteFacts, own: Own) -> Sign | None:
    """A site on a domain that anybody can buy, with pages enough, none of which speaks of the body or of government."""
    front = front_page(site)
    if front is None or front.nature != "page" or is_government(host_of(front.url)) or site.visit.cause != "ok":
        return None
    if len(front.text) < LEAST_WORDS or _STOCK.match(front.title):
        return None
    pages = [p for p in site.pages if p.nature == "page"]
    if any(own.names(text) or _GOVERNMENT_WORDS.search(text) for text in map(words_of, pages)):
        return None
    words = Text(
        f"isinya tidak menyebut {own.body.name} maupun pemerintahan („{front.title[:100]}“)",
        f"what it shows names neither {own.body.name} nor any government („{front.title[:100]}“)",
    )
    return Sign("stranger", words, (front,))


def _no_domain(site: SiteFacts) -> Sign | None:
    if site.visit.cause != "dns":
        return None
    url, way = leads_to(site)
    host = host_of(url)
    words = Text(f"nama {host} tidak ada lagi di DNS", f"the name {host} no longer exists in the DNS")
    return Sign("no-domain", words, captures=way)


def _run_out(site: SiteFacts, at: datetime, warn_days: int) -> Sign | None:
    """The first certificate on the way to the front page that has ended or is about to, told as it stands there."""
    url, way = leads_to(site)
    hosts = [step for step in (*(c.url for c in way), url) if step.startswith("https:")]
    certificates = [c for c in (certificate_of(site, step) for step in hosts) if c is not None]
    if failed_certificate(site) == "tls-expired":
        shown = next((c for c in certificates if not c.verified), None)
    else:
        shown = next((c for c in certificates if ending_soon(c, at, warn_days)), None)
    if shown is None:
        return None
    told = expiry_slots(shown, at)
    until = f"{told['title']} · {told['issuer']} · {told['found']}"
    kind: Kind = "expiring" if shown.verified else "expired"
    return Sign(kind, Text(f"sertifikat {until}", f"certificate {until}"), captures=way, certificate=shown)


def failed_certificate(site: SiteFacts) -> str:
    """The cause for which the certificate of the front page was refused, also where it was fetched all the same."""
    said = [site.visit.cause, *(c.detail for c in site.captures if c.url == site.site.url)]
    return next((word.partition(":")[0] for word in said if word.startswith("tls-")), "")


def certificate_of(site: SiteFacts, url: str) -> Certificate | None:
    """The certificate that the host of an address showed; of several ports that of the address's own."""
    host = host_of(url)
    same = [c for c in site.certificates if c.host == host]
    port = _port(url)
    return next((c for c in same if c.port == port), same[0] if same else None)


def _port(url: str) -> int:
    tail = url.partition("://")[2].partition("/")[0].rpartition(":")[2]
    return int(tail) if tail.isdigit() else 443


def _names_the_body(site: SiteFacts, own: Own) -> bool:
    landed = site.landing
    if landed is None or landed.nature in ("parked", "injected"):
        return False
    return own.names(f"{landed.title} {landed.text}")


def _quoted(indonesian: str, english: str, words: str) -> Text:
    return Text(f"{indonesian} („{words[:160]}“)", f"{english} („{words[:160]}“)")
