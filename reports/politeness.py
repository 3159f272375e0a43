"""One line about our manners as a guest: what was asked of the sites, how slowly, and what was left alone."""

from __future__ import annotations

from reports.languages import Language
from reports.run import Run


def politeness(run: Run, language: Language) -> str:
    """The line in the language's words, from the visits themselves."""
    visits = [facts.visit for facts in run.sites]
    delays = [visit.delay_seconds for visit in visits if visit.delay_seconds > 0]
    robots = sum(refusal.rule == "robots" for visit in visits for refusal in visit.refused)
    _ = language.words.gettext
    line = _("Kami datang sebagai tamu: %(requests)s permintaan ke %(sites)s situs, satu per satu tiap situs") % {
        "requests": language.number(run.judgement.captures, 0),
        "sites": language.number(sum(facts.site.url is not None for facts in run.sites), 0),
    }
    if delays:
        line += _(", jeda paling sedikit %(delay)s detik") % {
            "delay": language.number(min(delays), 1 if min(delays) >= 0.1 else 3)
        }
    against = sum(visit.against_robots for visit in visits)
    if against:
        return line + _(
            "; robots.txt dipatuhi (%(robots)s tautan tidak dibuka karenanya), kecuali %(against)s alamat antarmuka "
            "program portal data yang ditanya atas keputusan operator dengan izin pemiliknya."
        ) % {"robots": language.number(robots, 0), "against": language.number(against, 0)}
    return line + _("; robots.txt dipatuhi, %(robots)s tautan tidak dibuka karenanya.") % {
        "robots": language.number(robots, 0)
    }
