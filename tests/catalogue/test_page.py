"""docs/criteria.md is made from the catalogue and says of every article whether it was read."""

from __future__ import annotations

import re
import subprocess
import sys

from checks.catalogue import HOUSE, load
from checks.page import PAGE, UNVERIFIED


def test_the_page_is_current() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "checks.page", "--check"], cwd=HOUSE.parent, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_an_unverified_article_never_stands_without_its_mark() -> None:
    text = PAGE.read_text(encoding="utf-8")
    catalogue = load()
    blocks = dict(re.findall(r"^### (\S+)\n(.*?)(?=^#{2,3} |\Z)", text, re.MULTILINE | re.DOTALL))
    assert set(blocks) == {c.id for c in catalogue.criteria}
    for criterion in catalogue.criteria:
        listed = blocks[criterion.id].partition("#### Dasar hukum / Legal basis")[2].strip().splitlines()
        assert len(listed) == len(criterion.basis)
        for line, basis in zip(listed, criterion.basis, strict=True):
            assert line.startswith(f"- {basis.article} (")
            assert (UNVERIFIED in line) is not basis.verified


def test_the_page_has_every_heading_for_every_criterion() -> None:
    text = PAGE.read_text(encoding="utf-8")
    count = len(load().criteria)
    for heading in (
        "Apa yang diperiksa",
        "Mengapa penting",
        "Cara mengukur",
        "Batas yang diketahui",
        "Cara memperbaiki",
        "Dasar hukum",
    ):
        assert text.count(f"#### {heading} / ") == count


def test_the_page_says_how_much_is_out_of_sight() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert "visitasi (20 persen)" in text
    assert "bukan *nilai Monev* maupun *IKIP*" in text
    assert "### visitasi-presentasi" in text
