from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
import threading
import zlib
from dataclasses import asdict
from pathlib import Path

from auditor.evidence.index import surt
from auditor.evidence.source import Evidence
from auditor.evidence.store import EvidenceWriter, Origin
from auditor.model import Capture, Refusal, Visit
from tests.evidence.made import START, exchange

PAGE = "<h1>Daftar Informasi Publik — é</h1>".encode() * 50


def _raw(directory: Path) -> bytes:
    return b"".join(gzip.decompress(path.read_bytes()) for path in sorted(directory.glob("*.warc.gz")))


def _write_some(directory: Path) -> list[Capture]:
    writer = EvidenceWriter(directory)
    made = [
        writer.exchange(exchange("http://ppid.localhost/", PAGE)),
        writer.exchange(exchange("http://ppid.localhost/sama", PAGE, minute=1)),
        writer.exchange(exchange("http://ppid.localhost/kosong", b"", minute=2)),
        writer.exchange(
            exchange(
                "http://ppid.localhost/lama",
                b"",
                minute=3,
                status=302,
                cause="redirect",
                response_headers=(("Location", "../baru?x=1#atas"),),
            )
        ),
        writer.exchange(
            exchange(
                "http://ppid.localhost/besar",
                b"%PDF-1.4",
                minute=4,
                cause="too-large",
                truncated="length",
                detail="x\ny",
            )
        ),
        writer.exchange(
            exchange(
                "http://ppid.localhost/zip",
                PAGE,
                minute=5,
                wire=gzip.compress(PAGE, mtime=0),
                response_headers=(("Content-Type", "text/html"), ("Content-Encoding", "gzip")),
            )
        ),
        writer.exchange(
            exchange(
                "http://ppid.localhost/é", b"idn", minute=6, target="http://ppid.localhost/%C3%A9", origin=Origin("www")
            )
        ),
        writer.failure(
            url="http://tidak-ada.localhost/",
            origin=Origin("covid", "http://ppid.localhost/", "Peta", "Menu"),
            at=START,
            cause="dns",
            elapsed_ms=7,
            detail="no such name",
        ),
    ]
    writer.record(
        "visit", asdict(Visit("ppid", "ok", True, 5, (Refusal("http://x/", "robots", None, "a", "b"),), "", 1.0))
    )
    writer.record("portal", {"site": "data", "platform": "ckan"})
    writer.close()
    return made


def test_every_field_of_a_capture_comes_back_from_the_warc_alone(tmp_path: Path) -> None:
    made = _write_some(tmp_path)
    (tmp_path / "index.cdxj").unlink()
    evidence = Evidence(tmp_path)
    assert evidence.captures() == tuple(sorted(made, key=lambda c: (c.url, c.at)))
    assert evidence.damaged == ()
    by_url = {capture.url: capture for capture in evidence.captures()}
    assert by_url["http://ppid.localhost/lama"].location == "http://ppid.localhost/baru?x=1"
    assert by_url["http://ppid.localhost/"].header("content-disposition") == 'attachment; filename="laporan é.pdf"'
    assert by_url["http://ppid.localhost/"].anchor == "Unduh DPA"
    assert by_url["http://ppid.localhost/besar"].truncated


def test_payloads_come_back_decoded_also_of_revisits(tmp_path: Path) -> None:
    _write_some(tmp_path)
    evidence = Evidence(tmp_path)
    payloads = {c.url.rpartition("/")[2]: evidence.payload(c) for c in evidence.captures() if c.site == "ppid"}
    assert payloads == {"": PAGE, "sama": PAGE, "kosong": b"", "lama": b"", "besar": b"%PDF-1.4", "zip": PAGE}
    failed = next(c for c in evidence.captures() if c.cause == "dns")
    assert evidence.payload(failed) == b""


def test_identical_bytes_are_stored_once(tmp_path: Path) -> None:
    _write_some(tmp_path)
    raw = _raw(tmp_path)
    assert raw.count(PAGE) == 1
    assert raw.count(b"WARC-Type: revisit") == 1
    assert raw.index(b"WARC-Type: revisit") > raw.index(PAGE)


def test_identical_bytes_are_stored_once_also_by_many_threads(tmp_path: Path) -> None:
    writer = EvidenceWriter(tmp_path)

    def write(number: int) -> None:
        for page in range(10):
            writer.exchange(exchange(f"http://h{number}.localhost/{page}", b"tubuh yang sama " * 5000))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    writer.close()
    raw = _raw(tmp_path)
    assert raw.count(b"WARC-Type: revisit") == 79
    evidence = Evidence(tmp_path)
    assert len(evidence.captures()) == 80
    assert evidence.damaged == ()


def test_secrets_are_not_stored(tmp_path: Path) -> None:
    _write_some(tmp_path)
    raw = _raw(tmp_path)
    assert b"secret" not in raw
    assert not re.search(rb"(?im)^(set-cookie|cookie|authorization|transfer-encoding):", raw)


def test_warcio_check_passes(tmp_path: Path) -> None:
    _write_some(tmp_path)
    files = [str(path) for path in tmp_path.glob("*.warc.gz")]
    checked = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", *files], capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")


def test_the_index_leads_to_each_answer(tmp_path: Path) -> None:
    made = _write_some(tmp_path)
    lines = (tmp_path / "index.cdxj").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(lines)
    entries = [json.loads(line.split(" ", 2)[2]) for line in lines]
    assert {(e["filename"], int(e["offset"])) for e in entries} == {(c.warc, c.offset) for c in made if c.status}
    for entry in entries:
        data = (tmp_path / entry["filename"]).read_bytes()[int(entry["offset"]) :][: int(entry["length"])]
        record = zlib.decompress(data, zlib.MAX_WBITS | 16)
        assert f"WARC-Target-URI: {entry['url']}\r\n".encode() in record
        assert entry["digest"].encode() in record
    assert lines[0].startswith("localhost,ppid)/ 20261102180000 {")


def test_the_key_of_the_index_is_the_surt_that_pywb_looks_up() -> None:
    assert surt("http://www.example.go.id:80/A?b=2&a=1") == "id,go,example)/a?a=1&b=2"
    assert surt("http://127.0.0.1:8080/x//y/") == "1,0,0,127:8080)/x/y"
    assert surt("https://a.go.id/p?PHPSESSID=0123456789abcdef0123456789abcdef&x=1") == "id,go,a)/p?x=1"
    assert surt("http://a.go.id/a%C3%A9/%7Ex") == "id,go,a)/a%c3%a9/~x"


def test_records_and_visits_come_back(tmp_path: Path) -> None:
    _write_some(tmp_path)
    evidence = Evidence(tmp_path)
    assert evidence.visits() == (
        Visit("ppid", "ok", True, 5, (Refusal("http://x/", "robots", None, "a", "b"),), "", 1.0),
    )
    assert evidence.records("portal") == [{"site": "data", "platform": "ckan"}]
    assert evidence.records("run") == []


def test_the_last_answer_for_an_address_counts_and_all_are_kept(tmp_path: Path) -> None:
    writer = EvidenceWriter(tmp_path)
    writer.failure(url="http://a.localhost/", origin=Origin("ppid"), at=START, cause="read-timeout")
    writer.exchange(exchange("http://a.localhost/", minute=1))
    writer.exchange(exchange("http://a.localhost/", site="www", minute=2))
    writer.close()
    evidence = Evidence(tmp_path)
    assert [(c.site, c.cause) for c in evidence.captures()] == [("ppid", "ok"), ("www", "ok")]
    assert [c.cause for c in evidence.attempts()] == ["read-timeout", "ok", "ok"]


def test_the_digest_names_what_was_seen_not_when(tmp_path: Path) -> None:
    digests = []
    for folder, minute, body in (("a", 0, b"x"), ("b", 9, b"x"), ("c", 0, b"y")):
        writer = EvidenceWriter(tmp_path / folder)
        writer.exchange(exchange("http://a.localhost/", body, minute=minute))
        writer.close()
        digests.append(Evidence(tmp_path / folder).digest())
    assert digests[0] == digests[1] != digests[2]


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    evidence = Evidence(tmp_path / "tidak-ada")
    assert (evidence.captures(), evidence.visits(), evidence.damaged) == ((), (), ())


def test_nothing_that_a_site_sends_breaks_out_of_its_line(tmp_path: Path) -> None:
    evil = "http://a.localhost/x\r\nWARC-Type: response\r\n\r\n"
    writer = EvidenceWriter(tmp_path)
    writer.exchange(
        exchange(
            "http://a.localhost/",
            origin=Origin("ppid", evil, "a\r\ncause: ok", "b\n\nsite: lain"),
            cause="forbidden",
            reason="No\r\nX-Evil: 1",
            response_headers=(("X-A", "b\r\nX-Evil: 1"), ("X Evil", "1"), ("X-Evil\r\n", "1")),
        )
    )
    writer.failure(url=evil, origin=Origin("ppid", evil, evil, evil), at=START, cause="bad-address", detail=evil)
    writer.close()
    evidence = Evidence(tmp_path)
    assert evidence.damaged == ()
    first, second = evidence.captures()
    assert (first.cause, first.site, first.headers) == ("forbidden", "ppid", (("X-A", "b X-Evil: 1"),))
    assert (second.cause, second.url) == ("bad-address", evil)
