"""The least that a second night can be: `requests`, one session a host, a conditional GET of each address, the body
read and thrown away. No archive, no links, no robots.txt rules, no frontier. Prints JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter, process_time
from urllib.parse import urlsplit

import requests


def main(asked: str) -> None:
    rows = json.loads(Path(asked).read_text("utf-8"))
    sessions: dict[str, requests.Session] = {}
    statuses: dict[int, int] = {}
    cpu, wall = process_time(), perf_counter()
    for url, headers in rows:
        host = urlsplit(url).netloc
        session = sessions.get(host)
        if session is None:
            session = sessions[host] = requests.Session()
        try:
            answer = session.get(url, headers=headers, allow_redirects=False, timeout=30)
        except requests.RequestException:
            continue
        statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1
    told = {"cpu": process_time() - cpu, "wall": perf_counter() - wall, "statuses": statuses, "asked": len(rows)}
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
