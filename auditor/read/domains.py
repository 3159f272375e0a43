"""Whose a host name is, as far as the name itself says: the domain that one registrant holds. Pure, no list is fetched.

Under `.id` the registry gives names at the second level and at the third (PANDI, *Kebijakan Pendaftaran Nama Domain
.id*); `go.id` and `desa.id` are given to governments only and cannot be bought when they lapse.
"""

from __future__ import annotations

_SECOND_LEVELS = frozenset(
    f"{name}.id" for name in ("ac", "biz", "co", "desa", "go", "mil", "my", "net", "or", "ponpes", "sch", "web")
)
_GOVERNMENT = (".go.id", ".desa.id", ".mil.id")


def domain_of(host: str) -> str:
    """The registered domain of a host name (`ppid.kotabogor.go.id` -> `kotabogor.go.id`); an IP address as it is."""
    labels = host.lower().rstrip(".").split(".")
    if len(labels) < 2 or labels[-1].isdigit() or ":" in host:
        return host.lower()
    depth = 3 if ".".join(labels[-2:]) in _SECOND_LEVELS else 2
    return ".".join(labels[-depth:])


def is_government(host: str) -> bool:
    """Under a domain that only governments are given."""
    return f".{host.lower()}".endswith(_GOVERNMENT)
