"""The config.toml that audits Kota Contoh on the port where it is being served."""

from __future__ import annotations

from auditor.demo.city import DOMAIN
from auditor.demo.invented import OFFICES

_HEAD = """\
# Kota Contoh, the made-up city of `auditor demo`. Everything here is on this machine.
[body]
code = "99.71"
name = "Kota Contoh"
kind = "kota"
timezone = "Asia/Jakarta"
units = [
{units}
]
"""

_SITES = """
[[sites]]
id = "ppid"
role = "ppid"
url = "http://ppid.{here}/"
name = "PPID Kota Contoh"
unit = "Dinas Komunikasi dan Informatika"
hosts = ["drive.{domain}"]

[[sites]]
id = "www"
role = "website"
url = "http://{here}/"
name = "Website resmi Kota Contoh"
unit = "Dinas Komunikasi dan Informatika"
hosts = ["www.{domain}", "jdih.{domain}"]

[[sites]]
id = "data"
role = "portal"
url = "http://data.{here}/"
name = "Portal Data Kota Contoh"
unit = "Dinas Komunikasi dan Informatika"

[[sites]]
id = "covid"
role = "covid"
url = "http://covid.{here}/"
name = "Covid-19 Kota Contoh"
unit = "Dinas Kesehatan"
lifecycle = "archived"
ended = 2023-06-21

[[sites]]
id = "layanan"
role = "service"
url = "http://layanan.{here}/"
name = "SAPA Contoh (pengaduan)"
unit = "Dinas Komunikasi dan Informatika"

[[sites]]
id = "pbb"
role = "service"
name = "PBB daring"
unit = "Badan Keuangan dan Aset Daerah"

[[sites]]
id = "arsip"
role = "service"
url = "http://arsip.{here}/"
name = "SALUR (bantuan sosial)"
unit = "Dinas Sosial"
lifecycle = "archived"
ended = 2021-12-31

[[sites]]
id = "internal"
role = "restricted"
url = "http://internal.{here}/"
name = "Tata Naskah Dinas Elektronik"
unit = "Dinas Komunikasi dan Informatika"
audience = "staff"

[[sites]]
id = "dinkes"
role = "website"
url = "http://dinkes.{here}/"
name = "Dinas Kesehatan"
unit = "Dinas Kesehatan"

[[sites]]
id = "disdik"
role = "website"
url = "http://disdik.{here}/"
name = "Dinas Pendidikan"
unit = "Dinas Pendidikan"

[[sites]]
id = "dishub"
role = "website"
url = "http://dishub.{here}/"
name = "Dinas Perhubungan"
unit = "Dinas Perhubungan"
lifecycle = "archived"
ended = 2024-12-31
"""

_TAIL = """
[network]
contact = "mailto:demo@{domain}"
delay_seconds = 0.05
second_chance_seconds = 0
timeout_seconds = 5
allow_private = ["127.0.0.0/8"]

[storage]
data = "var"
database = "sqlite:///var/auditor.sqlite"
public = "public"
"""


def config_text(port: int) -> str:
    """The file's text; what the audit writes goes beside it (`var`, `public`)."""
    units = "\n".join(f'    "{one.name}",' for one in OFFICES)
    here = f"{DOMAIN}:{port}"
    return _HEAD.format(units=units) + _SITES.format(here=here, domain=DOMAIN) + _TAIL.format(domain=DOMAIN)
