"""A made-up city of 24 hosts on loopback: what each address answers, and what a crawler should find of it.

The same seed makes the same city. `given` reads the city of another generator instead, where one is at hand.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

HOSTS = 24
REFUSED = "127.0.0.200"
HTML = "text/html; charset=utf-8"
REJECT = r"/kalender/|/cari|PHPSESSID=|/admin/"
"""What all crawlers are told to leave alone; the auditor is told nothing and finds out."""

_HOUSES = (
    "ppid data covid19 www dinkes disdik diskominfo dinsos dishub disnaker disdukcapil dpmptsp bappeda bkad bapenda "
    "bkpsdm dlh pupr disperumkim disparbud dispora satpolpp bpbd inspektorat"
)
_NAMES = _HOUSES.split()
_SPOKEN = (
    "pemerintah kota informasi publik pelayanan masyarakat anggaran daerah belanja program kegiatan laporan realisasi "
    "dinas kecamatan warga pembangunan keterbukaan pejabat dokumentasi permohonan peraturan rencana kerja strategis"
)
_WORDS = _SPOKEN.split()
_KINDS = ("DPA", "RKA", "Renja", "Renstra", "LKjIP", "Laporan Realisasi Anggaran", "SOP", "Neraca")


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    media_type: str
    body: bytes
    location: str = ""


@dataclass
class City:
    """`answers`: (number of the host, path with query) -> answer. `pages`: the addresses that can be reached and
    answer well. `broken`: addresses that links lead to and that do not -> why (a status, `loop`, `refused`)."""

    port: int
    answers: dict[tuple[int, str], Answer] = field(default_factory=dict)
    pages: set[str] = field(default_factory=set)
    broken: dict[str, str] = field(default_factory=dict)

    def base(self, host: int) -> str:
        return f"http://{address(host)}:{self.port}"

    @property
    def seeds(self) -> list[str]:
        return [self.base(host) + "/" for host in range(HOSTS)]


def address(host: int) -> str:
    return f"127.0.0.{10 + host}"


def name(host: int) -> str:
    return _NAMES[host]


def made(pages: int, port: int, seed: int = 7, even: bool = False) -> City:
    """A city of about so many pages and a third as many documents; `even`: the same on each host."""
    city = City(port)
    shares = [1.0] * HOSTS if even else [20.0, 14.0, 8.0, 17.0, *(1 + 2 * (n * 7 % 20) / 20 for n in range(20))]
    for host, share in enumerate(shares):
        _Host(city, host, max(4, round(pages * share / sum(shares))), random.Random(f"{seed}-{host}")).build()
    return city


class _Host:
    """One site: a front page, lists, items that link to each other, attachments, and what goes wrong."""

    def __init__(self, city: City, host: int, pages: int, chance: random.Random) -> None:
        self.city, self.host, self.count, self.chance = city, host, pages, chance
        self.items = [f"/informasi/{n // 20}/halaman-{n}/" for n in range(pages)]
        menu = "".join(f'<li><a href="{path}">Informasi {n}</a></li>' for n, path in enumerate(self.items[:50]))
        others = "".join(f'<li><a href="{seed}">{_NAMES[n]}</a></li>' for n, seed in enumerate(city.seeds))
        style = "".join(f".blok-{n}{{margin:{n % 9}px;padding:{n % 7}px}}\n" for n in range(180))
        head = f'<meta charset="utf-8"><style>{style}</style>'
        self.top = f'<!doctype html><html lang="id"><head>{head}<title>%s - {_NAMES[host]}</title></head><body>'
        self.top += f'<header><nav><ul class="menu">{menu}</ul></nav></header><main>'
        self.foot = f'</main><footer><ul>{others}</ul><a href="/kalender/2026/1/">Kalender</a></footer></body></html>'

    def build(self) -> None:
        calendar = b"" if self.host % 4 == 0 else b"Disallow: /kalender/\n"
        self.put(
            "/robots.txt", Answer(200, "text/plain", b"User-agent: *\nDisallow: /admin/\n" + calendar), reached=False
        )
        listed = "".join(f'<li><a href="{path}">Halaman {n}</a></li>' for n, path in enumerate(self.items))
        self.page("/", "Beranda", f"<h1>Beranda {_NAMES[self.host]}</h1><ul>{listed}</ul>{self.wrong()}")
        for number, path in enumerate(self.items):
            self.page(path, f"Halaman {number}", self.item(number))

    def put(self, path: str, answer: Answer, *, reached: bool = True) -> None:
        self.city.answers[self.host, path] = answer
        if reached:
            self.city.pages.add(self.city.base(self.host) + path)

    def page(self, path: str, title: str, main: str) -> None:
        self.put(path, Answer(200, HTML, (self.top % escape(title) + main + self.foot).encode()))

    def item(self, number: int) -> str:
        chance = self.chance
        paragraphs = "".join(
            f"<p>{' '.join(chance.choices(_WORDS, k=60)).capitalize()}.</p>" for _ in range(chance.randint(6, 14))
        )
        near = "".join(f'<li><a href="{chance.choice(self.items)}">Terkait {n}</a></li>' for n in range(5))
        main = f"<h1>Halaman {number}</h1>{paragraphs}<h2>Terkait</h2><ul>{near}</ul>"
        if number % 3 == 0:
            kind, year = _KINDS[number // 3 % len(_KINDS)], 2020 + number % 6
            path = f"/unduh/?berkas={number}&tahun={year}"
            rows = "".join(f"{n},Kelurahan {n},{chance.randint(1, 9000)}\r\n" for n in range(40))
            self.put(path, Answer(200, "text/csv", f"no,kelurahan,jumlah\r\n{rows}".encode()))
            main += f'<h2>Lampiran</h2><p><a href="{escape(path)}">{kind} {year}</a></p>'
        return main

    def wrong(self) -> str:
        """Links of the front page to what does not answer well."""
        base = self.city.base(self.host)
        self.put("/lama/a", Answer(302, HTML, b"", f"{base}/lama/b"), reached=False)
        self.put("/lama/b", Answer(302, HTML, b"", f"{base}/lama/a"), reached=False)
        self.put("/rusak", Answer(500, HTML, b"<h1>500</h1>"), reached=False)
        gone = f"http://{REFUSED}:{self.city.port}/berkas-{self.host}.pdf"
        paths = {"/lama/a": "loop", "/rusak": "500", "/hilang?a=1&b=2": "404"}
        self.city.broken |= {base + path: why for path, why in paths.items()} | {gone: "refused"}
        return "".join(f'<p><a href="{escape(href)}">Arsip</a></p>' for href in (*paths, gone))


def given(folder: Path) -> City:
    """The first night of a city that another generator wrote: `hosts.json`, `index.jsonl`, `blob.bin`, `truth.json`."""
    city = City(int(json.loads((folder / "hosts.json").read_text("utf-8"))["port"]))
    bodies = (folder / "blob.bin").read_bytes()
    for line in (folder / "index.jsonl").read_text("utf-8").splitlines():
        one = json.loads(line)
        if one["v"] & 1:
            body = bodies[one["o"] : one["o"] + one["n"]]
            city.answers[one["h"], one["p"]] = Answer(one["s"], one["t"], body, one.get("l", ""))
    truth = json.loads((folder / "truth.json").read_text("utf-8"))["night1"]
    city.pages = {url for url, _ in truth["reachable"]}
    city.broken = {url: str(why["reason"]) for url, why in truth["broken"].items()}
    return city
