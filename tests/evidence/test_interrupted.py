"""What a killed process, a full disk and a rotten bit leave behind."""

from __future__ import annotations

import itertools
import random
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from auditor.evidence.errors import EvidenceDamaged
from auditor.evidence.source import DAMAGED, Evidence
from auditor.evidence.store import EvidenceWriter, Origin
from tests.evidence.made import START, exchange


def _folder(directory: Path, pages: int = 12) -> Path:
    writer = EvidenceWriter(directory)
    for number in range(pages):
        writer.exchange(exchange(f"http://a.localhost/{number:02}", f"halaman {number} ".encode() * 40, minute=number))
    writer.failure(url="http://a.localhost/99", origin=Origin("ppid"), at=START, cause="refused")
    writer.record("visit", {"site": "ppid", "cause": "ok"})
    writer.close()
    return next(directory.glob("*.warc.gz"))


@pytest.mark.parametrize("seed", range(12))
def test_a_file_cut_anywhere_is_resumed_behind_its_last_whole_capture(tmp_path: Path, seed: int) -> None:
    whole = _folder(tmp_path / "whole")
    before = {c.url: c for c in Evidence(tmp_path / "whole").captures()}
    data = whole.read_bytes()
    cut = random.Random(seed).randrange(1, len(data))
    (tmp_path / "cut").mkdir()
    (tmp_path / "cut" / whole.name).write_bytes(data[:cut])

    writer = EvidenceWriter(tmp_path / "cut")
    there = writer.captures()
    assert [before[c.url] for c in there] == list(there)
    ends = sorted(c.offset for c in before.values() if c.offset >= 0)
    assert len(there) >= sum(1 for start, end in itertools.pairwise(ends) if end <= cut) - 1
    missing = [url for url in before if url not in {c.url for c in there}]
    for url in missing:
        writer.exchange(exchange(url, b"lagi"))
    writer.close()

    evidence = Evidence(tmp_path / "cut")
    assert evidence.damaged == ()
    assert {c.url for c in evidence.captures()} == set(before)
    for capture in there:
        assert evidence.payload(capture) == Evidence(tmp_path / "whole").payload(before[capture.url])


def test_a_file_that_was_cut_and_not_resumed_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    file = _folder(tmp_path)
    file.write_bytes(file.read_bytes()[:-700])
    evidence = Evidence(tmp_path)
    assert len(evidence.captures()) >= 11
    assert all(c.cause in ("ok", "refused") for c in evidence.captures())
    assert len(evidence.damaged) == 1


def test_a_rotten_bit_costs_one_capture_and_is_named(tmp_path: Path) -> None:
    file = _folder(tmp_path)
    victim = next(c for c in Evidence(tmp_path).captures() if c.url.endswith("/05"))
    data = bytearray(file.read_bytes())
    data[victim.offset + 300] ^= 0x55
    file.write_bytes(bytes(data))
    evidence = Evidence(tmp_path)
    assert len(evidence.damaged) == 1
    assert file.name in evidence.damaged[0]
    causes = {c.url.rpartition("/")[2]: c.cause for c in evidence.captures()}
    assert causes.pop("05") == DAMAGED
    assert causes.pop("99") == "refused"
    assert set(causes.values()) == {"ok"}
    assert len(causes) == 11


def test_a_record_inside_a_damaged_payload_does_not_pose_as_ours(tmp_path: Path) -> None:
    forger = EvidenceWriter(tmp_path / "forged")
    forger.exchange(exchange("http://a.localhost/palsu", b"Daftar Informasi Publik 2026"))
    forger.close()
    inside = random.Random(1).randbytes(3000) + next((tmp_path / "forged").glob("*.gz")).read_bytes()
    writer = EvidenceWriter(tmp_path / "ours")
    victim = writer.exchange(exchange("http://a.localhost/unduhan", inside))
    writer.exchange(exchange("http://a.localhost/sesudah"))
    writer.close()
    file = next((tmp_path / "ours").glob("*.warc.gz"))
    data = bytearray(file.read_bytes())
    data[victim.offset + 1000] ^= 0xFF
    file.write_bytes(bytes(data))
    evidence = Evidence(tmp_path / "ours")
    assert {c.url: c.cause for c in evidence.captures()} == {
        "http://a.localhost/unduhan": DAMAGED,
        "http://a.localhost/sesudah": "ok",
    }


def test_a_revisit_of_lost_bytes_is_lost_too(tmp_path: Path) -> None:
    writer = EvidenceWriter(tmp_path)
    original = writer.exchange(exchange("http://a.localhost/1", b"sama" * 500))
    writer.exchange(exchange("http://a.localhost/2", b"sama" * 500))
    writer.close()
    file = next(tmp_path.glob("*.warc.gz"))
    data = bytearray(file.read_bytes())
    data[original.offset + 250] ^= 0x55
    file.write_bytes(bytes(data))
    assert [c.cause for c in Evidence(tmp_path).captures()] == [DAMAGED, DAMAGED]


def test_bytes_that_are_not_those_that_were_fetched_are_refused(tmp_path: Path) -> None:
    writer = EvidenceWriter(tmp_path)
    capture = writer.exchange(exchange("http://a.localhost/1", b"isi", digest="0" * 64))
    writer.close()
    with pytest.raises(EvidenceDamaged, match="sha-256"):
        Evidence(tmp_path).payload(capture)


def test_a_full_disk_is_one_clear_error_and_loses_nothing(tmp_path: Path) -> None:
    script = textwrap.dedent(
        f"""
        import resource, sys
        from pathlib import Path
        from auditor.evidence.store import EvidenceError, EvidenceWriter
        from tests.evidence.made import exchange
        import random
        writer = EvidenceWriter(Path({str(tmp_path)!r}))
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, resource.RLIM_INFINITY))
        written = 0
        try:
            for number in range(100):
                writer.exchange(exchange(f"http://a.localhost/{{number}}", random.Random(number).randbytes(9_000)))
                written += 1
        except EvidenceError as error:
            print(error)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        writer.exchange(exchange("http://a.localhost/sesudah"))
        writer.close()
        print(written)
        """
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    message, written = ran.stdout.splitlines()
    assert message.startswith("disk full while writing ")
    assert message.endswith("; free space and run again, what is archived stays")
    evidence = Evidence(tmp_path)
    assert evidence.damaged == ()
    assert len(evidence.captures()) == int(written) + 1 == 6
