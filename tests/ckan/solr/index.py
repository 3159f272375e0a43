"""All documents in memory, by field and term; SQLite only keeps them over a restart."""

from __future__ import annotations

import collections
import json
import re
import sqlite3
import threading
import time

from tests.ckan.solr.query import QueryParser
from tests.ckan.solr.schema import BadRequest
from tests.ckan.solr.text import fold, norm_date, words


class Index:
    """All documents in memory: per field a map term -> set of internal numbers."""

    def __init__(self, schema, db_path=None):
        self.schema = schema
        self.docs = {}  # number -> stored document as sent
        self.terms = {}  # number -> {field: [tokens in order]}
        self.post = collections.defaultdict(lambda: collections.defaultdict(set))
        self.by_key = {}
        self.next = 1
        self.version = 0  # moves on every change; part of cache keys
        self.lock = threading.RLock()
        self.cache = collections.OrderedDict()
        self.db = None
        if db_path:
            self.db = sqlite3.connect(db_path, check_same_thread=False)
            self.db.execute("PRAGMA journal_mode=WAL")
            self.db.execute("PRAGMA synchronous=OFF")
            self.db.execute("CREATE TABLE IF NOT EXISTS docs(k TEXT PRIMARY KEY, body TEXT)")
            self.db.commit()
            for (body,) in self.db.execute("SELECT body FROM docs ORDER BY rowid"):
                self._put(json.loads(body))

    # -- writing
    def _tokens(self, f, values):
        if f.kind == "text":
            return [t for v in values for t in words(v, f.stem, f.stem, catenate=True)]
        if f.kind == "ngram":
            return [fold(str(v)).lower() for v in values]
        if f.kind == "date":
            return [norm_date(v) for v in values]
        if f.kind == "boolean":
            return ["true" if str(v).lower() in ("true", "1") else "false" for v in values]
        out = []
        for v in values:
            v = "true" if v is True else "false" if v is False else v if isinstance(v, str) else json.dumps(v)
            if f.kind == "string" and len(v) > 8000 and len(v.encode("utf-8")) > 32766:
                raise BadRequest(
                    "Exception writing document to the index; possible analysis error: Document contains at least one "
                    f'immense term in field="{f.name}" (whose UTF8 encoding is longer than the max length 32766)'
                )
            out.append(v)
        return out

    def _analyse(self, doc):
        if not doc.get(self.schema.key):
            raise BadRequest(f"Document is missing mandatory uniqueKey field: {self.schema.key}")
        values = {}
        for name, v in doc.items():
            v = v if isinstance(v, list) else [v]
            v = [x for x in v if x is not None]
            if v:
                values[name] = v
        full = {n: list(v) for n, v in values.items()}
        for src, dest in self.schema.copies:  # copies take the values as sent: they do not chain
            for name, v in values.items():
                if self.schema.glob(src, name) and name != dest:
                    full.setdefault(dest, []).extend(v)
        out = {}
        for name, v in full.items():
            f = self.schema.field(name)
            if len(v) > 1 and not f.multi:
                raise BadRequest(
                    f"ERROR: [doc={doc[self.schema.key]}] multiple values encountered for non multiValued field {name}"
                )
            if f.indexed:
                out[name] = self._tokens(f, v)
        if "indexed_ts" in self.schema.fields and "indexed_ts" not in out:
            out["indexed_ts"] = [norm_date("NOW", True)]
        return out

    def _put(self, doc):
        terms = self._analyse(doc)
        key = str(doc[self.schema.key])
        self._drop(key)
        n, self.next = self.next, self.next + 1
        self.docs[n], self.terms[n], self.by_key[key] = doc, terms, n
        for name, toks in terms.items():
            p = self.post[name]
            for t in toks:
                p[t].add(n)
        return key

    def _drop(self, key):
        n = self.by_key.pop(key, None)
        if n is None:
            return
        for name, toks in self.terms.pop(n).items():
            p = self.post[name]
            for t in set(toks):
                s = p.get(t)
                if s is not None:
                    s.discard(n)
                    if not s:
                        del p[t]
        del self.docs[n]

    def add(self, docs):
        with self.lock:
            for d in docs:
                d = dict(d)
                d["_version_"] = str(time.time_ns())
                key = self._put(d)
                if self.db:
                    self.db.execute("INSERT OR REPLACE INTO docs VALUES(?,?)", (key, json.dumps(d)))
            self._changed()

    def delete(self, ids=(), query=None):
        with self.lock:
            keys = [str(i) for i in ids]
            if query is not None:
                hit = QueryParser(self, query, "text", "OR").run()
                keys += [k for k, n in self.by_key.items() if n in hit]
            for k in keys:
                self._drop(k)
                if self.db:
                    self.db.execute("DELETE FROM docs WHERE k=?", (k,))
            self._changed()

    def _changed(self):
        self.version += 1
        self.cache.clear()
        if self.db:
            self.db.commit()

    # -- reading: each returns a set of document numbers
    def all(self):
        return set(self.docs)

    def term(self, name, text):
        f = self.schema.field(name)
        p = self.post.get(name)
        if p is None:
            return set()
        if f.kind == "text":
            toks = words(text, f.stem, f.stem)
            return self.phrase(name, toks)
        if f.kind == "ngram":
            out = None
            for w in fold(text).lower().split():
                s = set() if not 2 <= len(w) <= 10 else {n for t, ns in p.items() if w in t for n in ns}
                out = s if out is None else out & s
            return out or set()
        if f.kind == "date":
            return set(p.get(norm_date(text, True), ()))
        if f.kind == "boolean":
            text = "true" if text.lower() in ("true", "1") else "false"
        return set(p.get(text, ()))

    def phrase(self, name, toks):
        p = self.post.get(name)
        if not toks or p is None:
            return set()
        out = None
        for t in toks:
            s = p.get(t)
            if not s:
                return set()
            out = set(s) if out is None else out & s
        if len(toks) == 1:
            return out
        hit = set()
        for n in out:
            have = self.terms[n][name]
            first = [i for i, t in enumerate(have) if t == toks[0]]
            if any(have[i : i + len(toks)] == toks for i in first):
                hit.add(n)
        return hit

    def wild(self, name, pattern):
        f = self.schema.field(name)
        p = self.post.get(name)
        if p is None:
            return set()
        if pattern == "*":
            return {n for s in p.values() for n in s}
        if f.kind in ("text", "ngram"):
            pattern = fold(pattern.lower())
        rx = re.compile("".join(".*" if c == "*" else "." if c == "?" else re.escape(c) for c in pattern) + r"\Z", re.S)
        return {n for t, s in p.items() if rx.match(t) for n in s}

    def range(self, name, low, high, inc_low, inc_high):
        f = self.schema.field(name)
        p = self.post.get(name)
        if p is None:
            return set()

        def conv(x):
            if x == "*":
                return None
            if f.kind == "date":
                return norm_date(x, True)
            if f.kind == "number":
                try:
                    return float(x)
                except ValueError:
                    raise BadRequest(f"Invalid Number: {x}") from None
            return x

        lo, hi = conv(low), conv(high)
        out = set()
        for t, s in p.items():
            v = float(t) if f.kind == "number" else t
            if lo is not None and (v < lo or (v == lo and not inc_low)):
                continue
            if hi is not None and (v > hi or (v == hi and not inc_high)):
                continue
            out |= s
        return out
