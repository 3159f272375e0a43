"""A broken catalogue is refused with file, line, what is wrong and what to do; nothing is judged by half an entry."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from checks.catalogue import HOUSE, CatalogueError, load

FILE = "sarana-prasarana.toml"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    for name in ("reasons.toml", "scoring.toml", "calendar.toml"):
        shutil.copy(HOUSE / name, tmp_path / name)
    shutil.copytree(HOUSE / "criteria", tmp_path / "criteria")
    return tmp_path


def broken(house: Path, file: str, old: str, new: str, marker: str) -> tuple[list[str], int]:
    """Replaces `old` once in `file`, loads, and gives the problems and the line where `marker` then stands."""
    path = house / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"the test no longer fits {file}"
    text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load(house)
    lines = text.splitlines()
    line = next(number for number, content in enumerate(lines, 1) if marker in content)
    return list(caught.value.problems), line


CRITERION = f"criteria/{FILE}"
HTTPS = 'id = "https-sertifikat"'
CASES = {
    "missing text": (
        CRITERION,
        'question.en = "Does the site use HTTPS with a valid certificate?"\n',
        "",
        'question.id = "Apakah laman memakai HTTPS',
        "criterion https-sertifikat: question.en is missing; write it",
    ),
    "empty text": (
        CRITERION,
        'met.id = "Laman memakai HTTPS dengan sertifikat sah"',
        'met.id = " "',
        'met.id = " "',
        "criterion https-sertifikat: met.id is empty; write the text",
    ),
    "misspelt key": (
        CRITERION,
        f"{HTTPS}\n",
        f"{HTTPS}\nweigth = 1\n",
        "weigth = 1",
        "criterion https-sertifikat: weigth is not a known key; did you mean weight?",
    ),
    "unknown judge": (
        CRITERION,
        'judge = "identity"',
        'judge = "oracle"',
        'judge = "oracle"',
        "criterion identitas-situs: judge 'oracle' is not known; use one of",
    ),
    "unknown role": (
        CRITERION,
        'places = ["ppid", "website", "portal", "covid", "service", "app"]',
        'places = ["ppid", "webiste"]',
        '"webiste"',
        "criterion identitas-situs: places.1 'webiste' is not known; use one of",
    ),
    "duplicate id": (
        CRITERION,
        'id = "identitas-situs"',
        'id = "dip"',
        'id = "dip"',
        "criterion dip: is already written in",
    ),
    "wrong file": (
        CRITERION,
        'indicator = "sarana-prasarana"',
        'indicator = "digitalisasi"',
        'indicator = "digitalisasi"',
        "stands in sarana-prasarana.toml; move it to a file that begins with digitalisasi",
    ),
    "weight of another level": (
        CRITERION,
        "weight = 1",
        "weight = 3",
        "weight = 3",
        "weight 3 does not fit level core; use 1 or 2 (scoring.toml)",
    ),
    "unknown reason in a remedy": (
        CRITERION,
        'baru."\nsite-gone.en',
        'baru."\nsite-lost.en',
        "site-gone.id",
        "criterion situs-ppid-aktif: remedy.site-gone.en is missing; write it",
    ),
    "slot that no judge fills": (
        CRITERION,
        'default.id = "Pasang atau perbarui sertifikat {site}',
        'default.id = "Pasang atau perbarui sertifikat {situs}',
        "{situs}",
        "criterion https-sertifikat: slot {situs} is filled by no judge here; use one of: site",
    ),
    "slot in a text that is no template": (
        CRITERION,
        'met.en = "The site uses HTTPS with a valid certificate"',
        'met.en = "{site} uses HTTPS with a valid certificate"',
        'met.en = "{site}',
        "criterion https-sertifikat: slot {site} is filled by no judge here; use one of: none",
    ),
    "misspelt parameter": (
        CRITERION,
        'measure = "https"\nper = "site"',
        'measure = "https"\nper = "site"\nmet_att = 1',
        "met_att = 1",
        "criterion https-sertifikat: params.met_att is not a known key; did you mean met_at?",
    ),
    "verified without an address": (
        CRITERION,
        'source = "ingatan, belum diperiksa"\nverified = false',
        'source = "ingatan, belum diperiksa"\nverified = true # here',
        "verified = true # here",
        "basis.1.verified needs in source the address where the article was read; give it or write false",
    ),
    "unknown freshness code": (
        "criteria/jenis-informasi-keuangan.toml",
        'freshness = "F-RKA"',
        'freshness = "F-RKB"',
        'freshness = "F-RKB"',
        "criterion rka-skpd: freshness F-RKB is not in calendar.toml; use one of",
    ),
    "unknown kind": (
        "criteria/jenis-informasi-keuangan.toml",
        'kinds = ["rka"]',
        'kinds = ["rkka"]',
        'kinds = ["rkka"]',
        "criterion rka-skpd: params.kinds.0 'rkka' is not known; use one of",
    ),
    "bad pattern": (
        "criteria/digitalisasi.toml",
        'texts = ["ppid", "aplikasi"',
        'texts = ["ppid(", "aplikasi"',
        '"ppid("',
        "criterion aplikasi-ppid: params.texts.0 is not a regular expression",
    ),
    "parts that cannot be met": (
        "criteria/komitmen-organisasi.toml",
        '[criterion.params]\nsection = ["profil", "tentang( kami)?", "visi", "tugas", "struktur"]\nneed = 4',
        '[criterion.params] # here\nsection = ["profil"]\nneed = 9',
        "[criterion.params] # here",
        "params need asks for more than parts lists",
    ),
    "year without a rule for it": (
        "criteria/jenis-informasi-keuangan.toml",
        'freshness = "F-RPJMD"\n',
        "",
        'default.id = "Unggah Perda RPJMD periode yang mencakup tahun {year}',
        "criterion rpjmd: slot {year} is filled by no judge here",
    ),
    "not TOML": (
        CRITERION,
        'judge = "identity"',
        "judge = identity",
        "judge = identity",
        "is not TOML: Invalid value; mend the line",
    ),
    "indicators that do not sum to 100": (
        "scoring.toml",
        "weight = 40",
        "weight = 45",
        "# How verdicts become a score",
        "the weights of the indicators sum to 105; they must sum to 100",
    ),
    "missing reason": (
        "reasons.toml",
        "[image-only]",
        "[image-alone]",
        "[image-alone]",
        "reason image-alone: is not a known reason code",
    ),
    "reason slot that no judge fills": (
        "reasons.toml",
        'id = "Ditemukan: {title}."',
        'id = "Ditemukan: {judul}."',
        "{judul}",
        "reason found: slot {judul} is filled by no judge here; use one of: title",
    ),
    "day that is none": (
        "calendar.toml",
        "month = 9\nday = 30",
        "month = 9\nday = 31",
        "[F-PJAPBD]",
        "calendar F-PJAPBD: month 9 has no day 31 in every year",
    ),
}


@pytest.mark.parametrize("case", sorted(CASES))
def test_a_broken_entry_is_named_with_its_line(house: Path, case: str) -> None:
    file, old, new, marker, message = CASES[case]
    problems, line = broken(house, file, old, new, marker)
    expected_start = f"{house / file}:"
    matching = [p for p in problems if message in p]
    assert matching, problems
    assert matching[0].startswith(expected_start)
    found = int(matching[0].removeprefix(expected_start).partition(":")[0])
    assert found == line, matching[0]


def test_a_remedy_for_a_reason_that_is_none(house: Path) -> None:
    path = house / "criteria" / FILE
    text = path.read_text(encoding="utf-8").replace("site-gone.", "site-lost.")
    path.write_text(text, encoding="utf-8")
    line = next(number for number, content in enumerate(text.splitlines(), 1) if content.startswith("site-lost.id"))
    what = "criterion situs-ppid-aktif: remedy for the unknown reason site-lost; use a code of reasons.toml"
    with pytest.raises(CatalogueError) as caught:
        load(house)
    assert f"{path}:{line}: {what}" in caught.value.problems


def test_an_entry_without_basis(house: Path) -> None:
    path = house / "criteria" / FILE
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    start = next(i for i, line in enumerate(lines) if 'id = "identitas-situs"' in line)
    first = next(i for i in range(start, len(lines)) if "[[criterion.basis]]" in lines[i])
    last = next(i for i in range(start, len(lines)) if "[criterion.remedy]" in lines[i])
    path.write_text("".join(lines[:first] + lines[last:]), encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load(house)
    assert caught.value.problems == (f"{path}:{start}: criterion identitas-situs: basis is missing; write it",)


def test_default_remedy_is_needed(house: Path) -> None:
    path = house / "criteria" / FILE
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    start = next(i for i, line in enumerate(lines) if HTTPS in line)
    kept = [line for i, line in enumerate(lines) if i < start or not line.startswith("default.")]
    path.write_text("".join(kept), encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load(house)
    assert any("criterion https-sertifikat: remedy.default is missing" in p for p in caught.value.problems)


def test_a_judge_without_criterion(house: Path) -> None:
    path = house / "criteria" / FILE
    text = path.read_text(encoding="utf-8")
    start = text.index('[[criterion]]\nid = "identitas-situs"')
    following = text.find("[[criterion]]\n", start + 1)
    path.write_text(text[:start] + (text[following:] if following > 0 else ""), encoding="utf-8")
    with pytest.raises(CatalogueError, match="judge identity has no criterion"):
        load(house)


def test_an_indicator_without_scored_criteria(house: Path) -> None:
    path = house / "criteria" / "komitmen-organisasi.toml"
    text = path.read_text(encoding="utf-8").replace('level = "core"\nweight = 1', 'level = "extended"\nweight = 0')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match="indicator komitmen-organisasi has no scored criterion"):
        load(house)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda folder: None, "no such directory"),
        (lambda folder: folder.mkdir(), "holds no criteria file"),
        (lambda folder: (folder.mkdir(), (folder / "x.toml").write_text("a = 1")), "holds no [[criterion]]"),
        (lambda folder: (folder.mkdir(), (folder / "x.toml").write_bytes(b"\xff\xfe")), "cannot be read as UTF-8"),
    ],
)
def test_a_folder_that_is_none(tmp_path: Path, make: Callable[[Path], object], message: str) -> None:
    folder = tmp_path / "katalog"
    make(folder)
    with pytest.raises(CatalogueError) as caught:
        load(folder)
    assert any(message in problem for problem in caught.value.problems)
    assert ":1: " in caught.value.problems[0]


def test_the_text_of_the_error_is_one_line(house: Path) -> None:
    problems, _ = broken(house, CRITERION, 'measure = "https"', 'measure = "tls"\nextra = 1', "extra = 1")
    assert len(problems) >= 2
    with pytest.raises(CatalogueError) as caught:
        load(house)
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(f"(and {len(problems) - 1} more)")
