"""`/select`: query, filters, sort, paging, facets, the fields that are wanted."""

from __future__ import annotations

import collections
import json
import re
import time

from tests.ckan.solr.query import QueryParser, dismax
from tests.ckan.solr.schema import BadRequest
from tests.ckan.solr.text import norm_date, show_date


def parse_sort(ix, spec):
    out = []
    for part in (p.strip() for p in spec.split(",")):
        if not part:
            continue
        bits = part.split()
        if len(bits) != 2 or bits[1].lower() not in ("asc", "desc"):
            raise BadRequest(f"Can't determine a Sort Order (asc or desc) in sort spec '{spec}', pos={len(bits[0])}")
        name = bits[0]
        if name != "score":
            f = ix.schema.field(name)
            if f.multi:
                raise BadRequest(f"can not sort on multivalued field: {name}")
        out.append((name, bits[1].lower() == "desc"))
    return out


def select(ix, p):
    """p: dict name -> list of values."""

    def one(name, default=None):
        return p[name][0] if name in p else default

    t0 = time.time()
    for banned in ("group", "hl", "mlt", "spellcheck"):
        if one(banned, "false") == "true":
            raise BadRequest(f"solr_standin does not do {banned}=true")
    q = one("q", one("q.alt", "*:*")).strip() or "*:*"
    df, op = one("df", "text"), one("q.op", "OR")
    if re.search(r"(^|[^\\])\{!", q) or any(x.lstrip().startswith("{!") for x in p.get("fq", [])):
        raise BadRequest("solr_standin does not do {!local params}")
    try:
        rows, start = int(one("rows", 10)), int(one("start", 0))
    except ValueError as e:
        raise BadRequest(str(e).replace("invalid literal for int() with base 10:", "For input string:")) from None
    if rows < 0 or start < 0:
        raise BadRequest("'%s' parameter cannot be negative" % ("rows" if rows < 0 else "start"))
    qf = []
    for part in one("qf", df).split():
        name, _, w = part.partition("^")
        qf.append((name, float(w or 1)))
    with ix.lock:
        score = collections.Counter()
        deftype = one("defType", "lucene")
        if q == "*:*":
            hits = ix.all()
        elif deftype == "dismax" or (
            deftype == "edismax" and ":" not in q and not re.search(r"\b(AND|OR|NOT)\b|[()*?\[]", q)
        ):
            hits, score = dismax(ix, q, qf, one("mm", "100%" if op.upper() == "AND" else "0%"))
        else:
            qp = QueryParser(ix, q, df, op, qf if deftype == "edismax" else None)
            hits, score = qp.run(), qp.score
        for fq in p.get("fq", []):
            if not fq.strip():
                continue
            ck = (fq, df, op) if "NOW" not in fq else None  # like Solr's filterCache; emptied on every change
            got = ix.cache.get(ck) if ck else None
            if got is None:
                got = QueryParser(ix, fq, df, op).run()
                if ck:
                    ix.cache[ck] = got
                    if len(ix.cache) > 500:
                        ix.cache.popitem(last=False)
            hits = hits & got
        order = sorted(hits)
        for name, desc in reversed(parse_sort(ix, one("sort", "score desc"))):
            if name == "score":
                if score:
                    order.sort(key=lambda n: score[n], reverse=desc)
                continue
            number = ix.schema.field(name).kind == "number"
            have = [n for n in order if ix.terms[n].get(name)]
            miss = [n for n in order if not ix.terms[n].get(name)]
            have.sort(
                key=lambda n, name=name, kind=float if number else str: kind(ix.terms[n][name][0]),
                reverse=desc,
            )
            order = have + miss  # sortMissingLast
        docs = [render(ix, n, one("fl", "*"), score) for n in order[start : start + rows]]
        out = {
            "responseHeader": {"status": 0, "QTime": int((time.time() - t0) * 1000)},
            "response": {"numFound": len(order), "start": start, "numFoundExact": True, "docs": docs},
        }
        if one("facet", "false").lower() in ("true", "on", "1") or one("facet") == "True":
            out["facet_counts"] = {
                "facet_queries": {},
                "facet_fields": facets(ix, p, hits),
                "facet_ranges": {},
                "facet_intervals": {},
                "facet_heatmaps": {},
            }
            for fqy in p.get("facet.query", []):
                out["facet_counts"]["facet_queries"][fqy] = len(hits & QueryParser(ix, fqy, df, op).run())
    return out


def facets(ix, p, hits):
    res = {}
    for name in p.get("facet.field", []):

        def opt(k, default, name=name):
            return (p.get(f"f.{name}.facet.{k}") or p.get("facet." + k) or [default])[0]

        limit, least = int(opt("limit", 100)), int(opt("mincount", 0))
        offset, prefix = int(opt("offset", 0)), opt("prefix", "")
        ix.schema.field(name)
        rows = []
        for term, s in ix.post.get(name, {}).items():
            c = len(s & hits)
            if c >= least and term.startswith(prefix):
                rows.append((term, c))
        by = opt("sort", "count" if limit > 0 else "index")
        rows.sort(key=(lambda r: r[0]) if by == "index" else (lambda r: (-r[1], r[0])))
        rows = rows[offset:] if limit < 0 else rows[offset : offset + limit]
        res[name] = [x for r in rows for x in r]
    return res


def render(ix, n, fl, score):
    doc = ix.docs[n]
    want = [w for w in re.split(r"[\s,]+", fl) if w] or ["*"]
    out = {}
    for name, v in doc.items():
        if v is None or v == []:
            continue
        f = ix.schema.field(name)
        if not f.stored or not any(w == "*" or ix.schema.glob(w, name) for w in want):
            continue
        if f.multi and not isinstance(v, list):
            v = [v]
        elif not f.multi and isinstance(v, list):
            v = v[0]
        if f.kind == "date":  # as java.time.Instant prints it: no fraction, or three digits
            v = [norm_date(x) for x in v] if isinstance(v, list) else norm_date(v)
            v = [show_date(x) for x in v] if isinstance(v, list) else show_date(v)
        if f.kind in ("string", "text", "ngram") and not isinstance(v, (str, list)):
            v = "true" if v is True else "false" if v is False else json.dumps(v)
        out[name] = v
    if "indexed_ts" in ix.schema.fields and any(w in ("*", "indexed_ts") for w in want):
        out["indexed_ts"] = show_date(ix.terms[n]["indexed_ts"][0])
    if "score" in want:
        out["score"] = float(score.get(n, 1.0))
    return out
