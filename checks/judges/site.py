"""What a website is like as a website: that it answers, its certificate, its equipment, its accessibility."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from auditor.model import Capture, Criterion, Evidence, Page, SiteFacts, Text, Verdict
from checks.judges.answer import of_capture, of_page, of_search, of_site, share_slots, unknown, verdict
from checks.judges.case import GONE, Case
from checks.judges.ended import not_asked
from checks.judges.fronts import front_page, host_of
from checks.judges.hands import certificate_of, failed_certificate, leads_to
from checks.judges.known import FULL, NONE, UNKNOWN, Bound, Known, share, step, stepped, unless_unseen, weigh
from checks.judges.search import Search, Wanted, search_sites, sections_of
from checks.judges.wcag import rules_of
from checks.params import SiteParams

_SOCIAL = ("facebook.com", "instagram.com", "x.com", "twitter.com", "youtube.com", "tiktok.com")
_EQUIPMENT = re.compile(
    r"^(?:search|noindex|mixed-content|rss|app-store|google-translate|live-chat|captcha|maps|social:.*)$"
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What one site shows. `why`: the reason code where it is not known."""

    bound: Bound
    reason: str = ""
    why: str = ""
    slots: Mapping[str, object] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    search: Search | None = None


Measure = Callable[[Case, SiteFacts, SiteParams], Seen]


def judge(criterion: Criterion, case: Case) -> Iterator[Verdict]:
    params = SiteParams.model_validate(dict(criterion.params))
    places = case.places(criterion)
    measured = [(site, measure(case, site, params)) for site in places]
    if params.per == "site":
        for site, seen in measured:
            yield not_asked(case, site) or _verdict(case, seen, (site,), site)
        return
    asked = [(site, seen) for site, seen in measured if site.site.url is not None]
    if not asked:
        yield unknown(case, "human-address-not-known", search=search_sites(case, places, Wanted()))
        return
    leading = min(asked, key=lambda pair: (-pair[1].bound.low, -pair[1].bound.high, pair[0].site.id))[1]
    bound = Bound(max(s.bound.low for _, s in asked), max(s.bound.high for _, s in asked))
    why = next((s.why for _, s in asked if s.why), "")
    merged = Seen(bound, leading.reason, leading.why or why, leading.slots, leading.evidence, leading.search)
    yield _verdict(case, merged, tuple(site for site, _ in asked), None)


def measure(case: Case, site: SiteFacts, params: SiteParams) -> Seen:
    """One site by one measure; what did not answer as itself is not known, but a bad certificate and a 404 are seen."""
    standing = case.standing(site)
    failed = params.measure in ("answers", "https") and site.visit.cause != "ok" and not case.set_aside(site)
    ended = params.measure == "https" and standing == "site-expired"
    if not case.seen(site) and not failed and not ended:
        return Seen(UNKNOWN, why=standing, evidence=of_site(case, site))
    return MEASURES[params.measure](case, site, params)


def _verdict(case: Case, seen: Seen, sites: Sequence[SiteFacts], site: SiteFacts | None) -> Verdict:
    looked = seen.search or search_sites(case, sites, Wanted())
    if seen.bound == UNKNOWN:
        why = seen.why or looked.why or "site-incomplete"
        return unknown(case, why, site=site, search=looked, slots=seen.slots, evidence=seen.evidence)
    evidence = seen.evidence or tuple(e for s in sites for e in of_site(case, s))
    reason = seen.reason
    if seen.bound.low < 1 and reason in ("site-answers", "found", "all-parts", "share-met"):
        reason = "some-parts"
    return verdict(case, seen.bound, reason, site=site, slots=seen.slots, evidence=evidence, search=looked)


def _answers(case: Case, site: SiteFacts, params: SiteParams) -> Seen:
    del params
    standing = case.standing(site)
    if site.visit.cause in GONE and standing != "site-seen-elsewhere":
        return Seen(NONE, "site-gone")
    if not case.seen(site):
        return Seen(UNKNOWN, why=standing, evidence=of_site(case, site))
    front = front_page(site)
    hidden = {"blocked": "site-blocked", "maintenance": "site-incomplete", "empty": "site-incomplete"}
    if front is None or front.nature in hidden:
        why = hidden[front.nature] if front is not None else "site-incomplete"
        return Seen(UNKNOWN, why=why, evidence=of_site(case, site))
    return Seen(FULL, "site-answers")


def _https(case: Case, site: SiteFacts, params: SiteParams) -> Seen:
    """Seen at the front page only. A refused certificate is an answer: a visitor sees the warning too."""
    del params
    bad = failed_certificate(site)
    if bad:
        proof = tuple(replace(e, quote=_told(site, bad)) for e in of_site(case, site))
        return Seen(NONE, "bad-found", slots={"n": 1, "parts": bad, "urls": site.site.url}, evidence=proof)
    if not case.seen(site):
        return Seen(UNKNOWN, why=case.standing(site), evidence=of_site(case, site))
    front = front_page(site)
    answers = [c for c in site.captures if c.cause == "ok" and (front is None or c.url == front.url)]
    if front is None or not answers:
        return Seen(UNKNOWN, why="site-incomplete")
    proof = (of_capture(_last(answers), front.url),)
    if not front.url.startswith("https:"):
        return Seen(NONE, "not-offered", slots={"urls": front.url, "parts": "HTTPS"}, evidence=proof)
    if "mixed-content" in front.features:
        mixed = {"n": 1, "m": 2, "parts": Text("isi tanpa HTTPS", "content without HTTPS"), "urls": front.url}
        return Seen(Bound(0.5, 0.5), "some-parts", slots=mixed, evidence=proof)
    return Seen(FULL, "found", slots={"title": front.url}, evidence=proof)


def _told(site: SiteFacts, cause: str) -> str:
    """The fault of a certificate with what stands in it."""
    shown = certificate_of(site, leads_to(site)[0])
    if shown is None:
        return cause
    names, span = ", ".join(shown.names[:3]) or "–", f"{shown.begins.date()} – {shown.ends.date()}"
    return f"{cause}: {names}; {span}; {shown.issuer or '–'}"


def _last(captures: Sequence[Capture]) -> Capture:
    return max(captures, key=lambda c: (c.at, c.url, c.digest))


def _mobile(case: Case, site: SiteFacts, params: SiteParams) -> Seen:
    """The front page alone: a viewport, not too heavy, answered in time."""
    front = front_page(site)
    if front is None or front.nature != "page":
        return Seen(UNKNOWN, why="site-incomplete")
    captures = [c for c in case.captures_at.get(front.url, ()) if c.cause == "ok"]
    quick: Known = None
    if captures:
        quick = min(c.elapsed_ms for c in captures) <= (params.max_elapsed_ms or 3_000)
    checks: list[tuple[Text, Known]] = [
        (Text("meta viewport", "meta viewport"), front.viewport),
        (Text("ukuran beranda", "weight of the front page"), front.size <= (params.max_bytes or 5_000_000)),
        (Text("waktu tanggap", "time to answer"), quick),
    ]
    return _checks(case, front, checks)


def _checks(case: Case, page: Page, checks: Sequence[tuple[Text, Known]], search: Search | None = None) -> Seen:
    bound = weigh([(1.0, state) for _, state in checks])
    return Seen(
        bound=bound,
        reason="all-parts" if bound.low >= 1 else "no-parts" if bound.high <= 0 else "some-parts",
        slots=_lacking(checks),
        evidence=(of_page(case, page),),
        search=search,
    )


def _lacking(checks: Sequence[tuple[Text, Known]]) -> dict[str, object]:
    names = [name for name, state in checks if not state]
    parts = Text(", ".join(n.id for n in names) or "–", ", ".join(n.en for n in names) or "–")
    return {"n": sum(1 for _, state in checks if state), "m": len(checks), "parts": parts}


def _search(case: Case, site: SiteFacts, params: SiteParams) -> Seen:
    """A form that says it searches; no query is ever sent."""
    looked = search_sites(case, (site,), Wanted())
    found = [p for p in case.pages((site,)) if _can_search(p, params.words)]
    if found:
        return Seen(FULL, "found", slots={"title": found[0].title}, evidence=(of_page(case, found[0]),))
    return _absent(case, site, looked, "not-offered")


def _can_search(page: Page, words: Sequence[str]) -> bool:
    if "search" in page.features or any(form.search for form in page.forms):
        return True
    return any(re.search(word, form.action, re.IGNORECASE) for word in words for form in page.forms)


def _absent(case: Case, site: SiteFacts, looked: Search, reason: str, wanted: Wanted | None = None) -> Seen:
    evidence = of_search(case, (site,), wanted or Wanted())
    if not looked.complete:
        return Seen(UNKNOWN, why=looked.why, evidence=evidence, search=looked)
    return Seen(NONE, reason, evidence=evidence, search=looked)


def _accessibility(case: Case, site: SiteFacts, params: SiteParams) -> Seen:
    """Two halves: a help that the pages load, and a page or document about service for people with disabilities."""
    wanted = Wanted(sections=tuple(params.words) or (r"disabilitas", r"berkebutuhan khusus", r"difabel"))
    looked = search_sites(case, (site,), wanted)
    pages = case.pages((site,))
    helped = [p for p in pages if any(not _EQUIPMENT.match(name) for name in p.features)]
    about = [p for p in sections_of(case, (site,), wanted) if p.nature == "page"]
    files = [d for d in case.documents if d.site == site.site.id and not d.flaw and wanted.in_section(d.title)]
    service = Text("layanan penyandang disabilitas", "service for people with disabilities")
    checks: list[tuple[Text, Known]] = [
        (Text("fitur aksesibilitas", "accessibility features"), unless_unseen(bool(helped), looked.complete)),
        (service, unless_unseen(bool(about or files), looked.complete)),
    ]
    seen = (
        _checks(case, (helped or about or list(pages))[0], checks, looked) if pages else Seen(UNKNOWN, why=looked.why)
    )
    evidence = tuple(of_page(case, p) for p in (*helped[:1], *about[:1])) or of_search(case, (site,), wanted)
    return Seen(seen.bound, seen.reason, looked.why, seen.slots, evidence, looked)


def _wcag(case: Case, site: SiteFacts, params: SiteParams) -> Seen:
    """The front page and the pages that its own menu names: a sample that the site itself draws."""
    front = front_page(site)
    if front is None or front.nature != "page":
        return Seen(UNKNOWN, why="site-incomplete")
    host = host_of(front.url)
    urls = {k.url.split("#")[0] for k in front.links if k.region == "menu" and host_of(k.url) == host} - {front.url}
    sample = [case.page_of(url) for url in sorted(urls) if case.page_of(url) is not None or case.unanswered(url)]
    states: dict[str, list[Known]] = {}
    for page in (front, *sample):
        if page is not None and page.nature not in ("page", "empty-listing", "soft-404"):
            page = None
        for name, state in rules_of(page).items():
            states.setdefault(name, []).append(state)
    flat = [state for some in states.values() for state in some]
    good, bad = flat.count(True), flat.count(False)
    found = share(good, flat.count(None), bad) or UNKNOWN
    bound = stepped(found, params.met_at or 0.9, params.partly_at or 0.6)
    failing = sorted(
        (name for name, some in states.items() if False in some), key=lambda n: (-states[n].count(False), n)
    )
    slots = {
        **share_slots(good, bad, flat.count(None), params.met_at or 0.9),
        "parts": ", ".join(failing) or "–",
        "urls": front.url,
    }
    reason = "share-met" if bound.low >= 1 else "share-low" if bound.high <= 0 else "share-partly"
    return Seen(bound, reason, "site-incomplete", slots, (of_page(case, front),))


def _sitemap(case: Case, site: SiteFacts, params: SiteParams) -> Seen:
    """Two halves: a map of the site, and a front page that neither robots.txt nor `noindex` hides."""
    del params
    maps = [c for c in site.captures if "sitemap" in c.url.rsplit("/", 1)[-1].lower()]
    there: Known = None
    if any(c.cause == "ok" and "html" not in c.media_type for c in maps):
        there = True
    elif maps and all(c.cause in ("ok", "redirect", *GONE) for c in maps):
        there = False
    front = front_page(site)
    if front is None:
        return Seen(UNKNOWN, why="site-incomplete")
    checks: list[tuple[Text, Known]] = [
        (Text("sitemap.xml", "sitemap.xml"), there),
        (Text("izin pengindeksan", "leave to index"), "noindex" not in front.features),
    ]
    return _checks(case, front, checks)


def _menu(case: Case, site: SiteFacts, params: SiteParams) -> Seen:
    """Links of the front page, and of the pages one click further: T1 (links that lead nowhere) do not count."""
    front = front_page(site)
    if front is None or front.nature != "page":
        return Seen(UNKNOWN, why="site-incomplete")
    near = {p.url: p for k in front.links if (p := case.page_of(k.url)) is not None}
    texts = sorted({t for page in (front, *near.values()) for t in _targets(page)})
    looked = search_sites(case, (site,), Wanted(sections=tuple(p for part in params.parts for p in part.any)))
    complete = looked.complete and not any(case.unanswered(k.url) for k in front.links)
    checks: list[tuple[Text, Known]] = []
    for part in params.parts:
        found = any(re.search(pattern, text, re.IGNORECASE) for pattern in part.any for text in texts)
        checks.append((Text(part.name.id, part.name.en), unless_unseen(found, complete)))
    return _checks(case, front, checks, looked)


def _targets(page: Page) -> Iterator[str]:
    own = page.url.split("#")[0]
    for link in page.links:
        if link.url.split("#")[0] != own:
            yield link.text
            yield link.url


def _social(case: Case, site: SiteFacts, params: SiteParams) -> Seen:
    """Accounts by platform; a link to a platform's own front door is no account."""
    looked = search_sites(case, (site,), Wanted())
    hosts = tuple(params.hosts)
    found: dict[str, Page] = {}
    for page in case.pages((site,)):
        names = {name.removeprefix("social:") for name in page.features if name.startswith("social:")}
        names |= {h for link in page.links for h in _accounts(link.url, hosts)}
        for name in names:
            found.setdefault(name, page)
    need = params.met_at or 2
    value = step(len(found), need, params.partly_at or 1)
    if not found:
        return _absent(case, site, looked, "not-offered")
    bound = Bound(value, value if looked.complete else 1.0)
    slots = {"n": len(found), "m": int(need), "parts": ", ".join(sorted(found)), "title": ", ".join(sorted(found))}
    page = found[min(found)]
    return Seen(bound, "found" if value >= 1 else "some-parts", looked.why, slots, (of_page(case, page),), looked)


def _accounts(url: str, hosts: tuple[str, ...]) -> Iterator[str]:
    host = host_of(url).removeprefix("www.").removeprefix("m.")
    account = url.split("//", 1)[-1].partition("/")[2].strip("#/ ")
    known = any(re.search(p, host, re.IGNORECASE) for p in hosts) if hosts else host in _SOCIAL
    if known and account and not account.startswith(("share", "sharer", "intent")):
        yield host


MEASURES: Mapping[str, Measure] = {
    "answers": _answers,
    "https": _https,
    "mobile": _mobile,
    "search": _search,
    "accessibility": _accessibility,
    "wcag": _wcag,
    "sitemap": _sitemap,
    "menu": _menu,
    "social": _social,
}
