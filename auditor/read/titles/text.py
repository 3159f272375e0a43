"""From the text of a link to words: what a browser, a copier and a hurried officer did to it is undone here.

Everything is linear in the text and the text is cut first: no input may cost more than a title does.
"""

from __future__ import annotations

import html
import re
import unicodedata
from urllib.parse import unquote, urlsplit

LONGEST = 1500  # characters; a longer text is an article, not a name
_TAG = re.compile(r"<[^<>]{1,400}>")
_ZERO_IN_YEAR = re.compile(r"(?<![0-9A-Za-z])(?:2[0oO][0-9oO][0-9oO]|[12]9[0-9oO][0-9oO])(?![0-9A-Za-z])")
_CAMEL = re.compile(r"(?<=[a-z]{3})(?=[A-Z])|(?<=[A-Z]{2})(?=[A-Z][a-z]{2})")
_WORD = re.compile(r"[a-z]+|[0-9]+|(?<= )\|(?= )")
_SPACED = re.compile(r"(?<![^\W_])(?:[A-Za-z][ .]){2,40}[A-Za-z](?![^\W_])")
_DOTTED = re.compile(r"(?<![^\W_])(?:[A-Za-z]\.){2,8}[A-Za-z]?(?![^\W_])")
_BROKEN = ("Ã", "â€", "Â")


def clean(text: str, longest: int = LONGEST) -> str:
    """The text as a reader sees it, cut at `longest` and one: no tags, entities, invisible characters, mojibake."""
    text = text[: longest * 4]
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        text = html.unescape(text)
    if not text.isascii():
        text = _visible(text)
    return " ".join(text.split())[: longest + 1]


def _visible(text: str) -> str:
    if any(mark in text for mark in _BROKEN):
        try:
            text = text.encode("cp1252").decode("utf-8")
        except UnicodeError:
            text = text.replace("Â", " ")
    text = unicodedata.normalize("NFKD", text)
    kept = []
    for char in text:
        category = unicodedata.category(char)
        if category in {"Cf", "Mn", "Cs", "Co", "Cn"}:
            continue
        kept.append(_DASH.get(char, " " if category in {"Cc", "Zl", "Zp", "Zs"} else char))
    return "".join(kept)


_DASH = dict.fromkeys("‐‑‒–—−―", "-")


def mend(text: str) -> str:
    """Letters for zeros in years, underscores, spaced letters (`M O U`, `R.K.A.`) and joined words, after `clean`."""
    text = text.replace("_", " ").replace("%20", " ").replace("+", " ")
    text = _ZERO_IN_YEAR.sub(lambda found: found.group().replace("o", "0").replace("O", "0"), text)
    text = _SPACED.sub(lambda found: found.group().replace(" ", "").replace(".", "") + " ", text)
    text = _DOTTED.sub(lambda found: found.group().replace(".", "") + " ", text)
    return _CAMEL.sub(" ", text)


def words(text: str) -> list[str]:
    """Lower-case words and numbers of a mended text; the bar before a site's name is a word: no name spans it."""
    return _WORD.findall(text.lower())


def file_name(url: str) -> str:
    """The words of the last part of an address without its ending; empty where there is none."""
    return _part_name(_path_parts(url)[-1:])


def folder_name(url: str) -> str:
    """The words of the last part of an address that is no number and no mere page (`index`, `view`)."""
    named = [part for part in _path_parts(url) if part.rpartition(".")[0].lower() not in _PAGES]
    return _part_name([part for part in named if part.lower() not in _PAGES and not part.isdigit()][-1:])


def _path_parts(url: str) -> list[str]:
    try:
        return [part for part in urlsplit(url[:2000]).path.split("/") if part]
    except ValueError:
        return []


def _part_name(last: list[str]) -> str:
    name = unquote(last[0])[:300] if last else ""
    stem, dot, ending = name.rpartition(".")
    if dot and len(ending) <= 5 and ending.isalnum():
        name = stem
    return _STAMP.sub(" ", name)


_PAGES = frozenset({"index", "view", "detail", "show", "page", "download", "read", "post"})
_STAMP = re.compile(r"(?<![0-9])[0-9]{6,}(?![0-9])|(?<![0-9a-f])[0-9a-f]{16,}(?![0-9a-f])")
