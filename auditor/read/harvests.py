"""What came of asking a portal for a platform, as the collection recorded it in a sentence -> a word of a closed list.

The sentence stays in the evidence; the word is what reports say in the reader's language.
"""

from __future__ import annotations

import re

OTHER = "other"

_PAGE = re.compile(r"^page (\d+): ")
_CODES: tuple[tuple[str, str], ...] = (
    # Why it was taken for this platform.
    ("answers-as-itself", r"answers as itself$"),
    ("listing-answers", r"api-backend/dataset/list lists datasets$"),
    ("named-in-front", r"the front page names (?P<words>.+?) and its .+ answers$"),
    ("catalogue-answers", r"a DCAT catalogue answers$"),
    # Why not, or why not to its end.
    ("robots", r"robots\.txt asks not to call the API$"),
    ("not-pointed-to", r"the front page does not point to one$"),
    ("no-answer", r"no answer: (?P<words>.+)$"),
    ("too-large", r"(?:the answer|an answer of (?P<words>\d+) bytes|a catalogue of \d+ bytes of RDF) is too large$"),
    ("page-instead", r"a page instead of (?:JSON|a catalogue)$"),
    ("nested", r"\S+ nested without end$"),
    ("error-inside", r"an error inside the answer: (?P<words>.*)$"),
    ("too-much", r"more work than is allowed: (?P<words>.*)$"),
    ("hostile", r"(?P<words>an address without end in .+|JSON-LD with .+|XML with entities .+)$"),
    ("unreadable", r"(?:not JSON|(?:RDF|XML) that cannot be read.*)$"),
    (
        "no-listing",
        r"(?:no list of datasets|package_search: no list of results|no `\w+` in the answer|datasets without a name|"
        r"items without identifier and title|RDF without a .+|neither data\.json nor RDF|"
        r"status_show does not answer as CKAN does)$",
    ),
    ("other-host", r"the next page is on another host: (?P<words>.*)$"),
    ("circle", r"the next page is one that was read before$"),
    ("same-again", r"(?:package_search gives )?the same datasets on every page$"),
    ("empty-page", r"an empty page that goes on$"),
    ("no-end", r"(?:the listing|package_search) has no end; stopped after (?P<words>\d+) pages$"),
    ("too-few", r"the portal says (?P<words>\S+ datasets and listed \d+)$"),
    ("action-refused", r"(?P<words>(?:package_search|status_show): .*)$"),
)
_COMPILED = tuple((code, re.compile(pattern, re.DOTALL)) for code, pattern in _CODES)
CODES = (*(code for code, _ in _CODES), OTHER)


def code_of(sentence: str) -> tuple[str, str]:
    """`(code, words)` of a recorded sentence: the words are the figures or names in it. `("", "")` for no sentence."""
    if not sentence:
        return "", ""
    page = _PAGE.match(sentence)
    rest = sentence[page.end() :] if page else sentence
    for code, pattern in _COMPILED:
        found = pattern.match(rest)
        if found:
            words = (found.groupdict().get("words") or "").replace(" datasets and listed ", " / ")
            return code, ", ".join(part for part in (words[:200], f"#{page[1]}" if page else "") if part)
    return OTHER, sentence[:200]
