"""Whether absence was seen: DESIGN rule 11.

A site was read whole for a question when its front page answered, no link that may be followed was left, nothing that
could hold or lead to the thing failed or hid itself, and no stated refusal (robots, trap, other host) names the thing.
A failed link in a section of news, galleries or calendars, and a failed file whose own title says that it is something
else, could not have held it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from auditor.model import Criterion, Document, Page, Refusal, Searched, SiteFacts
from auditor.read.titles import classify
from checks.judges.case import ANSWERED, Case, collapse, readable_path, reason_of_cause
from checks.judges.fronts import host_of

WHOLE_SITE = "seluruh situs"

_CONFIDENT = 0.7
_HIDDEN = {
    "script-only": "site-script-only",
    "blocked": "site-blocked",
    "login": "site-login",
    "maintenance": "site-incomplete",
    "parked": "site-incomplete",
    "empty": "site-incomplete",
}
FALSE = frozenset({"dead", "not-a-document", "empty", "login", "placeholder", "other-kind"})
"""Flaws that were seen: a visitor who follows the link does not get the document."""

_OUR_LIMITS = {"budget": "auditor-budget", "depth": "auditor-budget", "size": "site-unread"}
_STATED = {"robots": "site-robots", "trap": "site-incomplete", "other-host": "site-incomplete"}
_FOREIGN = re.compile(
    r"(?:^|/)(?:berita|news|artikel|articles?|blog|galeri|gallery|foto|photos?|video|agenda|kalender|calendar|events?"
    r"|tag|author|komentar|polling|wp-admin|wp-login(?:\.php)?|admin|administrator|login|masuk|signin|logout|register"
    r"|cgi-bin|wp-json|feed|rss)(?:[/?.]|$)",
    re.IGNORECASE,
)
_FOREIGN_WORDS = re.compile(
    r"^(?:berita|news|artikel|galeri|foto|video|kalender|log ?in|masuk|sign ?in|admin)\b", re.IGNORECASE
)
_NO_READING = re.compile(
    r"(?:/robots\.txt|/[^/]*sitemap[^/]*\.xml(?:\.gz)?|/favicon\.ico"
    r"|\.(?:css|js|mjs|map|woff2?|ttf|eot|svg|ico|png|jpe?g|gif|webp|bmp|mp[34]|avi|mov|webm))$",
    re.IGNORECASE,
)
_FILE = re.compile(r"\.(?:pdf|docx?|odt|xlsx?|ods|csv|pptx?|zip|rar|7z|json|geojson|xml|txt|rtf)$", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"\b(?:unduh|download|lihat|buka|baca|klik|click|disini|sini|di|here|file|berkas|dokumen|document|lampiran|detail|view"
    r"|preview|selengkapnya|pdf|xlsx?|docx?|zip|rar|scan|img|image|new|final|copy|untitled|no|name)\b|[\d\W_]+",
    re.IGNORECASE,
)
_RANK = (
    "site-taken-over",
    "site-expired",
    "site-expiring",
    "site-unreachable",
    "site-suspended",
    "site-seen-elsewhere",
    "auditor-intercepted",
    "auditor-evidence-damaged",
    "auditor-less-than-usual",
    "site-blocked",
    "site-login",
    "site-script-only",
    "site-portal-incomplete",
    "site-robots",
    "site-unread",
    "site-incomplete",
    "auditor-budget",
    "auditor-not-collected",
    "human-address-not-known",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: documents of kinds, or what stands in sections named so.

    `anything`: every page matters. `others`: addresses of documents whose own titles say that they are another unit's
    or another of the kind. `harmless`: natures and causes that hide nothing of what is looked for. `counted`: documents
    that are known by name are counted one by one by the judge, so that one that failed is no hole. `own`: only what
    stands on the site's own hosts matters, not the files of others that it links to.
    """

    kinds: frozenset[str] = frozenset()
    sections: tuple[str, ...] = ()
    anything: bool = False
    counted: bool = False
    others: frozenset[str] = frozenset()
    harmless: frozenset[str] = frozenset()
    own: bool = False

    def in_section(self, *texts: str) -> bool:
        return any(pattern.search(text) for pattern in _compiled(self.sections) for text in texts)


@lru_cache(maxsize=1_024)
def _compiled(sections: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in sections)


@dataclass(frozen=True, slots=True)
class Search:
    """What was looked through. `why` is the reason code of the first hole (empty when complete), `holes` where."""

    complete: bool
    why: str
    searched: tuple[Searched, ...]
    sites: tuple[SiteFacts, ...]
    holes: tuple[str, ...] = ()
    pages: int = 0


def search(case: Case, criterion: Criterion, wanted: Wanted) -> Search:
    """Looks for holes in all places of the criterion whose address is known; without any, nothing was searched."""
    return search_sites(case, case.places(criterion), wanted)


def search_sites(case: Case, sites: Sequence[SiteFacts], wanted: Wanted) -> Search:
    known = tuple(s for s in sites if s.site.url is not None)
    if not known:
        return Search(False, "human-address-not-known", (), tuple(sites))
    found: list[tuple[str, str, SiteFacts]] = []
    searched = []
    for site in known:
        holes = sorted(set(_holes(case, site, wanted)))
        found += [(why, url, site) for why, url in holes]
        searched.append(_searched(case, site, wanted, complete=not holes))
    found.sort(key=lambda hole: (_RANK.index(hole[0]), hole[1]))
    deciding = tuple({s.site.id: s for why, _, s in found if why == found[0][0]}.values()) if found else known
    return Search(
        complete=not found,
        why=found[0][0] if found else "",
        searched=tuple(searched),
        sites=deciding,
        holes=tuple(url for _, url, _ in found)[:5],
        pages=sum(entry.pages for entry in searched),
    )


def could_hold(case: Case, url: str, wanted: Wanted, words: Iterable[str] = ()) -> bool:
    """Whether what stands at `url`, and was not seen, could be the thing or lead to it."""
    path = urlsplit(url).path
    if _NO_READING.search(path) or url in wanted.others:
        return False
    texts = (*words, *case.words.get(url, ()))
    if wanted.anything or names_it(case, url, wanted, texts):
        return True
    if _FOREIGN.search(path) or any(_FOREIGN_WORDS.search(text.rsplit(" > ", 1)[-1]) for text in texts):
        return False
    if not _FILE.search(path):
        return True
    if wanted.sections and not wanted.kinds:
        return False
    return not any(_is_another(text, url, wanted, case) for text in texts or ("",))


def names_it(case: Case, url: str, wanted: Wanted, words: Iterable[str]) -> bool:
    """Whether the words of a link (or its address) name what is looked for."""
    texts = tuple(words)
    if wanted.in_section(*texts, urlsplit(url).path, readable_path(url)):
        return True
    return bool(wanted.kinds) and any(_kind(text, url, case) in wanted.kinds for text in texts or ("",))


def nameless(document: Document) -> bool:
    """Whether nothing but its unread inside could say what a document is (`Unduh`, `scan0001.pdf`)."""
    return not any(_NO_TITLE.sub("", text) for text in (document.title, *document.also))


def _kind(text: str, url: str, case: Case) -> str | None:
    return _classified(text, url, case)[0]


def _is_another(text: str, url: str, wanted: Wanted, case: Case) -> bool:
    kind, confidence = _classified(text, url, case)
    return kind is not None and kind not in wanted.kinds and confidence >= _CONFIDENT


def _classified(text: str, url: str, case: Case) -> tuple[str | None, float]:
    context, _, title = text.rpartition(" > ")
    return _classify(title[:500], context[:500], url[:500])


@lru_cache(maxsize=16_384)
def _classify(title: str, context: str, url: str) -> tuple[str | None, float]:
    facts = classify(title, context, url)
    return facts.kind, facts.confidence


def _holes(case: Case, site: SiteFacts, wanted: Wanted) -> Iterator[tuple[str, str]]:
    standing = case.standing(site)
    if standing:
        yield standing, site.site.url or ""
        if not case.seen(site):
            return
    if not site.visit.exhausted:
        yield "auditor-budget", site.site.url or ""
    yield from _failed(case, site, wanted)
    yield from _hidden(case, site, wanted)
    yield from _refused(case, site, wanted)
    yield from _unread(case, site, wanted)


def _failed(case: Case, site: SiteFacts, wanted: Wanted) -> Iterator[tuple[str, str]]:
    seen = {c.url for c in site.captures if c.cause in ANSWERED and not c.truncated}
    seen |= {d.url for d in site.documents if wanted.counted or d.flaw in FALSE}
    for capture in site.captures:
        if capture.url in seen or capture.cause in wanted.harmless or not could_hold(case, capture.url, wanted):
            continue
        if wanted.own and case.site_of_host.get(host_of(capture.url)) is None:
            continue
        yield ("site-unread" if capture.cause in ANSWERED else reason_of_cause(capture.cause)), capture.url


def _hidden(case: Case, site: SiteFacts, wanted: Wanted) -> Iterator[tuple[str, str]]:
    for page in site.pages:
        if page.nature in _HIDDEN and page.nature not in wanted.harmless and could_hold(case, page.url, wanted):
            yield _HIDDEN[page.nature], page.url


def _refused(case: Case, site: SiteFacts, wanted: Wanted) -> Iterator[tuple[str, str]]:
    for refusal in site.visit.refused:
        words = (" > ".join(part for part in (collapse(refusal.context), collapse(refusal.anchor)) if part),)
        if refusal.rule in _OUR_LIMITS:
            if could_hold(case, refusal.url, wanted, words):
                yield _OUR_LIMITS[refusal.rule], refusal.url
        elif refusal.rule in _STATED and not wanted.anything and _hides(case, refusal, wanted, words):
            yield _STATED[refusal.rule], refusal.url


def _hides(case: Case, refusal: Refusal, wanted: Wanted, words: tuple[str, ...]) -> bool:
    if refusal.rule == "trap":
        return any(wanted.in_section(text) or _kind(text, "", case) in wanted.kinds for text in words if text)
    other = case.site_of_host.get(host_of(refusal.url))
    if refusal.rule == "other-host":
        if other is not None and not case.standing(other):
            return False
        if any(c.cause in ANSWERED for c in case.captures_at.get(refusal.url, ())):
            return False
        return any(_kind(text, refusal.url, case) in wanted.kinds for text in words)
    return names_it(case, refusal.url, wanted, words)


def _unread(case: Case, site: SiteFacts, wanted: Wanted) -> Iterator[tuple[str, str]]:
    """Scans and archives that nothing but their inside could name: one of them may be the thing."""
    if not wanted.kinds:
        return
    for document in site.documents:
        unread = document.flaw in ("", "too-large") and document.facts.kind is None and not document.readable
        if unread and nameless(document) and could_hold(case, document.url, wanted):
            yield "site-unread", document.url


def _searched(case: Case, site: SiteFacts, wanted: Wanted, *, complete: bool) -> Searched:
    sections = sections_of(case, (site,), wanted)
    refused = Counter(r.rule for r in site.visit.refused)
    return Searched(
        site=site.site.id,
        section="; ".join(dict.fromkeys(p.title or readable_path(p.url) for p in sections[:3])) or WHOLE_SITE,
        pages=len(site.pages),
        refused=tuple(sorted(refused.items())),
        complete=complete,
    )


def sections_of(case: Case, sites: Iterable[SiteFacts], wanted: Wanted) -> tuple[Page, ...]:
    """The pages where the thing would stand: by their words, or because they say they are of that kind."""
    pages = sorted((p for s in sites for p in s.pages if p.nature in ("page", "empty-listing")), key=lambda p: p.url)
    return tuple(
        p for p in pages if not p.news and (p.itself.kind in wanted.kinds or wanted.in_section(*case.labels(p)))
    )
