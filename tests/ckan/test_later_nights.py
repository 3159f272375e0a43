"""Nights after the first against CKAN itself: what it says was modified, and what of it shows in the number only."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from auditor.evidence.source import Evidence
from tests.ckan.proxy import proxied
from tests.ckan.seed import Instance
from tests.ckan.test_real_ckan import configured
from tests.whole.conftest import auditor

pytestmark = pytest.mark.services

NEW, MODIFIED, TITLE = "muncul-malam-ini", "penduduk-2024", "Jumlah Penduduk Tahun 2024 (diperbaiki)"


@dataclass
class Nights:
    ckan: Instance
    config: Path
    asked: list[str]
    calls: list[dict[str, str]] = field(default_factory=list)

    def next(self) -> dict[str, str]:
        """Title by name as tonight's evidence has it; `calls` are tonight's of package_search."""
        self.asked.clear()
        auditor("run", "--config", self.config)
        targets = [target for target in self.asked if "/api/" in target]
        assert all("/api/action/package_search" in target for target in targets)
        self.calls = [{k: v[0] for k, v in parse_qs(urlsplit(target).query).items()} for target in targets]
        evidence = Evidence(sorted((self.config.parent / "var" / "evidence").iterdir())[-1])
        found: dict[str, dict[str, Any]] = {}
        for capture in sorted(evidence.captures(), key=lambda c: c.at):
            if "package_search" in capture.url:
                result = json.loads(evidence.payload(capture))["result"]
                found |= {package["id"]: package for package in result["results"]}
        (told,) = evidence.records("portal")
        assert (told["enumerated"], told["declared"]) == (True, self.count("*:*"))
        return {package["name"]: package["title"] for package in found.values()}

    def count(self, query: str, **more: Any) -> int:
        found: int = self.ckan.anonymous().action.package_search(q=query, rows=0, **more)["count"]
        return found

    def whole(self) -> list[dict[str, str]]:
        return [call for call in self.calls if "fq" not in call and call["rows"] != "0"]

    def costs_no_more_than_what_was_modified(self) -> bool:
        """One call for each thousand that CKAN itself says was modified since, and one for the number of all."""
        (condition,) = {call["fq"] for call in self.calls if "fq" in call}
        modified = self.count("*:*", fq=condition)
        return len(self.calls) == max(1, -(-modified // 1000)) + 1


@pytest.fixture
def nights(ckan: Instance, tmp_path: Path) -> Iterator[Nights]:
    with proxied(ckan.url) as (url, asked):
        yield Nights(ckan, configured(tmp_path, url, pages=1), asked)


def test_new_modified_deleted_and_private_between_two_nights(nights: Nights) -> None:
    admin = nights.ckan.admin()
    first = nights.next()
    assert len(nights.whole()) == len(nights.calls) == -(-len(first) // 1000)

    assert nights.next() == first
    assert nights.whole() == []
    assert nights.costs_no_more_than_what_was_modified()

    before = admin.action.package_show(id=MODIFIED)["title"]
    made = admin.action.package_create(name=NEW, title="Baru", owner_org="dinas-01")
    try:
        admin.action.package_patch(id=MODIFIED, title=TITLE)
        assert nights.next() == {**first, NEW: "Baru", MODIFIED: TITLE}
        assert nights.whole() == []
        assert nights.costs_no_more_than_what_was_modified()

        admin.action.package_patch(id=made["id"], private=True)
        assert nights.next() == {**first, MODIFIED: TITLE}
        assert len(nights.whole()) == -(-len(first) // 1000)

        admin.action.package_patch(id=made["id"], private=False)
        assert nights.next() == {**first, NEW: "Baru", MODIFIED: TITLE}
        assert nights.whole() == []
    finally:
        admin.action.package_delete(id=made["id"])
        admin.action.package_patch(id=MODIFIED, title=before)
    assert nights.next() == first
    assert len(nights.whole()) == -(-len(first) // 1000)
