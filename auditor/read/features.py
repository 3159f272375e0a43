"""What a page is equipped with, by name: accessibility helps, search, social accounts, mixed content and the like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from auditor.model import Capture, Link
from auditor.read.outline import Outline, joined, meta

# What betrays a widget in a page's source, in lower case.
_WIDGETS = {
    "userway": ("userway",),
    "accessibe": ("acsbapp", "accessibe"),
    "equalweb": ("equalweb", "nagich"),
    "sienna": ("sienna-accessibility", "accessibility-widget"),
    "pojo-accessibility": ("pojo-a11y", "pojo-accessibility"),
    "responsivevoice": ("responsivevoice",),
    "readspeaker": ("readspeaker",),
    "audioeye": ("audioeye",),
    "aksesibilitas": (
        *("aksesibilitas", "disabilitas", "ukuran huruf", "ukuran font", "ukuran teks", "kontras tinggi"),
        *("perbesar teks", "perbesar huruf", "pembaca layar"),
    ),
    "google-translate": ("translate.google.com/translate_a", "google_translate_element"),
    "live-chat": ("tawk.to", "crisp.chat", "tidio", "livechatinc", "zopim", "jivosite"),
    "captcha": ("recaptcha", "hcaptcha", "turnstile", "captcha"),
    "maps": ("google.com/maps", "maps.google", "leaflet", "openstreetmap", "mapbox", "arcgis"),
}
_SOCIAL = (
    ("facebook.com", ("facebook.com", "fb.com")),
    ("instagram.com", ("instagram.com",)),
    ("x.com", ("x.com", "twitter.com")),
    ("youtube.com", ("youtube.com", "youtu.be")),
    ("tiktok.com", ("tiktok.com",)),
    ("t.me", ("t.me", "telegram.me")),
    ("wa.me", ("wa.me", "api.whatsapp.com", "web.whatsapp.com")),
    ("linkedin.com", ("linkedin.com",)),
)
_SHARING = re.compile(r"/share|sharer|intent/tweet|[?&](?:u|url|text)=http", re.IGNORECASE)
_SEARCH_ACTION = re.compile(r"search|cari(?![a-z])|pencarian", re.IGNORECASE)
_STORES = ("play.google.com", "apps.apple.com", "itunes.apple.com", "appgallery.huawei.com")
_SUBRESOURCES = (
    ("img", "src"),
    ("script", "src"),
    ("iframe", "src"),
    ("link", "href"),
    ("video", "src"),
    ("audio", "src"),
)


def features_of(page: Outline, source: str, capture: Capture, links: Sequence[Link]) -> tuple[str, ...]:
    """Sorted names: a widget's name, `search`, `noindex`, `mixed-content`, `social:<host>`, `app-store`, `rss` ...

    `source`: the page's source in lower case."""
    found = {name for name, marks in _WIDGETS.items() if any(mark in source for mark in marks)}
    if _searches(page):
        found.add("search")
    robots = f"{meta(page, 'robots')} {meta(page, 'googlebot')} {capture.header('x-robots-tag')}"
    if "noindex" in robots.lower():
        found.add("noindex")
    if capture.url.startswith("https:") and _mixed(page):
        found.add("mixed-content")
    if any(joined(tag.get("type")).startswith(("application/rss", "application/atom")) for tag in page.tags("link")):
        found.add("rss")
    for link in links:
        found |= _by_host(link.url)
    return tuple(sorted(found))


@lru_cache(maxsize=16_384)
def _by_host(url: str) -> frozenset[str]:
    try:
        host = (urlsplit(url).hostname or "").lower().removeprefix("www.").removeprefix("m.")
    except ValueError:
        return frozenset()
    if host in _STORES:
        return frozenset(("app-store",)) if host != "play.google.com" or "/store" in url else frozenset()
    for name, hosts in _SOCIAL:
        if host in hosts and not _SHARING.search(url):
            return frozenset((f"social:{name}",))
    return frozenset()


def _searches(page: Outline) -> bool:
    for form in page.tags("form"):
        if joined(form.get("role")) == "search" or _SEARCH_ACTION.search(joined(form.get("action"))):
            return True
    return any(
        joined(tag.get("type")) == "search" or joined(tag.get("name")) in ("s", "q", "cari", "keyword", "search")
        for tag in page.tags("input")
    )


def _mixed(page: Outline) -> bool:
    for name, attribute in _SUBRESOURCES:
        for tag in page.tags(name):
            rel = joined(tag.get("rel"))
            if name == "link" and "stylesheet" not in rel and "icon" not in rel:
                continue
            if joined(tag.get(attribute)).lower().startswith("http:"):
                return True
    return False
