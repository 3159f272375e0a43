"""What the operator and an OPD are told after a night, through a real SMTP server and a real web hook on loopback."""

from __future__ import annotations

import email
import email.policy
import json
import socket
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.badsite import BadSite, html
from tests.whole.conftest import auditor

OWNER = "PPID Utama"
UNIT = "Dinas Komunikasi dan Informatika"
TITLE = "Daftar Informasi Publik"
ROWS = "".join(
    f"<tr><td>{n}</td><td>Ringkasan informasi {n}</td><td>Bagian Umum</td><td>2026</td><td>Cetak dan digital</td></tr>"
    for n in range(1, 30)
)
REGISTER = (
    f"<h1>{TITLE} Kota Kabar Tahun 2026</h1><table><tr><th>No</th><th>Ringkasan Informasi</th><th>Penanggung Jawab</th>"
    f"<th>Waktu</th><th>Bentuk</th></tr>{ROWS}</table>"
)


class Mailbox:
    """A handler of aiosmtpd that keeps what arrives."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        message = email.message_from_bytes(content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.received.append(message)
        return "250 OK"

    def to(self, name: str) -> list[tuple[str, str]]:
        """(subject, text) of what was sent there."""
        chosen = [message for message in self.received if name in str(message["To"])]
        return [(str(m["Subject"]), m.get_body(("plain",)).get_content()) for m in chosen]  # type: ignore[union-attr]


@pytest.fixture
def mail() -> Iterator[tuple[Mailbox, int]]:
    box = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield box, port
    finally:
        controller.stop()


def written(folder: Path, url: str, operator: str, unit: str = "") -> Path:
    config = folder / "config.toml"
    config.write_text(
        f"""
[body]
code = "99.73"
name = "Kota Kabar"
kind = "kota"
units = ["{UNIT}"]

[[sites]]
id = "ppid"
role = "ppid"
url = "{url}"
unit = "{UNIT}"

[network]
contact = "mailto:kabar@example.org"
delay_seconds = 0
allow_private = ["127.0.0.0/8"]
retries = 0

[notify]
urls = ["{operator}"]
{f'[notify.units]{chr(10)}"{OWNER}" = ["{unit}"]' if unit else ""}
""",
        encoding="utf-8",
    )
    return config


def site(*, register: bool) -> BadSite:
    link = f'<a href="/dip">{TITLE}</a>' if register else ""
    pages = {"/": html(f"<h1>PPID Kota Kabar</h1><p>{'Pemerintah Kota Kabar melayani. ' * 20}</p>{link}", "PPID")}
    return BadSite({**pages, **({"/dip": html(REGISTER, TITLE)} if register else {})})


def test_the_operator_hears_of_a_night_once_and_the_unit_of_its_own_change(
    tmp_path: Path, mail: tuple[Mailbox, int]
) -> None:
    box, port = mail
    operator = f"mailto://127.0.0.1:{port}?from=auditor@example.org&to=operator@example.org"
    unit = f"mailto://127.0.0.1:{port}?from=auditor@example.org&to=ppid@example.org"
    with site(register=False) as before:
        config = written(tmp_path, before.url("/"), operator, unit)
        auditor("run", "--config", config, "--at", "2026-11-02T01:00")
    assert len(box.to("operator@")) == 1
    with site(register=True) as after:
        config = written(tmp_path, after.url("/"), operator, unit)
        auditor("run", "--config", config, "--at", "2026-11-03T01:00")
        auditor("report", "--config", config)
    subject, body = box.to("operator@")[1]
    assert len(box.to("operator@")) == 2
    assert "Kota Kabar:" in subject
    assert "membaik" in subject
    assert "Kini terpenuhi atau membaik:" in body
    assert "Laporan:" in body
    assert "bukan nilai Monev KIP" in body
    assert [subject for subject, _ in box.to("ppid@")][-1].startswith(OWNER)
    assert "Yang masih diminta" in box.to("ppid@")[-1][1]


def test_a_night_without_any_answer_and_one_that_cannot_be_done(tmp_path: Path, mail: tuple[Mailbox, int]) -> None:
    box, port = mail
    operator = f"mailto://127.0.0.1:{port}?from=auditor@example.org&to=operator@example.org"
    config = written(tmp_path, "http://127.0.0.1:9/", operator)
    assert auditor("run", "--config", config, check=False).returncode == 1
    subject, body = box.to("operator@")[0]
    assert subject == "Kota Kabar: tidak ada situs yang menjawab"
    assert "ppid" in body
    (tmp_path / "var" / "auditor.sqlite").write_bytes(b"this is no database at all, not even nearly one" * 100)
    for _ in range(2):
        assert auditor("run", "--config", config, check=False).returncode == 1
    told = [subject for subject, _ in box.to("operator@")[1:]]
    assert told == ["Pemeriksaan Kota Kabar tidak selesai"]


def test_a_web_hook_and_a_partial_run_that_is_told_to_nobody(tmp_path: Path) -> None:
    heard: list[dict[str, str]] = []
    with site(register=True) as city, BadSite({"/": html("x"), "/hook": html("ok")}) as hook:
        config = written(tmp_path, city.url("/"), f"json://127.0.0.1:{hook.port}/hook")
        auditor("run", "--config", config, "--only", "ppid")
        assert [seen for seen in hook.log if seen.target == "/hook"] == []
        auditor("run", "--config", config)
        heard = [{"method": seen.method} for seen in hook.log if seen.target == "/hook"]
    assert heard == [{"method": "POST"}]


def test_a_message_that_does_not_arrive_does_not_end_the_run(tmp_path: Path) -> None:
    with site(register=True) as city:
        config = written(
            tmp_path,
            city.url("/"),
            "mailto://user:rahasia@127.0.0.1:9?from=auditor@example.org&to=operator@example.org",
        )
        done = auditor("run", "--config", config, "--json")
    assert json.loads(done.stdout)["answered"] is True
    assert "the message to mailto://127.0.0.1:9" in done.stderr
    assert "rahasia" not in done.stderr


def test_an_address_that_nothing_can_carry(tmp_path: Path) -> None:
    done = auditor("run", "--config", written(tmp_path, "http://127.0.0.1:9/", "tukangpos://x"), check=False)
    assert done.returncode == 2
    assert "notify.urls" in done.stderr
    assert "'tukangpos'" in done.stderr
