"""One line about our manners as a guest: what was asked of the sites, how slowly, and what was left alone."""

from __future__ import annotations

from auditor.model import Manners
from reports.languages import Language
from reports.run import Run


def politeness(run: Run, language: Language) -> str:
    """The line in the language's words, from the visits themselves."""
    visits = [facts.visit for facts in run.sites]
    delays = [visit.delay_seconds for visit in visits if visit.delay_seconds > 0]
    robots = sum(refusal.rule == "robots" for visit in visits for refusal in visit.refused)
    _ = language.words.gettext
    line = _("Kami datang sebagai tamu: %(requests)s alamat diminta untuk %(sites)s situs, satu per satu tiap host") % {
        "requests": language.number(run.judgement.captures, 0),
        "sites": language.number(sum(facts.site.url is not None for facts in run.sites), 0),
    }
    if delays:
        line += _(", jeda paling sedikit %(delay)s detik") % {
            "delay": language.number(min(delays), 1 if min(delays) >= 0.1 else 3)
        }
    against = sum(visit.against_robots for visit in visits)
    if against:
        line += _(
            "; robots.txt dipatuhi (%(robots)s tautan tidak dibuka karenanya), kecuali %(against)s alamat antarmuka "
            "program portal data yang ditanya atas keputusan operator dengan izin pemiliknya."
        ) % {"robots": language.number(robots, 0), "against": language.number(against, 0)}
    else:
        line += _("; robots.txt dipatuhi, %(robots)s tautan tidak dibuka karenanya.") % {
            "robots": language.number(robots, 0)
        }
    return f"{line} {proof(run.manners, language)}" if run.manners and run.manners.requests else line


def proof(manners: Manners, language: Language) -> str:
    """What the index of the captures says of that, also where it says that we misbehaved."""
    _ = language.words.gettext
    counted = {"requests": language.number(manners.requests, 0), "hosts": language.number(manners.hosts, 0)}
    if not manners.kept:
        return _(
            "Indeks rekaman membantahnya: dari %(requests)s permintaan (pengulangan ikut dihitung) ke %(hosts)s host, "
            "%(together)s bersamaan "
            "dengan yang lain dan %(too_soon)s sebelum jedanya habis; ini kesalahan pemeriksa."
        ) % {
            **counted,
            "together": language.number(manners.together, 0),
            "too_soon": language.number(manners.too_soon, 0),
        }
    line = _(
        "Indeks rekaman membuktikannya: dari %(requests)s permintaan (pengulangan ikut dihitung) ke %(hosts)s host "
        "tidak ada dua yang bersamaan pada satu host, dan tidak ada yang sebelum jedanya habis"
    )
    said = line % counted
    if manners.shortest is None:
        return f"{said}."
    return said + _("; yang terpendek %(shortest)s detik.") % {"shortest": language.number(manners.shortest, 3)}
