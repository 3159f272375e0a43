"""Words and dates as the index compares them: roughly what CKAN's schema asks of Solr's analysers."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from tests.ckan.solr.schema import BadRequest

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_CASE = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")


def fold(s):
    return "".join(c for c in unicodedata.normalize("NFKD", s) if not unicodedata.combining(c))


def words(value, stem=True, split_case=True, catenate=False):
    """Roughly WhitespaceTokenizer + WordDelimiterGraph + LowerCase + (plural -s) + ASCIIFolding."""
    out = []
    for chunk in str(value).split():
        parts = []
        for w in _WORD.findall(chunk):
            parts += [p for p in _CASE.split(w) if p] if split_case else [w]
        if catenate and len(parts) > 1:
            parts.append("".join(parts))
        for p in parts:
            p = fold(p.lower())
            if stem and len(p) > 3 and p.endswith("s") and not p.endswith("ss"):
                p = p[:-1]
            out.append(p)
    return out


_DATE = re.compile(r"^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?Z$")
_MATH = re.compile(r"([+\-/])(\d*)(YEAR|MONTH|WEEK|DAY|HOUR|MINUTE|SECOND|MILLI(?:SECOND)?)S?")


def norm_date(v, query=False):
    """ISO date in UTC -> comparable text; with query=True also NOW and date maths."""
    v = str(v)
    if query:
        m = re.match(r"^(NOW|\d{4}-\d\d-\d\dT[\d:.]+Z)((?:[+\-/]\d*[A-Z]+)*)$", v)
        if m:
            if m.group(1) == "NOW":
                t = dt.datetime.now(dt.UTC).replace(tzinfo=None)
            else:
                t = dt.datetime.strptime(norm_date(m.group(1)), "%Y-%m-%dT%H:%M:%S.%f")
            for op, n, unit in _MATH.findall(m.group(2)):
                unit = unit.replace("MILLISECOND", "MILLI")
                if op == "/":
                    keep = ["YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"].index(unit)
                    full = [t.year, t.month, t.day, t.hour, t.minute, t.second][: keep + 1]
                    t = dt.datetime(*(full + [1, 1][len(full) - 1 :] if len(full) < 3 else full))
                    continue
                n = int(n or 1) * (-1 if op == "-" else 1)
                if unit in ("YEAR", "MONTH"):
                    months = t.year * 12 + t.month - 1 + n * (12 if unit == "YEAR" else 1)
                    y, mth = divmod(months, 12)
                    last = (dt.date(y + mth // 11, (mth + 1) % 12 + 1, 1) - dt.timedelta(1)).day
                    t = t.replace(year=y, month=mth + 1, day=min(t.day, last))
                else:
                    t += dt.timedelta(
                        **{
                            {
                                "WEEK": "weeks",
                                "DAY": "days",
                                "HOUR": "hours",
                                "MINUTE": "minutes",
                                "SECOND": "seconds",
                                "MILLI": "milliseconds",
                            }[unit]: n
                        }
                    )
            return t.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3]
    m = _DATE.match(v)
    if not m:
        m2 = re.match(r"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?)\+00:00$", v)
        if m2:
            return norm_date(m2.group(1) + "Z")
        raise BadRequest(f"Invalid Date String:'{v}'")
    try:
        dt.datetime(*[int(x) for x in m.groups()[:6]])
    except ValueError:
        raise BadRequest(f"Invalid Date in Date Math String:'{v}'") from None
    return v[:19] + "." + ((m.group(7) or "") + "000")[:3]  # Solr keeps milliseconds


def show_date(v):
    return (v[:19] if v.endswith(".000") else v) + "Z"
