"""The two languages of every page: words by gettext, numbers and dates by Babel."""

from __future__ import annotations

import gettext
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_decimal, format_percent

from auditor.model import Text

LOCALE = Path(__file__).parent / "locale"
DOMAIN = "reports"


@dataclass(frozen=True)
class Language:
    """One language of the site. Indonesian stands at the root, the other under its code; msgids are Indonesian."""

    code: str
    locale: str
    name: str
    prefix: str
    words: gettext.NullTranslations = field(repr=False, compare=False)

    def say(self, text: Text) -> str:
        """The sentence in this language; where it has no words, the Indonesian ones."""
        return (text.en if self.code == "en" else text.id) or text.id

    def number(self, value: float, digits: int = 1) -> str:
        return _decimal(value, "#,##0." + "0" * digits if digits else "#,##0", self.locale)

    def gain(self, value: float) -> str:
        """Points of the score as a signed number, `+2,4`; small ones keep two decimals, so that none reads as 0."""
        digits = 1 if abs(value) >= 0.095 or value == 0 else 2
        return ("+" if value >= 0 else "−") + self.number(abs(value), digits)

    def percent(self, share: float) -> str:
        return _percent(share, self.locale)

    def day(self, value: date | None) -> str:
        """`3 November 2026`, or an empty string."""
        return "" if value is None else _day(value.date() if isinstance(value, datetime) else value, self.locale)

    def day_of_year(self, value: date) -> str:
        """`31 Januari`."""
        return format_date(value, "d MMMM", locale=self.locale)

    def weekday(self, value: date) -> str:
        """`Selasa, 3 November 2026`."""
        return format_date(value, "EEEE, d MMMM y", locale=self.locale)

    def time(self, value: datetime) -> str:
        """The day and the hour with the zone's name, `3 November 2026 01.00 WIB`, in the zone that the value has."""
        return f"{self.day(value)} {_time(value.time(), self.locale)} {value.tzname() or ''}".rstrip()


@lru_cache(maxsize=20_000)
def _decimal(value: float, pattern: str, locale: str) -> str:
    return format_decimal(value, pattern, locale=locale)


@lru_cache(maxsize=20_000)
def _percent(share: float, locale: str) -> str:
    return format_percent(share, "#,##0%", locale=locale)


@lru_cache(maxsize=20_000)
def _time(value: time, locale: str) -> str:
    return format_time(value, "short", locale=locale)


@lru_cache(maxsize=20_000)
def _day(value: date, locale: str) -> str:
    return format_date(value, "d MMMM y", locale=locale)


def languages() -> tuple[Language, Language]:
    """Indonesian, then English. A missing catalogue of words raises FileNotFoundError: half a translation is none."""
    english = gettext.translation(DOMAIN, LOCALE, ["en"])
    return (
        Language("id", str(Locale("id")), "Bahasa Indonesia", "", gettext.NullTranslations()),
        Language("en", "en_GB", "English", "en/", english),
    )
