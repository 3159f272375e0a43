"""`auditor diff` tells apart what the city changed, what we saw differently, and what another method made of it."""

from __future__ import annotations

import json
from pathlib import Path

from auditor.history import History
from auditor.model import Status
from tests.history.kept import night
from tests.reports import builders
from tests.whole.conftest import auditor
from tests.whole.test_bad_nights import configured

MENDED, SEEN = (builders.criterion(n, "jenis-informasi") for n in (1, 2))


def test_three_groups(database_url: str, tmp_path: Path) -> None:
    path = configured(tmp_path, "https://ppid.kotacontoh.example/")
    path.write_text(f'{path.read_text("utf-8")}\n[storage]\ndatabase = "{database_url}"\n', "utf-8")
    history = History(database_url)
    a = night(history, 0, [builders.finding(MENDED, Status.UNMET), builders.finding(SEEN, Status.UNKNOWN)])
    b = night(history, 1, [builders.finding(MENDED, Status.MET), builders.finding(SEEN, Status.MET)])
    c = night(history, 2, [builders.finding(MENDED, Status.UNMET)], catalogue="another")

    told = json.loads(auditor("diff", a, b, "--config", path, "--json").stdout)
    assert {change["criterion"]: change["whose"] for change in told["changes"]} == {MENDED.id: "city", SEEN.id: "sight"}
    assert told["counts"] == {"city": 1, "sight": 1, "method": 0}
    latest = json.loads(auditor("diff", "--config", path, "--json").stdout)
    assert (latest["a"], latest["b"], latest["counts"]) == (b, c, {"city": 0, "sight": 0, "method": 2})
    assert latest["catalogues"] == {"a": builders.catalogue().version, "b": "another"}
    shown = auditor("diff", a, b, "--config", path).stdout
    assert shown.index("The city changed (1)") < shown.index("We saw more or less")
    assert "Another catalogue" not in shown
