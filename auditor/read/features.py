"""What a page is equipped with, by name: accessibility helps, search, social accounts, mixed content and the like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from auditor.model import Capture, Link

_WIDGETS = {
    "userway": r"userway\.org|userway",
    "accessibe": r"acsbapp|accessibe",
    "equalweb": r"equalweb|nagich",
    "sienna": r"sienna|accessibility-widget",
    "pojo-accessibility": r"pojo-a11y|pojo-accessibility",
    "responsivevoice": r"responsivevoice",
    "readspeaker": r"readspeaker",
    "audioeye": r"audioeye",
    "aksesibilitas": r"aksesibilitas|disabilitas|ukuran\s+(?:huruf|font|teks)|kontras\s+tinggi|perbesar\s+(?:teks|huruf)|pembaca\s+layar",
}
_WIDGETS_SEEN = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _WIDGETS.items()}
_OTHER = {
    "google-translate": re.compile(r"translate\.google\.com/translate_a|google_translate_element", re.IGNORECASE),
    "live-chat": re.compile(r"tawk\.to|crisp\.chat|tidio|livechatinc|zopim|jivosite", re.IGNORECASE),
    "captcha": re.compile(r"recaptcha|hcaptcha|turnstile|captcha", re.IGNORECASE),
    "maps": re.compile(r"google\.com/maps|maps\.google|leaflet|openstreetmap|mapbox|arcgis", re.IGNORECASE),
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
_STORES = ("play.google.com", "apps.apple.com", "itunes.apple.com", "appgallery.huawei.com")
_SUBRESOURCES = (
    ("img", "src"),
    ("script", "src"),
    ("iframe", "src"),
    ("link", "href"),
    ("video", "src"),
    ("audio", "src"),
)


def features_of(soup: BeautifulSoup, source: str, capture: Capture, links: Sequence[Link]) -> tuple[str, ...]:
    """Sorted names: a widget's name, `search`, `noindex`, `mixed-content`, `social:<host>`, `app-store`, `rss` ..."""
    found = {name for name, pattern in _WIDGETS_SEEN.items() if pattern.search(source)}
    found |= {name for name, pattern in _OTHER.items() if pattern.search(source)}
    if soup.select_one(
        "form[role=search],input[type=search],form[action*=search],form[action*=cari],input[name=s],input[name=q]"
    ):
        found.add("search")
    if _noindex(soup, capture):
        found.add("noindex")
    if capture.url.startswith("https:") and _mixed(soup):
        found.add("mixed-content")
    if soup.find("link", attrs={"type": re.compile(r"application/(?:rss|atom)\+xml")}) is not None:
        found.add("rss")
    for link in links:
        found |= _by_host(link.url)
    return tuple(sorted(found))


def _by_host(url: str) -> set[str]:
    try:
        host = (urlsplit(url).hostname or "").lower().removeprefix("www.").removeprefix("m.")
    except ValueError:
        return set()
    if host in _STORES:
        return {"app-store"} if host != "play.google.com" or "/store" in url else set()
    for name, hosts in _SOCIAL:
        if host in hosts and not _SHARING.search(url):
            return {f"social:{name}"}
    return set()


def _noindex(soup: BeautifulSoup, capture: Capture) -> bool:
    if "noindex" in capture.header("x-robots-tag").lower():
        return True
    tag = soup.find("meta", attrs={"name": re.compile(r"^(?:robots|googlebot)$", re.IGNORECASE)})
    return isinstance(tag, Tag) and "noindex" in str(tag.get("content") or "").lower()


def _mixed(soup: BeautifulSoup) -> bool:
    for name, attribute in _SUBRESOURCES:
        for tag in soup.find_all(name, attrs={attribute: True}):
            rel = str(tag.get("rel") or "")
            if name == "link" and "stylesheet" not in rel and "icon" not in rel:
                continue
            if str(tag.get(attribute)).lower().startswith("http:"):
                return True
    return False
