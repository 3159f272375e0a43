"""covid.kotacontoh.localhost: the archived Covid-19 site, with its last date and its data still to be had."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from auditor.demo import render, sheets
from auditor.demo.answer import CSV, JSON, Host, Pages, file, text
from auditor.demo.invented import kelurahan, spread

FIRST, LAST = date(2020, 3, 22), date(2022, 12, 31)
ENDED = date(2023, 6, 21)
_APP = (
    'fetch("/peta/sebaran.json").then(r => r.json()).then(d => {document.getElementById("app").innerHTML = '
    'd.wilayah.map(w => `<p>${w.kelurahan}: ${w.konfirmasi}</p>`).join("")})'
)


@dataclass(frozen=True, slots=True)
class Count:
    district: str
    village: str
    positive: int
    recovered: int
    died: int


def counts() -> tuple[Count, ...]:
    """Cumulative cases of each kelurahan on the last day."""
    found = []
    for district, village in kelurahan():
        positive, died = spread(village, 610, 2950), spread(village + "m", 9, 44)
        found.append(Count(district, village, positive, positive - died, died))
    return tuple(found)


@cache
def daily() -> bytes:
    """The cumulative series, one row every day; no figure ever falls."""
    return sheets.csv_plain([("tanggal", "konfirmasi", "sembuh", "meninggal"), *_days()])


def _days() -> Iterator[tuple[str, int, int, int]]:
    positive = recovered = died = 0
    for number in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=number)
        positive += spread(f"p{day}", 0, 38)
        recovered = min(positive - died, recovered + spread(f"s{day}", 0, 38))
        died = min(positive - recovered, died + (spread(f"x{day}", 0, 9) == 0))
        yield day.isoformat(), positive, recovered, died


def host() -> Host:
    """The archived site."""
    rows = counts()
    total = Count("", "", *(sum(getattr(one, name) for one in rows) for name in ("positive", "recovered", "died")))
    table: list[tuple[str | int, ...]] = [
        ("kecamatan", "kelurahan", "konfirmasi", "sembuh", "meninggal"),
        *((one.district, one.village, one.positive, one.recovered, one.died) for one in rows),
    ]
    spread_map = {
        "data_per": ENDED.isoformat(),
        "wilayah": [{"kecamatan": one.district, "kelurahan": one.village, "konfirmasi": one.positive} for one in rows],
    }
    pages: Pages = {
        "/": render.page("covid/beranda.html", total=total),
        "/kelurahan": render.page("covid/kelurahan.html", rows=rows),
        "/unduh": render.page("covid/unduh.html"),
        "/peta": render.page("covid/peta.html"),
        "/statistik": render.page("covid/statistik.html"),
        "/assets/app.5f3c1.js": text(_APP, media_type="text/javascript"),
        "/anggaran": render.page("covid/anggaran.html"),
        "/unduh/covid19-harian-kota-contoh.csv": file(daily(), CSV, date(2023, 1, 3)),
        "/unduh/covid19-kelurahan.csv": file(sheets.csv_plain(table), CSV, ENDED),
        "/peta/sebaran.json": text(json.dumps(spread_map), media_type=JSON),
    }
    return Host(pages, text("Not Found\n", status=404))
