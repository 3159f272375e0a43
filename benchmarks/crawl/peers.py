"""The other crawlers: where they come from, how they are called, and which broken addresses they name.

Scrapy and LinkChecker live in an environment of their own in the folder for temporary files; wget is the system's.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.crawl.city import HOSTS, REFUSED, REJECT, City, address

PACKAGES = ("scrapy", "linkchecker", "uvloop")
HOME = Path(tempfile.gettempdir()) / "auditor-benchmark-peers"

_LINKCHECKER = "[checking]\nthreads=8\nmaxrequestspersecond=100000\nrecursionlevel=-1\n[filtering]\ncheckextern=1\n"


@dataclass(frozen=True, slots=True)
class Peer:
    """`broken` gives what the tool said of addresses that do not answer well, from what it left in the folder."""

    name: str
    command: tuple[str, ...]
    says: str  # which file of the folder, read by which rule


def environment() -> Path:
    """The `bin` of the peers' environment, made when it is not there."""
    done = HOME / ".done"
    if not done.exists():
        shutil.rmtree(HOME, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", HOME], check=True)
        subprocess.run([HOME / "bin" / "python", "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
        done.touch()
    return HOME / "bin"


def versions() -> dict[str, str]:
    listed = subprocess.run(
        [HOME / "bin" / "python", "-m", "pip", "freeze"], capture_output=True, text=True, check=True
    ).stdout
    told = dict(line.split("==") for line in listed.lower().splitlines() if "==" in line)
    first = subprocess.run(["wget", "--version"], capture_output=True, text=True, check=True).stdout.split()[2]
    return {name: told[name] for name in PACKAGES} | {"wget": first}


def peers(city: City, folder: Path) -> list[Peer]:
    """The peers, to be run in `folder`, where their seeds and settings are written."""
    tools = environment()
    seeds = folder / "seeds.txt"
    seeds.write_text("\n".join(city.seeds), encoding="utf-8")
    (folder / "linkchecker.ini").write_text(
        _LINKCHECKER + "ignore=\n" + "".join(f"  {part}\n" for part in (*REJECT.split("|"), r"\.invalid/", "^mailto:")),
        encoding="utf-8",
    )
    domains = ",".join([*(address(host) for host in range(HOSTS)), REFUSED])
    spider = str(Path(__file__).with_name("spider.py"))
    return [
        Peer("scrapy-tuned", (str(tools / "python"), spider, str(seeds), REJECT, "scrapy.json"), "scrapy.json"),
        Peer(
            "wget-warc",
            (
                "wget", "-nv", "-o", "wget.log", "-r", "-l", "inf", "-H", "-D", domains, "--follow-tags=a,area",
                "--reject-regex", REJECT, "--delete-after", "--warc-file=wget", "--warc-cdx", "--no-warc-keep-log",
                "-t", "1", "--max-redirect=10", "--no-proxy", *city.seeds[:1],
            ),
            "wget.log",
        ),
        Peer(
            "linkchecker",
            (
                str(tools / "linkchecker"), "--config=linkchecker.ini", "-o", "none", "-F",
                "csv/utf-8/linkchecker.csv", "--no-warnings", *city.seeds,
            ),
            "linkchecker.csv",
        ),
    ]  # fmt: skip


def broken(peer: Peer, folder: Path) -> set[str]:
    """The addresses that the peer named as broken."""
    file = folder / peer.says
    if not file.exists():
        return set()
    text = file.read_text("utf-8", errors="replace")
    if peer.says.endswith(".json"):
        return set(json.loads(text)["broken"])
    if peer.says.endswith(".log"):
        named = re.findall(r"^(http\S+):\n\S+ \S+ ERROR \d+", text, re.MULTILINE)
        refused = re.findall(r"^(http\S+): *\n[^\n]*onnection refused", text, re.MULTILINE)
        return {*named, *refused}
    rows = csv.DictReader((line for line in text.splitlines() if line and line[0] != "#"), delimiter=";")
    return {row["url"] or row["urlname"] for row in rows if row.get("valid") == "False"}
