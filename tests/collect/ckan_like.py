"""The action API of a CKAN on a BadSite, with the faults that real portals have, switched on by name."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from tests.badsite import Reply, Request, html, text

ROBOTS = "User-agent: *\nDisallow: /dataset/rate/\nDisallow: /revision/\nDisallow: /api/\nCrawl-Delay: 0.01\n"
CHALLENGE = html("<h1>Just a moment...</h1>")


@dataclass
class Portal:
    """`cap`: the most rows a page gives. `faults`: see `search`."""

    packages: list[dict[str, Any]]
    cap: int = 1000
    faults: frozenset[str] = frozenset()
    starts: list[int] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)

    def routes(self) -> dict[Any, Any]:
        return {
            "/api/action/status_show": lambda request: answer({"ckan_version": "2.10.4", "site_title": "Data Kota"}),
            "/api/action/package_search": self.search,
            "/berkas": lambda request: text("a;b\n1;2", "text/csv"),
            "/": html("Portal data"),
        }

    def search(self, request: Request) -> Reply:
        start, rows = int(request.query.get("start", 0)), min(int(request.query["rows"]), self.cap)
        self.starts.append(start)
        self.asked.append(dict(request.query))
        if "fq" in request.query and "no filter" not in self.faults:
            since = request.query["fq"].partition("[")[2].partition("Z")[0]
            found = [p for p in self.packages if p.get("metadata_modified", "") >= since]
            return answer({"count": len(found), "results": found[start : start + rows]})
        if "challenge" in self.faults and start:
            return CHALLENGE
        if "error inside 200" in self.faults:
            return json_reply({"success": False, "error": {"__type": "Search Error", "message": "SOLR is down"}})
        if "too much" in self.faults and rows > 100:
            return Reply(b"", 500)
        if "withdraws" in self.faults and start:
            self.packages = self.packages[30:]
            self.faults -= {"withdraws"}
        if "swaps" in self.faults and start:
            new = {**self.packages[-1], "id": "ffffffff", "name": "baru", "metadata_created": "2999-01-01T00:00:00"}
            self.packages = [*self.packages[1:], new]
            self.faults -= {"swaps"}
        if "same page" in self.faults:
            start = 0
        if "counts wrong" in self.faults:
            return answer({"count": len(self.packages) + 3, "results": self.packages[start : start + rows]})
        if "no list" in self.faults:
            return answer({"count": 4, "results": "zzz"})
        return answer({"count": len(self.packages), "results": self.packages[start : start + rows]})


def answer(result: object) -> Reply:
    return json_reply({"help": "", "success": True, "result": result})


def json_reply(body: object) -> Reply:
    return text(json.dumps(body), "application/json")


def package(number: int, url: str) -> dict[str, Any]:
    return {
        "id": f"{number:08x}",
        "name": f"data-{number}",
        "title": f"Jumlah Penduduk {number}",
        "resources": [{"id": f"r{number}", "name": "Unduh CSV", "url": url, "format": "CSV"}],
    }
