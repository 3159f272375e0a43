"""How often a page is said to be in other hands: recall on written examples, false alarms on real pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from auditor.model import Body, Capture, Site, SiteFacts, Visit
from auditor.read.gambling import gambling_title, injected
from auditor.read.page import read_page
from benchmarks.accuracy.metrics import wilson
from benchmarks.identity.examples import examples
from checks.judges.hands import own_of, sign_of
from checks.params import IdentityParams

REAL = Path(__file__).parents[3] / "shared" / "real"
_BODY = Body("99.71", "Kota Misal", "kota", "Asia/Jakarta")
_HOST = "ppid.misal.go.id"


def written() -> dict[str, Any]:
    """Recall by trick, and false alarms, on the examples."""
    found, of, alarms, none = Counter[str](), Counter[str](), list[str](), 0
    for one in examples():
        said = nature(one.html.encode()) == "injected"
        if one.injected:
            of[one.trick] += 1
            found[one.trick] += said
        else:
            none += 1
            alarms += [one.trick] if said else []
    return {
        "advertisements": _share(sum(found.values()), sum(of.values())),
        "by_trick": {trick: f"{found[trick]}/{of[trick]}" for trick in of},
        "false_alarms": _share(len(alarms), none),
    }


def real(folder: Path) -> dict[str, Any]:
    """What is real: pages, texts and titles of governments that are none, and the words of a doorway kit that are."""
    pages = sorted((folder / "a_html").glob("*.html"))
    texts = [path.read_text("utf-8", "replace") for path in sorted((folder / "b_text").glob("*.txt"))]
    titles = list(_titles(folder))
    kit = [line.replace("{{BRAND_NAME}}", "mantap88") for line in _lines(folder / "f_adverse" / "judol_titles.txt")]
    return {
        "pages": _share(sum(nature(path.read_bytes()) in ("injected", "parked") for path in pages), len(pages)),
        "texts": _share(sum(bool(injected(t.split("\n", 1)[0][:200], t, [], _HOST)) for t in texts), len(texts)),
        "titles": _share(sum(map(gambling_title, titles)), len(titles)),
        "doorway_titles": _share(sum(map(gambling_title, kit)), len(kit)),
        "strangers": _strangers(sorted((folder / "f_adverse").glob("brokenhtml_*.html"))),
        "own": _strangers(pages),
    }


def _strangers(pages: list[Path]) -> dict[str, Any]:
    """How many are said to be a stranger's, as the only page of a site on a domain that anybody can buy."""
    return _share(sum(is_strange(path.read_bytes()) for path in pages), len(pages))


def is_strange(payload: bytes) -> bool:
    url = "https://covid19misal.id/"
    at = datetime(2026, 11, 1, tzinfo=UTC)
    capture = Capture(url, "covid", at, "ok", 200, "text/html")
    site = Site("covid", "covid", url, "Covid-19", lifecycle="archived")
    facts = SiteFacts(site, Visit("covid", "ok"), (capture,), (read_page(capture, payload, _BODY),))
    sign = sign_of(facts, own_of(_BODY, (facts,)), at, IdentityParams().warn_days)
    return sign is not None and sign.kind == "stranger"


def nature(payload: bytes) -> str:
    """What kind of answer a page is, as the audit reads it."""
    capture = Capture(f"https://{_HOST}/", "situs", datetime(2026, 11, 1, tzinfo=UTC), "ok", 200, "text/html")
    return read_page(capture, payload, _BODY).nature


def _titles(folder: Path) -> Iterator[str]:
    for name, column in (("labelled.tsv", 3), ("labelled_links.tsv", 3), ("unlabelled.tsv", 0)):
        for line in _lines(folder / "c_titles" / name)[1:]:
            cells = line.split("\t")
            if len(cells) > column:
                yield cells[column]


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").splitlines() if line.strip()]


def _share(n: int, of: int) -> dict[str, Any]:
    low, high = wilson(n, of)
    return {"n": n, "of": of, "share": round(n / of, 4), "interval": [round(low, 4), round(high, 4)]}
