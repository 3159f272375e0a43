"""A second night's folder stands by itself: what had not changed was copied into it, and the first may go."""

from __future__ import annotations

import gzip
import shutil
import subprocess
import sys
import threading
from io import BytesIO
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]

from auditor.evidence.errors import EvidenceDamaged
from auditor.evidence.record import Exchange
from auditor.evidence.source import DAMAGED, Evidence
from auditor.evidence.store import EvidenceWriter
from auditor.evidence.unchanged import PROFILE
from auditor.model import Capture
from tests.evidence.made import HEADERS, exchange

PAGE = b"<h1>Daftar Informasi Publik</h1>" * 200
URL = "http://ppid.localhost/dip"
TWIN = "http://ppid.localhost/sama"
TOLD = (("Date", "Tue, 03 Nov 2026 18:00:00 GMT"), ("ETag", '"a1"'), ("Set-Cookie", "sid=secret"))
DAY = 24 * 60


def first(folder: Path, *urls: str) -> list[Capture]:
    writer = EvidenceWriter(folder)
    made = [writer.exchange(exchange(url, PAGE, minute=n)) for n, url in enumerate(urls or (URL,))]
    writer.close()
    return made


def answer(url: str = URL, minute: int = DAY) -> Exchange:
    return exchange(url, b"", minute=minute, status=304, reason="Not Modified", response_headers=TOLD)


def night(folder: Path, before: Path, *urls: str, minute: int = DAY) -> list[Capture]:
    """A night on which the server says of each address that it has not changed."""
    writer = EvidenceWriter(folder, [before])
    made = []
    for number, url in enumerate(urls or (URL,)):
        known = writer.earlier.find("ppid", url)
        assert known is not None
        made.append(writer.unchanged(answer(url, minute + number), known))
    writer.close()
    return made


def raw(folder: Path) -> bytes:
    return b"".join(gzip.decompress(path.read_bytes()) for path in sorted(folder.glob("*.warc.gz")))


def warcio_finds(folder: Path) -> str:
    command = [sys.executable, "-m", "warcio.cli", "check", *map(str, folder.glob("*.warc.gz"))]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    return checked.stdout + checked.stderr


@pytest.mark.parametrize("urls", [(URL,), (URL, TWIN), (TWIN, URL)], ids=["one", "both", "the revisit first"])
def test_the_second_night_needs_nothing_of_the_first(tmp_path: Path, urls: tuple[str, ...]) -> None:
    before = {capture.url: capture for capture in first(tmp_path / "1", URL, TWIN)}
    made = night(tmp_path / "2", tmp_path / "1", *urls)
    shutil.rmtree(tmp_path / "1")
    evidence = Evidence(tmp_path / "2")
    assert evidence.damaged == ()
    assert evidence.captures() == tuple(sorted(made, key=lambda c: c.url))
    for capture in evidence.captures():
        assert evidence.payload(capture) == PAGE
        assert (capture.status, capture.cause, capture.digest) == (200, "ok", before[capture.url].digest)
        assert capture.unchanged_since == before[capture.url].at < capture.at
        assert capture.header("date") == TOLD[0][1]
        assert capture.header("content-type") == dict(HEADERS)["Content-Type"]
        member = evidence.member(capture)
        assert member is not None
        assert PAGE in gzip.decompress(member)
    assert raw(tmp_path / "2").count(PAGE) == 1
    assert b"secret" not in raw(tmp_path / "2")
    assert warcio_finds(tmp_path / "2") == ""


def test_the_record_is_a_revisit_that_leads_to_bytes_in_the_same_folder(tmp_path: Path) -> None:
    (capture,) = first(tmp_path / "1")
    night(tmp_path / "2", tmp_path / "1")
    records = {}
    for record in ArchiveIterator(BytesIO(raw(tmp_path / "2"))):
        record.content_stream().read()
        records[record.rec_type] = record.rec_headers
    revisit, response = records["revisit"].get_header, records["response"].get_header
    assert revisit("WARC-Profile") == PROFILE
    assert revisit("WARC-Refers-To") == response("WARC-Record-ID")
    assert revisit("WARC-Refers-To-Target-URI") == response("WARC-Target-URI") == URL
    assert revisit("WARC-Refers-To-Date") == response("WARC-Date")
    assert revisit("WARC-Date") > response("WARC-Date")
    carried = (tmp_path / "1" / capture.warc).read_bytes()
    assert carried[capture.offset :] in (tmp_path / "2" / "captures-00001.warc.gz").read_bytes()


def test_a_third_night_asks_about_the_second_and_counts_from_the_first(tmp_path: Path) -> None:
    before = first(tmp_path / "1", TWIN, URL)[1]
    night(tmp_path / "2", tmp_path / "1")
    shutil.rmtree(tmp_path / "1")
    night(tmp_path / "3", tmp_path / "2", minute=2 * DAY)
    shutil.rmtree(tmp_path / "2")
    evidence = Evidence(tmp_path / "3")
    (capture,) = evidence.captures()
    assert (capture.unchanged_since, evidence.payload(capture)) == (before.at, PAGE)
    assert warcio_finds(tmp_path / "3") == ""


def test_the_same_bytes_sent_again_are_not_stored_anew(tmp_path: Path) -> None:
    """A server without validators: what came is compared, and the record of the night before goes on."""
    first(tmp_path / "1")
    writer = EvidenceWriter(tmp_path / "2", [tmp_path / "1"])

    def fetch(number: int) -> None:
        writer.exchange(exchange(f"http://ppid.localhost/{number}", PAGE, minute=DAY + number))

    threads = [threading.Thread(target=fetch, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    writer.close()
    shutil.rmtree(tmp_path / "1")
    evidence = Evidence(tmp_path / "2")
    assert [evidence.payload(capture) for capture in evidence.captures()] == [PAGE] * 8
    assert {capture.unchanged_since for capture in evidence.captures()} == {None}
    assert raw(tmp_path / "2").count(PAGE) == 1
    assert raw(tmp_path / "2").count(b"/revisit/identical-payload-digest") == 8
    assert warcio_finds(tmp_path / "2") == ""


def test_what_is_damaged_in_the_night_before_is_not_asked_about(tmp_path: Path) -> None:
    (capture,) = first(tmp_path / "1")
    warc = tmp_path / "1" / capture.warc
    whole = warc.read_bytes()
    flipped = bytearray(whole)
    flipped[-30] ^= 0xFF
    for rotten in (whole[:-9], bytes(flipped), whole[: capture.offset] + b"\x1f\x8b"):
        warc.write_bytes(rotten)
        writer = EvidenceWriter(tmp_path / "2", [tmp_path / "1"])
        assert writer.earlier.find("ppid", URL) is None
        assert writer.earlier.same_bytes("sha1:" + "A" * 32) is None
        writer.close()
    warc.unlink()
    writer = EvidenceWriter(tmp_path / "3", [tmp_path / "1"])
    assert writer.earlier.find("ppid", URL) is None
    writer.close()


def test_an_index_that_lies_is_not_believed(tmp_path: Path) -> None:
    first(tmp_path / "1")
    index = tmp_path / "1" / "index.cdxj"
    told = index.read_text("utf-8")
    for lie in (told.replace("/dip", "/lain"), told.replace('"sha256": "', '"sha256": "0'), told.replace(":", " ")):
        index.write_text(lie, "utf-8")
        writer = EvidenceWriter(tmp_path / "2", [tmp_path / "1"])
        assert writer.earlier.find("ppid", URL) is None
        assert writer.earlier.find("ppid", URL.replace("dip", "lain")) is None
        writer.close()


def test_bytes_lost_between_question_and_answer_leave_no_trace(tmp_path: Path) -> None:
    (capture,) = first(tmp_path / "1")
    writer = EvidenceWriter(tmp_path / "2", [tmp_path / "1"])
    known = writer.earlier.find("ppid", URL)
    assert known is not None
    warc = tmp_path / "1" / capture.warc
    warc.write_bytes(warc.read_bytes()[:-9])
    with pytest.raises(EvidenceDamaged):
        writer.unchanged(answer(), known)
    writer.exchange(exchange(URL, PAGE, minute=DAY))
    writer.close()
    evidence = Evidence(tmp_path / "2")
    assert evidence.damaged == ()
    assert [evidence.payload(one) for one in evidence.captures()] == [PAGE]


@pytest.mark.parametrize("cut", range(1, 400, 57))
def test_a_night_killed_while_it_copies_is_resumed_behind_its_last_whole_answer(tmp_path: Path, cut: int) -> None:
    first(tmp_path / "1", URL, TWIN, "http://ppid.localhost/c")
    night(tmp_path / "2", tmp_path / "1", TWIN, URL)
    warc = tmp_path / "2" / "captures-00001.warc.gz"
    warc.write_bytes(warc.read_bytes()[:-cut])
    kept = Evidence(tmp_path / "2").captures()
    writer = EvidenceWriter(tmp_path / "2", [tmp_path / "1"])
    assert writer.captures() == kept
    for url in {URL, TWIN} - {capture.url for capture in kept}:
        known = writer.earlier.find("ppid", url)
        assert known is not None
        writer.unchanged(answer(url), known)
    writer.exchange(exchange("http://ppid.localhost/d", PAGE, minute=DAY))
    writer.close()
    shutil.rmtree(tmp_path / "1")
    evidence = Evidence(tmp_path / "2")
    assert evidence.damaged == ()
    assert [evidence.payload(capture) for capture in evidence.captures()] == [PAGE] * 3
    assert warcio_finds(tmp_path / "2") == ""


def test_a_carried_answer_that_rots_costs_one_address_and_is_named(tmp_path: Path) -> None:
    pages = [f"http://ppid.localhost/{n}" for n in range(4)]
    writer = EvidenceWriter(tmp_path / "1")
    for number, url in enumerate(pages):
        writer.exchange(exchange(url, PAGE + str(number).encode()))
    writer.close()
    made = night(tmp_path / "2", tmp_path / "1", *pages)
    warc = tmp_path / "2" / "captures-00001.warc.gz"
    data = bytearray(warc.read_bytes())
    data[made[1].offset - 20] ^= 0xFF  # in the answer that was carried over for the second one
    warc.write_bytes(data)
    evidence = Evidence(tmp_path / "2")
    assert len(evidence.damaged) == 1
    assert [capture.cause for capture in evidence.captures()] == ["ok", DAMAGED, "ok", "ok"]
