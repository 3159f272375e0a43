"""Which captures are not published: those in which somebody's number, telephone or illness lies open, and those of
which nobody can say that none does."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from auditor.evidence.errors import EvidenceError
from auditor.evidence.source import Evidence
from auditor.model import Capture, Judgement, Personal, SiteFacts
from auditor.read.personal import find_in_source
from auditor.read.personal_files import UNSEEN, scan
from auditor.read.sandbox import Sandbox


def sealed(judgement: Judgement, evidence: Evidence) -> frozenset[str]:
    """Digests of what is shown by digest alone: neither its words nor its WARC member are published.

    A WARC member holds its address and the headers of the answer too. What no reader of pages, documents and tables
    has looked through, and a finding leads to, is looked through here.
    """
    region = judgement.facts.body.code.replace(".", "")
    looked: dict[str, bool] = {}
    for site in judgement.facts.sites:
        for digest, personal in _read(site):
            looked[digest] = looked.get(digest, False) or _secret(personal)
    found = {digest for digest, secret in looked.items() if secret}
    captures = {capture.digest: capture for capture in evidence.captures() if capture.digest}
    found |= {c.digest for c in evidence.captures() if c.digest and find_in_source(_around(c), region)}
    cited = {proof.digest for finding in judgement.findings for proof in finding.verdict.evidence}
    with Sandbox() as sandbox:
        for digest in sorted((cited & captures.keys()) - looked.keys() - found):
            if _unread(evidence, captures[digest], region, sandbox):
                found.add(digest)
    return frozenset(found - {""})


def _read(site: SiteFacts) -> Iterator[tuple[str, tuple[Personal, ...]]]:
    if site.site.role == "restricted":
        # To publish what lies open there would open it further.
        for capture in site.captures:
            yield capture.digest, (UNSEEN,)
    for page in site.pages:
        yield page.digest, page.personal
    for document in site.documents:
        if document.format and not document.flaw:
            yield document.digest, document.personal
    for dataset in site.datasets:
        for resource in dataset.resources:
            if resource.table is not None:
                yield resource.digest, resource.table.personal


def _secret(personal: tuple[Personal, ...]) -> bool:
    return any(one.kind in ("nik", "kk", "patient") or one.confirmed for one in personal)


def _around(capture: Capture) -> str:
    """What a WARC says around the bytes: address, way and headers. An `id=` before a number is no name for it."""
    ways = (capture.url, capture.via or "", capture.location or "")
    words = (capture.anchor, capture.context, *(value for _, value in capture.headers))
    return "\n".join((*map(unquote, ways), *words))


def _unread(evidence: Evidence, capture: Capture, region: str, sandbox: Sandbox) -> bool:
    try:
        payload = evidence.payload(capture)
    except EvidenceError:
        return True
    found = sandbox.call(scan, payload, region)
    return not isinstance(found, tuple) or _secret(found)
