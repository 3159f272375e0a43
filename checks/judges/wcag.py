"""The few WCAG rules that the source of a page shows: about a third of the barriers, no more.

WCAG 2.1: 1.1.1 (text alternatives), 1.3.1 (headings), 2.4.2 (page titled), 3.1.1 (language), 3.3.2 (labels).
"""

from __future__ import annotations

from collections.abc import Mapping

from auditor.model import Page
from checks.judges.known import Known

RULES = ("lang", "title", "h1", "img-alt", "label")


def rules_of(page: Page | None) -> Mapping[str, Known]:
    """Rule -> passed; every rule unknown for a page that was not read. A page without images has none that fail."""
    if page is None:
        return dict.fromkeys(RULES)
    return {
        "lang": bool(page.lang),
        "title": bool(page.title.strip()),
        "h1": page.h1 == 1,
        "img-alt": page.images_without_alt == 0,
        "label": page.inputs_without_label == 0,
    }
