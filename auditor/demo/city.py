"""All of Kota Contoh, one night at a time. Pure: the same night is the same bytes, on every machine and every day."""

from __future__ import annotations

from auditor.demo import covid, offices, portal, ppid, services, website
from auditor.demo.answer import City, Host

DOMAIN = "kotacontoh.localhost"


def build(night: int) -> City:
    """The city as it is on that night (1, 2, ...; from 2 on it stays the same). Raises ValueError below 1."""
    if night < 1:
        raise ValueError(f"nights are counted from 1, not {night}")
    hosts: dict[str, Host] = {
        "ppid": ppid.host(night),
        "www": website.host(night),
        "jdih": website.jdih(),
        "data": portal.host(night),
        "covid": covid.host(),
        "layanan": services.complaints(),
        "arsip": services.aid_archive(),
        "internal": services.staff(),
        "drive": services.drive(),
        "berbagi": services.closed_drive(),
        "dinkes": offices.health(),
        "disdik": offices.education(night),
        "dishub": offices.transport(),
    }
    return City(night, {DOMAIN: website.bare_domain(), **{f"{name}.{DOMAIN}": one for name, one in hosts.items()}})
