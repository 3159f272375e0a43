"""config.toml through the front door: what is right is read, what is wrong is named with its line and a way out."""

from pathlib import Path

import pytest

from auditor.config import ConfigError, Memento, from_source, load

GOOD = """\
[body]
code = "99.71"
name = "Kota Contoh"
kind = "kota"
timezone = "Asia/Jakarta"
units = ["Dinas Kesehatan", ["Dinas Pendidikan", "Disdik"]]

[[sites]]
id = "ppid"
role = "ppid"
url = "https://ppid.contoh.go.id/"

[[sites]]
id = "salur"
role = "service"
lifecycle = "archived"
ended = 2023-06-21
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_right_is_read(tmp_path: Path) -> None:
    config = load(write(tmp_path, GOOD))
    assert config.body.code == "99.71"
    assert [unit.name for unit in config.body.units] == ["Dinas Kesehatan", "Dinas Pendidikan"]
    assert config.body.units[1].aliases == ("Disdik",)
    assert [(site.id, site.url) for site in config.sites] == [("ppid", "https://ppid.contoh.go.id/"), ("salur", None)]
    assert config.storage.data == tmp_path / "var"
    assert config.storage.database == f"sqlite:///{tmp_path}/var/auditor.sqlite"


def test_the_configuration_survives_the_evidence(tmp_path: Path) -> None:
    config = load(write(tmp_path, GOOD))
    again = from_source(config.source, tmp_path / "elsewhere.toml")
    assert again.body == config.body
    assert again.sites == config.sites


def test_no_web_archive_is_asked_unless_one_is_named(tmp_path: Path) -> None:
    assert load(write(tmp_path, GOOD)).memento == Memento("", "", 20)
    named = load(write(tmp_path, GOOD + '[memento]\ntimemap = "https://arsip.example/{url}"\nmost_per_site = 3\n'))
    assert named.memento == Memento("", "https://arsip.example/{url}", 3)


def test_units_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text("nama,sebutan\nDinas Sosial,Dinsos\nInspektorat\n", encoding="utf-8")
    config = load(
        write(tmp_path, GOOD.replace('["Dinas Kesehatan", ["Dinas Pendidikan", "Disdik"]]', '{file="units.csv"}'))
    )
    assert [(unit.name, unit.aliases) for unit in config.body.units] == [
        ("Dinas Sosial", ("Dinsos",)),
        ("Inspektorat", ()),
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('role = "ppid"', 'role = "pidd"', 10, "is not one of"),
        ('role = "ppid"\nurl', 'role = "ppid"\nmax_pags = 5\nurl', 11, "did you mean `max_pages`?"),
        ('code = "99.71"\n', "", 1, "this key is missing"),
        ('"https://ppid.contoh.go.id/"', '"ppid.contoh.go.id"', 11, "http:// or https://"),
        ('"Asia/Jakarta"', '"WIB"', 5, "Asia/Jakarta"),
        ('id = "salur"', 'id = "ppid"', 13, "two sites have the id 'ppid'"),
        ('lifecycle = "archived"\n', "", 13, "lifecycle"),
        (
            '[[sites]]\nid = "salur"',
            '[netwrok]\ndelay_seconds=1\n[[sites]]\nid = "salur"',
            13,
            "did you mean `network`?",
        ),
        ("ended = 2023-06-21\n", "started = 2024-01-01\nended = 2023-06-21\n", 13, "`started`"),
        ('[[sites]]\nid = "salur"', '[memento]\ntimegat = ""\n[[sites]]\nid = "salur"', 14, "did you mean `timegate`?"),
        (
            '[[sites]]\nid = "salur"',
            '[memento]\ntimegate = "arsip"\n[[sites]]\nid = "salur"',
            14,
            "http:// or https://",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, old: str, new: str, line: int, says: str) -> None:
    assert old in GOOD
    path = write(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(ConfigError) as caught:
        load(path)
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(f"{path}:{line}: "), message
    assert says in message


def test_broken_toml_and_missing_files(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="line 2"):
        load(write(tmp_path, "[body]\ncode = \n"))
    with pytest.raises(ConfigError, match="no such file"):
        load(tmp_path / "nowhere.toml")
    with pytest.raises(ConfigError, match=r"units\.csv"):
        load(write(tmp_path, GOOD.replace('["Dinas Kesehatan", ["Dinas Pendidikan", "Disdik"]]', '{file="units.csv"}')))


def test_the_city_that_ships_is_right() -> None:
    config = load(Path(__file__).parents[1] / "config.toml")
    assert config.body.code == "32.71"
    named = {site.id for site in config.sites}
    assert named >= {"ppid", "www", "data", "covid", "detektif", "covid-admin", "jejak-bogor", "jejak-venue", "tnd"}
    assert all(site.audience == "staff" for site in config.sites if site.role == "restricted")
    assert all(site.ended for site in config.sites if site.lifecycle == "archived")
