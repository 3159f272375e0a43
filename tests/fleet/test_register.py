"""`auditor bodies`: from a list of names and sites, and the official codes, to what a fleet audits."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from auditor.config import ConfigError, load
from auditor.fleet.bodies import read
from auditor.fleet.register import register
from tests.whole.conftest import auditor

TABLES = Path(__file__).parents[2].parent / "shared" / "real" / "e_tables"
REAL_CODES = sorted(TABLES.glob("wilayah_2026_prov_kab_kec.csv"))
PROVINCES, BODIES = 38, 552


def made_up() -> list[tuple[str, str]]:
    """38 provinces and 514 kabupaten and kota with codes in the official form; the names are made up."""
    rows = [(f"{n}", f"Nusa {n}") for n in range(11, 11 + PROVINCES)]
    for n in range(BODIES - PROVINCES):
        province, place = 11 + n % PROVINCES, n // PROVINCES + 1
        kota = place > 10
        second = place + 60 if kota else place
        rows.append((f"{province}.{second:02d}", f"{'Kota' if kota else 'Kabupaten'} Contoh {n}"))
    return rows


def written(path: Path, rows: list[str]) -> Path:
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_552_bodies_of_a_list(tmp_path: Path) -> None:
    rows = made_up()
    lines = [f'{code},"{name}",https://ppid.b{code.replace(".", "")}.go.id/,,' for code, name in rows]
    listing = written(tmp_path / "list.csv", ["code,name,ppid,website,portal", *lines])
    done = auditor("bodies", listing, "--out", tmp_path / "fleet", "--contact", "mailto:a@contoh.go.id")
    assert "552 bodies (38 provinsi, 380 kabupaten, 134 kota)" in done.stdout
    assert done.stderr.count("no address of website, portal") == BODIES
    fleet = read(tmp_path / "fleet" / "bodies.toml")
    assert len(fleet.bodies) == BODIES
    assert [entry.trouble for entry in fleet.bodies if entry.trouble] == []
    first = load(tmp_path / "fleet" / "11.01" / "config.toml")
    assert (first.body.code, first.body.kind, first.network.contact) == ("11.01", "kabupaten", "mailto:a@contoh.go.id")
    assert {site.role: site.url for site in first.sites} == {
        "ppid": "https://ppid.b1101.go.id/", "website": None, "portal": None
    }  # fmt: skip


def test_the_official_list_gives_the_codes(tmp_path: Path) -> None:
    codes = written(
        tmp_path / "codes.csv",
        [
            "kode,nama",
            "32,Nusa Barat",
            "32.01,Kabupaten Contoh",
            "32.71,Kota Contoh",
            "32.71.01,Kecamatan",
            "94,Nusa Timur",
        ],
    )
    listing = written(
        tmp_path / "list.csv",
        ["nama;ppid;website", "Kab. Contoh;https://a.example/ https://b.example/;", "nusa timur;;http://t.example/"],
    )
    made = register(listing, tmp_path / "out", codes=codes)
    assert [(b.code, b.name, b.timezone) for b in made.bodies] == [
        ("32", "Provinsi Nusa Barat", "Asia/Jakarta"),
        ("32.01", "Kab. Contoh", "Asia/Jakarta"),
        ("32.71", "Kota Contoh", "Asia/Jakarta"),
        ("94", "Provinsi nusa timur", "Asia/Jayapura"),
    ]
    assert made.missing == (
        "32 Provinsi Nusa Barat: not in the list; only its name and code are known",
        "32.01 Kab. Contoh: no address of website, portal",
        "32.71 Kota Contoh: not in the list; only its name and code are known",
        "94 Provinsi nusa timur: no address of ppid, portal",
    )
    sites = load(tmp_path / "out" / "32.01" / "config.toml").sites
    assert [(s.id, s.url) for s in sites[:2]] == [("ppid", "https://a.example/"), ("ppid2", "https://b.example/")]


def test_what_an_officer_wrote_stays(tmp_path: Path) -> None:
    listing = written(tmp_path / "list.csv", ["code,name,ppid", "32.71,Kota Contoh,https://a.example/"])
    register(listing, tmp_path / "out")
    config = tmp_path / "out" / "32.71" / "config.toml"
    config.write_text(config.read_text("utf-8") + "\n[network]\ndelay_seconds = 3\n", "utf-8")
    made = register(listing, tmp_path / "out")
    assert (made.written, made.kept) == (0, 1)
    assert load(config).network.delay_seconds == 3


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("3271,Kota Contoh,", "list.csv:2: '3271' is no region code"),
        ("32.71,Kabupaten Contoh,", "32.71 is the code of a kota, and the name is 'Kabupaten Contoh'"),
        ("32.01,Kota Contoh,", "32.01 is the code of a kabupaten"),
        ("32.71,,", "32.71 has no name"),
        (",Kota Contoh,", "'Kota Contoh' has no code; give it one, or the official list with --codes"),
        ("32.71,Kota Contoh,ppid.example", "ppid: 'ppid.example' is no web address"),
        ("32.71,Kota A,\n32.71,Kota B,", "list.csv:3: 32.71 is that of line 2 already"),
    ],
)
def test_what_cannot_be_right_is_named(tmp_path: Path, row: str, said: str) -> None:
    listing = written(tmp_path / "list.csv", ["code,name,ppid", row])
    with pytest.raises(ConfigError) as told:
        register(listing, tmp_path / "out")
    assert said in str(told.value)


def test_a_misspelt_column_and_an_unknown_code(tmp_path: Path) -> None:
    listing = written(tmp_path / "list.csv", ["code,name,pidp", "32.71,Kota Contoh,"])
    with pytest.raises(ConfigError, match="unknown column 'pidp'; did you mean 'ppid'"):
        register(listing, tmp_path / "out")
    codes = written(tmp_path / "codes.csv", ["kode,nama", "32.01,Kabupaten Contoh"])
    listing = written(tmp_path / "list.csv", ["code,name", "32.02,Kabupaten Contoh"])
    done = auditor("bodies", listing, "--codes", codes, "--out", tmp_path / "out", check=False)
    assert done.returncode == 2
    assert "the official list has no 32.02" in done.stderr


@pytest.mark.parametrize("real", [None, *REAL_CODES], ids=lambda path: path.name if path else "own")
def test_a_whole_official_list_makes_552_bodies(tmp_path: Path, real: Path | None) -> None:
    own = [f'{code},"{name}"' for code, name in made_up()]
    name = "Kota Bogor" if real else dict(made_up())["32.71"]
    listing = written(tmp_path / "list.csv", ["name,ppid", f"{name},https://ppid.kotabogor.go.id/"])
    made = register(listing, tmp_path / "out", codes=real or written(tmp_path / "codes.csv", ["kode,nama", *own]))
    assert len(made.bodies) == BODIES
    kabupaten, kota = (416, 98) if real else (380, 134)
    assert made.kinds == {"provinsi": PROVINCES, "kabupaten": kabupaten, "kota": kota}
    assert [b.code for b in made.bodies if b.line] == ["32.71"]
    assert len(tomllib.loads(made.file.read_text("utf-8"))["bodies"]) == BODIES
