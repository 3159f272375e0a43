"""Fills a CKAN through its own API with what is awkward: more organisations than a list gives, more datasets than a
page, datasets that nobody but their owner may see, and times long gone."""

from __future__ import annotations

import io
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ckanapi import RemoteCKAN

ORGANISATIONS = 30
"""organization_list with all fields gives 25 at most, whatever is asked for."""

BULK = 1_150
"""More than the 1,000 rows that package_search gives at most."""

KECAMATAN = ("Utara", "Timur", "Selatan", "Tengah", "Barat", "Hilir")
HIDDEN = ("rahasia-pribadi", "masih-rancangan", "sudah-dihapus")


@dataclass(frozen=True)
class Instance:
    """A running CKAN; `home` is the folder of its database, log and socket."""

    url: str
    token: str
    home: Path

    def admin(self) -> RemoteCKAN:
        return RemoteCKAN(self.url, apikey=self.token)

    def anonymous(self) -> RemoteCKAN:
        return RemoteCKAN(self.url, get_only=True)

    def backdate(self, name: str, moment: str) -> None:
        """`metadata_modified` is CKAN's own and cannot be set through the API."""
        psql = sorted(Path("/usr/lib/postgresql").glob("*/bin/psql"))[-1]
        sql = f"update package set metadata_modified='{moment}', metadata_created='{moment}' where name='{name}'"
        command = [str(psql), "-h", str(self.home / "pgsock"), "-U", "postgres", "-q", "-d", "ckan", "-c", sql]
        subprocess.run(command, check=True, capture_output=True)
        ckan = self.home.parent / "venv" / "bin" / "ckan"
        rebuild = [str(ckan), "-c", str(self.home / "ckan.ini"), "search-index", "rebuild", name]
        subprocess.run(rebuild, check=True, capture_output=True)


def table(year: int) -> bytes:
    rows = "".join(f"99.71.{n:02d};{name};{year};{100 * n + year % 7}\r\n" for n, name in enumerate(KECAMATAN, 1))
    return b"\xef\xbb\xbf" + f"kode;kecamatan;tahun;jumlah\r\n{rows}".encode()


def city(instance: Instance) -> None:
    """A dozen datasets with files, the hidden ones, and the organisations."""
    ckan = instance.admin()
    for n in range(ORGANISATIONS):
        ckan.action.organization_create(name=f"dinas-{n:02d}", title=f"Dinas Nomor {n}")
    for year in range(2019, 2027):
        _with_file(ckan, f"penduduk-{year}", f"Jumlah Penduduk Tahun {year}", year)
    for name in HIDDEN:
        _with_file(
            ckan,
            name,
            f"Yang {name}",
            2025,
            private=name == HIDDEN[0],
            state="draft" if name == HIDDEN[1] else "active",
        )
    ckan.action.package_patch(id=HIDDEN[1], state="draft")
    ckan.action.package_delete(id=HIDDEN[2])
    instance.backdate("penduduk-2019", "2019-03-01T00:00:00")


def bulk(instance: Instance, count: int = BULK) -> None:
    """Small datasets with a link each; those that are there stay."""
    ckan = instance.admin()
    if ckan.action.package_search(q=f"name:massal-{count - 1:05d}")["count"]:
        return

    def one(n: int) -> None:
        ckan.action.package_create(
            name=f"massal-{n:05d}",
            title=f"Data massal {n}",
            owner_org=f"dinas-{n % ORGANISATIONS:02d}",
            license_id="cc-by",
            resources=[{"name": "Berkas", "format": "CSV", "url": f"{instance.url}/tidak-ada/{n}.csv"}],
        )

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(one, range(count)))


def _with_file(ckan: RemoteCKAN, name: str, title: str, year: int, **more: Any) -> None:
    made = ckan.action.package_create(
        name=name,
        title=title,
        owner_org="dinas-00",
        license_id="cc-by",
        notes=f"{title} menurut kecamatan.",
        extras=[{"key": "frekuensi", "value": "tahunan"}],
        **more,
    )
    file = io.BytesIO(table(year))
    file.name = f"{name}.csv"
    ckan.action.resource_create(package_id=made["id"], name=title, format="CSV", upload=file)
