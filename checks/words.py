"""The closed lists of words that a catalogue entry may use; the loader refuses any other.

Kinds, roles, indicators and reason codes are contract: other people's scripts read them in the published files.
"""

from __future__ import annotations

INDICATORS = (
    "jenis-informasi",
    "digitalisasi",
    "kualitas-informasi",
    "pelayanan-informasi",
    "komitmen-organisasi",
    "sarana-prasarana",
)

LEVELS = ("core", "extended", "unobservable")

ITEMS = ("available", "current", "series", "open", "searchable")

KINDS = frozenset(
    [
        "rka",
        "dpa",
        "lra",
        "calk",
        "neraca",
        "lak",
        "lpe",
        "lkpd",
        "opini-bpk",
        "apbd",
        "perubahan-apbd",
        "penjabaran-apbd",
        "kua",
        "ppas",
        "rkpd",
        "rpjmd",
        "rpjpd",
        "renstra",
        "renja",
        "iku",
        "perjanjian-kinerja",
        "lkjip",
        "lkpj",
        "lppd",
        "ilppd",
        "rup",
        "kontrak-pengadaan",
        "daftar-aset",
        "lhkpn",
        "dip",
        "dik-dikecualikan",
        "laporan-ppid",
        "sop",
        "maklumat",
        "standar-pelayanan",
        "formulir-permohonan",
        "formulir-keberatan",
        "tata-cara-permohonan",
        "tata-cara-keberatan",
        "struktur-organisasi",
        "profil-pejabat",
        "profil-badan",
        "sk-ppid",
        "perda",
        "perwal",
        "keputusan",
        "hibah-bansos",
        "skm",
        "pengaduan",
        "agenda",
        "statistik",
        "metadata-statistik",
        "risalah-rapat",
        "mou",
    ]
)

DIMENSIONS = (
    "transparent-governance",
    "public-services",
    "participation",
    "political-strategies",
)
"""Giffinger's four parts of smart governance; the first is the one that the index scores."""

JUDGES = (
    "archive",
    "coverage",
    "document",
    "form",
    "identity",
    "link_target",
    "listing",
    "page_parts",
    "personal",
    "portal",
    "service",
    "preserved",
    "restricted",
    "share_documents",
    "site",
    "unobservable",
)

REASONS_MET = (
    "found",
    "found-current",
    "found-consolidated",
    "all-parts",
    "share-met",
    "site-answers",
    "nothing-found-bad",
)
REASONS_PARTLY = (
    "stale",
    "some-parts",
    "some-items",
    "share-partly",
    "listed-without-file",
    "image-only",
    "generic-link",
    "expiring",
    "archived-copy",
)
REASONS_UNMET = (
    "not-found",
    "only-false",
    "too-old",
    "empty-section",
    "share-low",
    "no-parts",
    "bad-found",
    "other-hands",
    "lies-open",
    "site-gone",
    "not-offered",
)
REASONS_UNKNOWN = (
    "site-unreachable",
    "site-incomplete",
    "site-script-only",
    "site-suspended",
    "site-seen-elsewhere",
    "site-blocked",
    "site-login",
    "site-robots",
    "site-taken-over",
    "site-unread",
    "site-vanished",
    "site-portal-incomplete",
    "site-wildcard",
    "auditor-no-network",
    "auditor-no-contact",
    "auditor-budget",
    "auditor-check-crashed",
    "auditor-not-collected",
    "auditor-less-than-usual",
    "auditor-evidence-damaged",
    "auditor-intercepted",
    "human-address-not-known",
    "human-not-observable",
    "human-event-dependent",
    "human-units-not-known",
    "human-other-host",
)
REASONS = (*REASONS_MET, *REASONS_PARTLY, *REASONS_UNMET, *REASONS_UNKNOWN, "settled", "not-applicable")

# A sentence may only use a slot that the judge is bound to fill, else a reader would see the bare `{name}`.
SLOTS_OF_JUDGE: dict[str, frozenset[str]] = {
    "archive": frozenset({"n", "m", "urls", "found", "parts"}),
    "coverage": frozenset({"units", "n", "m", "found"}),
    "document": frozenset({"found", "parts", "items", "n", "m", "title", "host"}),
    "form": frozenset({"n", "m", "parts", "host"}),
    "identity": frozenset({"urls"}),
    "link_target": frozenset({"host", "urls", "found"}),
    "listing": frozenset({"n", "m", "found", "parts"}),
    "page_parts": frozenset({"n", "m", "parts"}),
    "personal": frozenset({"n", "urls"}),
    "portal": frozenset({"n", "m", "share", "units", "parts", "found"}),
    "service": frozenset({"n", "m", "parts"}),
    "preserved": frozenset({"n", "m", "urls", "parts"}),
    "restricted": frozenset({"n", "urls"}),
    "share_documents": frozenset({"n", "m", "share", "urls"}),
    "site": frozenset({"n", "m", "share", "urls", "parts"}),
    "unobservable": frozenset(),
}
SLOTS_ALWAYS = frozenset({"site"})
SLOTS_FISCAL = frozenset({"year", "previous"})
# A default remedy is also shown beside an unknown, where nothing was counted yet.
SLOTS_ALWAYS_OF_JUDGE: dict[str, frozenset[str]] = {"coverage": frozenset({"units"})}

SLOTS_OF_REASON: dict[str, frozenset[str]] = {
    "settled": frozenset({"who", "when", "why"}),
    "found": frozenset({"title"}),
    "found-current": frozenset({"title", "found"}),
    "found-consolidated": frozenset({"title"}),
    "all-parts": frozenset({"m"}),
    "share-met": frozenset({"n", "m", "share"}),
    "site-answers": frozenset({"site"}),
    "nothing-found-bad": frozenset({"pages"}),
    "stale": frozenset({"title", "found", "expected"}),
    "too-old": frozenset({"title", "found", "expected"}),
    "some-parts": frozenset({"n", "m", "parts"}),
    "some-items": frozenset({"title", "items"}),
    "share-partly": frozenset({"n", "m", "share", "threshold"}),
    "share-low": frozenset({"n", "m", "share", "threshold"}),
    "listed-without-file": frozenset({"title"}),
    "image-only": frozenset({"title"}),
    "generic-link": frozenset({"host"}),
    "not-found": frozenset({"pages"}),
    "only-false": frozenset({"n", "copy"}),
    "empty-section": frozenset({"title"}),
    "no-parts": frozenset({"m"}),
    "bad-found": frozenset({"n"}),
    "other-hands": frozenset({"site", "title"}),
    "lies-open": frozenset({"site", "title"}),
    "expiring": frozenset({"site", "title", "found", "n"}),
    "archived-copy": frozenset({"site", "title", "found"}),
    "site-gone": frozenset({"site"}),
    "not-offered": frozenset({"pages"}),
    **{code: frozenset({"site"}) for code in REASONS_UNKNOWN if code.startswith("site-")},
    "site-vanished": frozenset({"site", "missing", "nights", "copy"}),
    "site-wildcard": frozenset({"site", "title"}),
    "auditor-intercepted": frozenset({"site"}),
    "human-address-not-known": frozenset({"site"}),
    "human-other-host": frozenset({"site", "title"}),
}
