"""Real pages that nobody here wrote, audited over real HTTP: what is said of them must be true and never too much."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.whole.conftest import auditor
from tests.whole.realsite import SETS, served
from tests.whole.test_bad_nights import configured

# Kinds that a reader of these pages sees on them; what a page of the set is called.
SEEN = {
    "sumut1": {"profil-pejabat"},
    "sumut2": {"dip", "profil-badan", "struktur-organisasi"},
    "pktj": {"dip", "dik-dikecualikan", "maklumat", "sop", "formulir-permohonan"},
    "puslitbang": set(),
}
NEVER_THERE = {"rka", "dpa", "apbd", "perubahan-apbd", "penjabaran-apbd", "lkpd", "lra", "rpjmd", "lhkpn"}
"""Listed on the pages by name; their files were never stored, so that none can be a document here."""


def audited(folder: Path, name: str) -> tuple[dict[str, Any], list[dict[str, Any]], list[dict[str, Any]]]:
    with served(name) as url:
        path = configured(folder, url)
        told = json.loads(auditor("run", "--config", path, "--at", "2026-11-24", "--json").stdout)
    findings = json.loads(auditor("findings", "--config", path, "--json").stdout)
    return told, findings, json.loads(auditor("documents", "--config", path, "--json").stdout)


@pytest.mark.parametrize("name", SETS)
def test_a_real_site(tmp_path: Path, name: str) -> None:
    told, findings, documents = audited(tmp_path, name)
    assert told["answered"]
    assert told["crashes"] == []
    kinds = {document["kind"] for document in documents}
    assert kinds >= SEEN[name]
    assert not kinds & NEVER_THERE
    status = {f["criterion"]: f["status"] for f in findings}
    assert status["identitas-situs"] == "met"  # none of these is in other hands
    assert status["situs-ppid-aktif"] == "met"
    unseen = [f for f in findings if f["status"] == "unmet" and f["reason"] == "not-found"]
    assert all(place["complete"] for finding in unseen for place in finding["searched"])
    assert 0 <= told["low"] <= told["observed"] <= told["high"] <= 100
