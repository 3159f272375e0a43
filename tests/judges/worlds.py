"""Random cities for the law of the judges, and the ways in which a night can see less of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from auditor.model import (
    Criterion,
    Dataset,
    Document,
    Facts,
    Form,
    HtmlTable,
    Link,
    Page,
    Personal,
    Portal,
    Refusal,
    Resource,
    SiteFacts,
    Table,
    Visit,
)
from tests.judges.builders import ALL, capture, criterion, document, facts, page, site

KINDS = ("dpa", "lkpj", "dip", "rpjmd", "maklumat", "lra")
PPID, WWW, DINKES = "https://ppid.contoh.go.id", "https://www.contoh.go.id", "https://dinkes.contoh.go.id"
SEEN_FLAWS = ("", "", "", "", "dead", "empty", "placeholder", "login")


def _part(name: str, pattern: str) -> dict[str, Any]:
    return {"name": {"id": name, "en": name}, "any": [pattern]}


PARTS = [_part("visi", r"\bvisi\b"), _part("alamat", "jalan")]


def _questions() -> dict[str, Criterion]:
    everything = {"items": ALL, "unit_ok": True}
    made = {
        "dokumen": criterion("document", {"kinds": ["dpa"], "revised": False, **everything}, freshness="F-DPA"),
        "badan": criterion("document", {"kinds": ["lkpj"], "items": ALL}, freshness="F-DPA"),
        "halaman": criterion(
            "document",
            {"kinds": ["dip"], **everything, "page_ok": True, "contents": PARTS, "need_contents": 1},
            freshness="F-DPA",
        ),
        "rencana": criterion("document", {"kinds": ["rpjmd"], "items": ["available", "current"]}, freshness="F-RPJMD"),
        "berkala": criterion("document", {"kinds": ["lra"], **everything}, freshness="F-LRA-M"),
        "tanpa-tahun": criterion("document", {"kinds": ["maklumat"], **everything, "max_age_years": 3}),
        "hampir": criterion(
            "document",
            {"kinds": ["lkpj"], **everything, "title_words": ["final"], "near_miss": True},
            freshness="F-DPA",
        ),
        "set": criterion(
            "document",
            {
                "all_of": [{"name": {"id": k, "en": k}, "kinds": [k]} for k in ("dpa", "lkpj")],
                "items": ["available", "current"],
            },
            freshness="F-DPA",
        ),
        "tautan-lain": criterion(
            "document",
            {"kinds": ["lkpj"], **everything, "link": {"hosts": [r"^lapor\.example$"], "texts": ["lapor"]}},
            freshness="F-DPA",
        ),
        "opd": criterion("coverage", {"kinds": ["dpa"], "consolidated": ["seluruh"]}, freshness="F-DPA"),
        "bagian": criterion(
            "page_parts",
            {"section": ["profil"], "parts": PARTS, "need": 2, "image_partly": True, "documents_ok": True},
        ),
        "daftar": criterion(
            "listing", {"section": ["berkala"], "min_documents": 3, "max_age_days": 200, "min_alive": 0.5}
        ),
        "agenda": criterion(
            "listing",
            {"section": ["agenda"], "min_documents": 1, "dated_items": True, "max_age_days": 14, "partly_age_days": 90},
        ),
        "tautan": criterion("link_target", {"hosts": [r"^lapor\.example$"], "texts": ["lapor"], "min_links": 1}),
        "formulir": criterion(
            "form", {"section": ["permohonan"], "fields": [_part("nama", "nama"), _part("isi", "isi")], "min_fields": 2}
        ),
        "siapa": criterion("identity", places=["ppid", "website", "portal"]),
        "pribadi": criterion("personal", {"kinds": ["nik"]}, places=["ppid", "website", "portal"]),
        "arsip": criterion("archive", {"measure": "reachable", "patterns": ["data per"]}, places=["covid"]),
        "arsip-tanggal": criterion("archive", {"measure": "dated", "patterns": ["data per"]}, places=["covid"]),
        "arsip-wilayah": criterion("archive", {"measure": "regions", "parts": PARTS}, places=["covid", "portal"]),
    }
    return {**made, **_measures()}


def _measures() -> dict[str, Criterion]:
    made: dict[str, Criterion] = {}
    for measure in ("readable", "alive", "titled", "dated", "unique", "current", "linked-rows"):
        section = ["daftar informasi publik"] if measure == "linked-rows" else []
        params = {"measure": measure, "met_at": 0.8, "partly_at": 0.4, "section": section}
        made[f"bagian-{measure}"] = criterion("share_documents", params)
    for measure in ("active", "count", "fresh", "metadata", "format", "licence", "units", "covid-data"):
        words = {"words": ["covid"], "min_rows": 50} if measure == "covid-data" else {"fields": ["notes", "tags"]}
        limits = {"met_at": 2.0, "partly_at": 1.0} if measure == "count" else {"met_at": 0.6, "partly_at": 0.3}
        made[f"portal-{measure}"] = criterion("portal", {"measure": measure, **limits, **words}, places=["portal"])
    for measure in ("answers", "https", "mobile", "search", "accessibility", "wcag", "sitemap", "menu", "social"):
        for per in ("site", "body"):
            params = {"measure": measure, "per": per, "parts": PARTS if measure == "menu" else []}
            made[f"situs-{measure}-{per}"] = criterion("site", params)
    return made


QUESTIONS = tuple(replace(question, id=key) for key, question in _questions().items())

_years = st.lists(st.integers(2022, 2027), max_size=2, unique=True).map(lambda years: tuple(sorted(years)))


@st.composite
def documents(draw: st.DrawFn, number: int, pages: tuple[str, ...], whole: bool) -> Document:
    base = pages[0]
    personal = (Personal("nik", 1, "99*", confirmed=True),) if draw(st.integers(0, 19)) == 0 else ()
    flaw = draw(st.sampled_from(SEEN_FLAWS if whole else (*SEEN_FLAWS, "failed", "too-large")))
    return document(
        f"{base}berkas/{number}.pdf",
        draw(st.sampled_from(KINDS if whole else (*KINDS, None))),
        *draw(_years),
        title=draw(st.sampled_from(("Dokumen seluruh SKPD final", "Unduh", "Profil kota", "Lampiran tambahan"))),
        unit=draw(st.sampled_from((None, None, "Dinas Kesehatan"))),
        revised=draw(st.integers(0, 4)) == 0,
        period=draw(st.sampled_from((None, "TW3", "S1"))),
        format="" if flaw == "failed" else draw(st.sampled_from(("pdf", "pdf", "jpg", "zip", "html"))),
        readable=None if flaw == "failed" else draw(st.sampled_from((True, False, None))),
        pages=draw(st.sampled_from((1, 9))),
        words=draw(st.sampled_from(("", "visi kota", "jalan raya"))),
        flaw=flaw,
        personal=personal,
        modified=draw(st.sampled_from((None, date(2026, 10, 20), date(2024, 2, 1)))),
        also=draw(st.sampled_from(((), (), ("LKPJ Wali Kota Tahun 2023",)))),
        found_on=draw(st.sampled_from(pages)),
    )


def _pool(base: str) -> list[Page]:
    lapor = (Link("https://lapor.example/instansi/kota", "LAPOR kota"),)
    form = Form("post", f"{base}/kirim", ("Nama", "Isi"))
    return [
        page(f"{base}/profil", "Profil", "Visi kota di jalan raya", lang="id", h1=1, features=("userway",)),
        page(f"{base}/profil/lambang", "Profil", "", images=2, images_without_alt=1),
        page(f"{base}/informasi-berkala", "Informasi Berkala", "Daftar"),
        page(f"{base}/agenda-pimpinan", "Agenda", "Rapat", dates=(date(2026, 10, 30), date(2026, 9, 1))),
        page(f"{base}/ajukan", "Permohonan informasi", "Isilah", forms=(form,)),
        page(f"{base}/dip", "Daftar Informasi Publik", tables=(HtmlTable("", ("Tautan",), 5, 4),)),
        page(f"{base}/kanal", "Kanal", "Hubungi", links=lapor, features=("social:instagram.com",)),
        page(f"{base}/kosong", "Informasi Berkala", nature="empty-listing"),
        page(f"{base}/rusak", "Peta", nature="script-only"),
        page(f"{base}/penerima", "Penerima", personal=(Personal("nik", 2, "99*", confirmed=True),)),
        page(f"{base}/cari", "Cari", forms=(Form("get", "/cari", ("q",), search=True),)),
    ]


@st.composite
def websites(draw: st.DrawFn, key: str, role: Any, base: str, whole: bool, unit: str | None = None) -> SiteFacts:
    pool = [p for p in _pool(base) if not whole or p.nature != "script-only"]
    pages = draw(st.lists(st.sampled_from(pool), max_size=6, unique_by=lambda p: p.url))
    urls = (f"{base}/", *(p.url for p in pages))
    found = [draw(documents(i, urls, whole)) for i in range(draw(st.integers(0, 5)))]
    harmless = Refusal("https://lapor.example/", "other-host", anchor="LAPOR")
    hiding = (
        Refusal(f"{base}/tutup", "robots", anchor="DPA SKPD Tahun Anggaran 2026"),
        Refusal(f"{base}/lagi", "budget", anchor="Berikutnya"),
    )
    refused = draw(st.lists(st.sampled_from((harmless,) if whole else (harmless, *hiding)), max_size=1))
    failed = draw(st.lists(st.sampled_from((f"{base}/hilang", f"{base}/berita/3")), max_size=1)) if not whole else ()
    links = tuple(Link(p.url, p.title, region=draw(st.sampled_from(("menu", "main")))) for p in pages)
    return site(
        key,
        role,
        pages=pages,
        documents=found,
        refused=refused,
        exhausted=whole or draw(st.booleans()),
        captures=[capture(url, key, "read-timeout", via=f"{base}/") for url in failed],
        front=page(f"{base}/", "Beranda", "Selamat datang", links=links, viewport=True),
        unit=unit,
    )


@st.composite
def portals(draw: st.DrawFn, whole: bool) -> SiteFacts:
    base = "https://data.contoh.go.id"
    found = [
        Dataset(
            id=str(i),
            title=draw(st.sampled_from(("Covid harian", "Penduduk"))),
            site="data",
            url=f"{base}/dataset/{i}",
            platform="ckan",
            notes=draw(st.sampled_from(("", "uraian"))),
            unit=draw(st.sampled_from((None, "Dinas Kesehatan"))),
            licence="cc-by",
            licence_open=draw(st.sampled_from((True, False, None))),
            modified=draw(st.sampled_from((None, date(2026, 10, 1), date(2019, 1, 1)))),
            fresh=draw(st.sampled_from((True, False, None))),
            resources=(Resource(str(i), "t", f"{base}/{i}.csv", "CSV", "csv", 9, "d" * 64, table=Table("", (), 80)),),
        )
        for i in range(draw(st.integers(0, 4)))
    ]
    enumerated = whole or draw(st.booleans())
    known = draw(st.sampled_from((None, Portal("data", "ckan", "", len(found), enumerated))))
    return site("data", "portal", datasets=found if known else (), portal=known)


@st.composite
def cities(draw: st.DrawFn) -> Facts:
    whole = draw(st.integers(0, 3)) > 0
    covid_words = draw(st.sampled_from(("Data per 20 Juni 2023, visi", "Peta")))
    covid = site("covid", "covid", lifecycle="archived", front=page("https://covid.contoh.go.id/", "C", covid_words))
    return facts(
        draw(websites("ppid", "ppid", PPID, whole)),
        draw(websites("www", "website", WWW, whole)),
        draw(websites("dinkes", "website", DINKES, whole, "Dinas Kesehatan")),
        draw(portals(whole)),
        covid,
    )


@st.composite
def good_documents(draw: st.DrawFn, city: Facts) -> tuple[str, Document]:
    """A current, readable, open document of a wanted kind, and the site it is put on."""
    key = draw(st.sampled_from(("ppid", "www", "dinkes")))
    target = city.site(key)
    kind = draw(st.sampled_from(KINDS))
    years = (2025, 2029) if kind == "rpjmd" else (2026,)
    made = document(
        f"{target.site.url}baru.pdf",
        kind,
        *years,
        title=draw(st.sampled_from(("Dokumen baru 2026", "Dokumen baru seluruh SKPD final 2026"))),
        unit=draw(st.sampled_from((None, "Dinas Kesehatan"))),
        period="TW3" if kind == "lra" else None,
        found_on=draw(st.sampled_from([p.url for p in target.pages])),
    )
    return key, replace(made, site=key)


def with_site(city: Facts, changed: SiteFacts) -> Facts:
    return replace(city, sites=tuple(changed if s.site.id == changed.site.id else s for s in city.sites))


def with_document(city: Facts, key: str, one: Document) -> Facts:
    target = city.site(key)
    seen = capture(
        one.url, key, "ok", digest=one.digest, via=one.found_on, anchor=one.title, media_type="application/pdf"
    )
    return with_site(city, replace(target, documents=(*target.documents, one), captures=(*target.captures, seen)))


# ---- seeing less -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Less:
    """One known fact made unknown; `words` for a failing example."""

    words: str
    of: Callable[[Facts], Facts]

    def __repr__(self) -> str:
        return self.words


def _fails(target: SiteFacts, url: str) -> tuple[Any, ...]:
    return tuple(
        capture(c.url, target.site.id, "read-timeout", via=c.via, anchor=c.anchor, context=c.context)
        if c.url == url
        else c
        for c in target.captures
    )


def page_fails(city: Facts, key: str, url: str) -> Facts:
    """What stood in the page is not seen either: the documents that only it led to were never asked for."""
    target = city.site(key)
    if target.pages[0].url == url:
        return site_fails(city, key)
    lost = {d.url for d in target.documents if d.found_on == url}
    return with_site(
        city,
        replace(
            target,
            pages=tuple(p for p in target.pages if p.url != url),
            documents=tuple(d for d in target.documents if d.url not in lost),
            captures=tuple(c for c in _fails(target, url) if c.url not in lost),
        ),
    )


def site_fails(city: Facts, key: str) -> Facts:
    return with_site(city, SiteFacts(site=city.site(key).site, visit=Visit(key, "connect-timeout")))


def document_fails(city: Facts, key: str, url: str) -> Facts:
    target = city.site(key)
    return with_site(
        city,
        replace(
            target,
            documents=tuple(
                replace(
                    d, flaw="failed", readable=None, digest="", personal=(), format="", pages=None, words="", also=()
                )
                if d.url == url
                else d
                for d in target.documents
            ),
            captures=_fails(target, url),
        ),
    )


def unread(city: Facts, key: str, url: str) -> Facts:
    target = city.site(key)
    changed = tuple(replace(d, readable=None) if d.url == url else d for d in target.documents)
    return with_site(city, replace(target, documents=changed))


def not_exhausted(city: Facts, key: str) -> Facts:
    target = city.site(key)
    return with_site(city, replace(target, visit=replace(target.visit, exhausted=False)))


def not_enumerated(city: Facts) -> Facts:
    target = city.site("data")
    if target.portal is None:
        return city
    return with_site(city, replace(target, portal=replace(target.portal, enumerated=False)))


def not_told(city: Facts, number: int) -> Facts:
    target = city.site("data")
    changed = tuple(
        replace(d, fresh=None, licence_open=None) if i == number else d for i, d in enumerate(target.datasets)
    )
    return with_site(city, replace(target, datasets=changed))


@st.composite
def less(draw: st.DrawFn, city: Facts) -> Less:
    ways = [Less("portal not listed to its end", not_enumerated)]
    for one in city.sites:
        key = one.site.id
        ways.append(Less(f"{key} does not answer", lambda c, key=key: site_fails(c, key)))
        ways.append(Less(f"{key} not exhausted", lambda c, key=key: not_exhausted(c, key)))
        for p in one.pages:
            ways.append(Less(f"{p.url} fails", lambda c, key=key, url=p.url: page_fails(c, key, url)))
        for d in one.documents:
            ways.append(Less(f"{d.url} fails", lambda c, key=key, url=d.url: document_fails(c, key, url)))
            ways.append(Less(f"{d.url} unread", lambda c, key=key, url=d.url: unread(c, key, url)))
        for i in range(len(one.datasets)):
            ways.append(Less(f"dataset {i} does not say", lambda c, i=i: not_told(c, i)))
    return draw(st.sampled_from(ways))
