"""`auditor doctor` on machines that something is wrong with, and the contact without which nobody is visited."""

from __future__ import annotations

import socket
from datetime import timedelta
from pathlib import Path

import pytest

from auditor.config import load
from auditor.doctor.line import Line
from auditor.doctor.network import examine_network
from auditor.evidence.source import Evidence
from tests.badsite import BadSite, html, redirect
from tests.collect import certificates
from tests.whole.conftest import auditor
from tests.whole.test_nights import shift

OWN = 'contact = "mailto:dokter@example.org"'
PUBLIC = "http://8.8.8.8/"
"""Named in these tests and never asked."""


def written(folder: Path, url: str, contact: str = OWN, more: str = "") -> Path:
    config = folder / "config.toml"
    config.write_text(
        f"""
[body]
code = "99.73"
name = "Kota Dokter"
kind = "kota"

[[sites]]
id = "www"
role = "website"
url = "{url}"

[network]
{contact}
delay_seconds = 0
timeout_seconds = 5
allow_private = ["127.0.0.0/8"]
retries = 0
{more}
""",
        encoding="utf-8",
    )
    return config


def asked(config: Path, exit_code: int) -> list[str]:
    done = auditor("doctor", "--config", config, check=False)
    assert done.returncode == exit_code, done.stdout + done.stderr
    return done.stdout.splitlines()


def line(lines: list[str], question: str) -> str:
    return next(shown for shown in lines if shown[6:].startswith(f"{question}:"))


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def test_a_healthy_machine(tmp_path: Path) -> None:
    with BadSite({"/": html("isi")}) as site:
        lines = asked(written(tmp_path, site.url()), 0)
        assert site.log == []
    assert all(shown.startswith(("ok", "note  units")) for shown in lines)
    assert line(lines, "network").startswith("ok    network: connected to site.localhost")
    assert line(lines, "authorities").startswith("ok")


def test_no_network_and_no_names(tmp_path: Path) -> None:
    lines = asked(written(tmp_path, f"http://site.localhost:{closed_port()}/"), 1)
    assert line(lines, "network").startswith("BAD   network: no connection to site.localhost")
    assert "firewall" in line(lines, "network")
    lines = asked(written(tmp_path, "http://tidak-ada.invalid/"), 1)
    assert line(lines, "names").startswith("BAD   names: no host name resolves")


def test_an_address_that_is_not_public_is_named(tmp_path: Path) -> None:
    lines = asked(written(tmp_path, "http://10.1.2.3/"), 0)
    assert "not public: 10.1.2.3" in line(lines, "addresses")
    assert "allow_private" in line(lines, "addresses")


def test_certificates_as_this_machine_sees_them(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    key, valid, expired = certificates.written(tmp_path_factory.mktemp("tls"))

    def examined(site: BadSite, authorities: str | None) -> dict[str, Line]:
        return {one.question: one for one in examine_network(load(written(tmp_path, site.url())), authorities)}

    with BadSite({}, tls=(valid, key), host="tls.localhost") as site:
        assert examined(site, str(valid))["certificates"].good
        strange = examined(site, None)
        assert not strange["certificates"].bad
        assert "self-signed" in strange["certificates"].answer
        assert strange["network"].good
    with BadSite({}, tls=(expired, key), host="tls.localhost") as site:
        assert "expired by this machine's clock" in examined(site, str(expired))["certificates"].answer


def test_a_clock_that_was_set_back_and_authorities_that_are_gone(tmp_path: Path) -> None:
    with BadSite({"/": html(f"<p>{'isi ' * 200}</p>")}) as site:
        config = written(tmp_path, site.url())
        auditor("run", "--config", config)
        shift(config, timedelta(days=-2))
        assert "after this machine's clock: set the clock" in line(asked(config, 1), "database")
        gone = list(examine_network(load(config), str(tmp_path / "hilang.pem")))
    assert gone[0].bad
    assert "hilang.pem" in gone[0].answer


@pytest.mark.chromium
def test_the_browser_is_looked_for_where_pages_are_to_be_drawn(tmp_path: Path) -> None:
    with BadSite({"/": html("isi")}) as site:
        config = written(tmp_path, site.url(), contact=f"{OWN}\nbrowser = true")
        bare = auditor("doctor", "--config", config, check=False, PATH="/nowhere")
        drawn = auditor("doctor", "--config", config, check=False)
    assert bare.returncode == 1
    assert line(bare.stdout.splitlines(), "browser").startswith("BAD")
    assert "apt-get install chromium" in bare.stdout
    assert line(drawn.stdout.splitlines(), "browser").startswith("ok")


def test_no_right_to_write_and_no_database(tmp_path: Path) -> None:
    with BadSite({"/": html("isi")}) as site:
        (tmp_path / "berkas").write_text("bukan folder")
        config = written(tmp_path, site.url(), more='[storage]\ndata = "berkas/var"\ndatabase = "mysql://x/y"')
        lines = asked(config, 1)
    assert line(lines, "data folder").startswith("BAD")
    assert line(lines, "database").startswith("BAD")


# ---- the contact -----------------------------------------------------------------------------------------------------


def test_no_public_address_is_audited_in_the_name_of_the_example(tmp_path: Path) -> None:
    config = written(tmp_path, PUBLIC, contact="")
    refused = auditor("run", "--config", config, check=False)
    assert refused.returncode == 2
    assert "[network] contact is still the example's" in refused.stderr
    assert "8.8.8.8" in refused.stderr
    assert not (tmp_path / "var" / "evidence").exists()
    assert line(asked(config, 1), "contact").startswith("BAD   contact: still the example's")
    assert not any("network:" in shown for shown in asked(config, 1))


def test_a_public_address_met_on_the_way_is_refused_too(tmp_path: Path) -> None:
    page = html(f"<h1>Kota</h1><p>{'isi ' * 200}</p><a href='/keluar'>keluar</a>")
    with BadSite({"/": page, "/keluar": redirect(PUBLIC)}) as site:
        config = written(tmp_path, site.url(), contact="", more="")
        text = config.read_text("utf-8").replace('role = "website"', 'role = "website"\nhosts = ["8.8.8.8"]')
        config.write_text(text, "utf-8")
        auditor("run", "--config", config)
    (folder,) = (tmp_path / "var" / "evidence").iterdir()
    causes = {capture.url: capture.cause for capture in Evidence(folder).captures()}
    assert {causes[url] for url in causes if "8.8.8.8" in url} == {"no-contact"}


def test_where_nobody_can_be_reached_the_example_may_stand(tmp_path: Path) -> None:
    config = written(tmp_path, "http://tidak-ada.invalid/", contact="")
    done = auditor("run", "--config", config, check=False)
    assert done.returncode == 1
    assert "Nothing could be reached" in done.stdout
    assert (tmp_path / "public" / "index.html").exists()
