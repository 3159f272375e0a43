"""What the collection witnessed beside the answers, by site: certificates of its hosts, archived copies, its domain."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model import Certificate, Memento, Site, Wildcard
from auditor.read.answers import Source, hosts_of


@dataclass(frozen=True, slots=True)
class Witnessed:
    certificates: tuple[Certificate, ...] = ()
    mementos: tuple[Memento, ...] = ()
    wildcard: Wildcard | None = None


def witnessed(site: Site, source: Source) -> Witnessed:
    """Of several records of one thing the last counts: it was seen last."""
    hosts = hosts_of(site)
    shown: dict[tuple[str, int], Certificate] = {}
    for record in source.records("certificate"):
        if str(record["host"]).removeprefix("www.") in hosts:
            shown[record["host"], record["port"]] = Certificate(**{**record, "names": tuple(record["names"])})
    kept = {record["url"]: Memento(**record) for record in source.records("memento") if record["site"] == site.id}
    wild = [Wildcard(**record) for record in source.records("wildcard") if record["site"] == site.id]
    return Witnessed(
        tuple(shown[key] for key in sorted(shown)),
        tuple(kept[url] for url in sorted(kept)),
        wild[-1] if wild else None,
    )
