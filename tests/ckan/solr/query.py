"""Classic Lucene query syntax and dismax, as far as CKAN sends them."""

from __future__ import annotations

import collections
import re

from tests.ckan.solr.schema import BadRequest

_TOK = re.compile(
    r"""
   (?P<ws>\s+)
 | (?P<and>AND(?=[\s(])|&&) | (?P<or>OR(?=[\s(])|\|\|) | (?P<not>NOT(?=[\s(])|!)
 | (?P<plus>\+) | (?P<minus>-) | (?P<lp>\() | (?P<rp>\))
 | (?P<boost>\^[\d.]+) | (?P<fuzzy>~[\d.]*)
 | (?P<range>[\[{]\s*(?:"[^"]*"|\S+)\s+TO\s+(?:"[^"]*"|[^\s\]}]+)\s*[\]}])
 | (?P<quoted>"(?:\\.|[^"\\])*")
 | (?P<field>(?:\\.|[^\s+\-!(){}\[\]^"~*?:\\/]|(?<=\w)[-+])(?:\\.|[^\s!(){}\[\]^"~*?:\\/])*:|\*:)
 | (?P<term>(?:\\.|[^\s!(){}\[\]^"~:\\])+)
""",
    re.X,
)


def unescape(s):
    return re.sub(r"\\(.)", r"\1", s)


class QueryParser:
    """Classic Lucene query syntax, evaluated straight into sets of documents; gathers scored terms on the way."""

    def __init__(self, index, text, df, op, qf=None):
        self.ix, self.df, self.op, self.qf = index, df, op.upper(), qf
        self.text = text
        self.score = collections.Counter()
        self.toks, pos = [], 0
        while pos < len(text):
            m = _TOK.match(text, pos)
            if not m:
                raise BadRequest(
                    f"org.apache.solr.search.SyntaxError: Cannot parse '{text}': Lexical error at column {pos}"
                )
            if m.lastgroup != "ws":
                self.toks.append((m.lastgroup, m.group()))
            pos = m.end()
        self.i = 0

    def peek(self):
        return self.toks[self.i][0] if self.i < len(self.toks) else None

    def take(self):
        self.i += 1
        return self.toks[self.i - 1]

    def fail(self):
        got = self.toks[self.i][1] if self.i < len(self.toks) else "<EOF>"
        raise BadRequest(f"org.apache.solr.search.SyntaxError: Cannot parse '{self.text}': Encountered \"{got}\"")

    def run(self):
        out = self.group(self.df)
        if self.i != len(self.toks):
            self.fail()
        return out

    def group(self, field):
        """Lucene's addClause(): AND makes both sides required; with q.op=AND an OR makes both sides optional."""
        clauses = []  # [required, prohibited, set]
        while self.peek() not in (None, "rp"):
            conj = None
            while self.peek() in ("and", "or"):
                if not clauses:
                    self.fail()
                conj = self.take()[0]
            if conj and self.peek() in (None, "rp"):
                self.fail()
            mod = None
            while self.peek() in ("plus", "minus", "not"):
                mod = self.take()[0]
            hit = self.clause(field)
            if clauses:
                last = clauses[-1]
                if conj == "and" and not last[1]:
                    last[0] = True
                if conj == "or" and self.op == "AND" and not last[1] and not last[3]:
                    last[0] = False
            banned = mod in ("minus", "not")
            need = mod == "plus" or (not banned and (conj == "and" or (self.op == "AND" and conj != "or")))
            clauses.append([need, banned, hit, mod == "plus"])
        must = [c[2] for c in clauses if c[0]]
        ban = [c[2] for c in clauses if c[1]]
        opt = [c[2] for c in clauses if not c[0] and not c[1]]
        if must:
            out = set.intersection(*map(set, must))
        elif opt:
            out = set().union(*opt)
        elif ban:
            out = self.ix.all()  # Solr answers a purely negative query (at top level)
        else:
            out = self.ix.all() if not clauses else set()
        for b in ban:
            out = out - b
        return out

    def clause(self, field):
        kind = self.peek()
        if kind == "field":
            name = self.take()[1][:-1]
            if name == "*":
                if self.peek() == "term" and self.toks[self.i][1] == "*":
                    self.take()
                    return self.ix.all()
                self.fail()
            if self.peek() == "field":  # a:b:c
                self.fail()
            return self.clause(unescape(name))
        if kind == "lp":
            self.take()
            out = self.group(field)
            if self.peek() != "rp":
                self.fail()
            self.take()
        elif kind == "quoted":
            out = self.leaf(field, unescape(self.take()[1][1:-1]), True)
        elif kind == "range":
            t = self.take()[1]
            m = re.match(r'^[\[{]\s*("[^"]*"|\S+)\s+TO\s+("[^"]*"|[^\s\]}]+)\s*[\]}]$', t)
            out = self.ix.range(field, m.group(1).strip('"'), m.group(2).strip('"'), t[0] == "[", t[-1] == "]")
        elif kind == "term":
            t = self.take()[1]
            if re.search(r"(?<!\\)[*?]", t):
                if field == self.df and self.qf:
                    out = set().union(*[self.ix.wild(f, unescape(t)) for f, _w in self.qf])
                else:
                    out = self.ix.wild(field, unescape(t))
            else:
                out = self.leaf(field, unescape(t), False)
        elif kind in ("and", "or", "not"):  # e.g. a lone OR used as a word
            self.fail()
        else:
            self.fail()
        while self.peek() in ("boost", "fuzzy"):
            self.take()
        return out

    def leaf(self, field, text, quoted):
        targets = self.qf if (self.qf and field == self.df) else [(field, 1.0)]
        out = set()
        for name, weight in targets:
            hit = self.ix.term(name, text)
            for n in hit:
                self.score[n] += weight
            out |= hit
        return out


def dismax(ix, q, qf, mm):
    """The user's words, each in any of the qf fields; mm says how many must hit; + and - and "phrases" are kept."""
    score, must, ban, opt = collections.Counter(), [], [], []
    for m in re.finditer(r'([+\-]?)("(?:\\.|[^"\\])*"?|\S+)', q):
        sign, text = m.group(1), unescape(m.group(2)).strip('"')
        if not text:
            continue
        hit = set()
        best = collections.defaultdict(float)
        for name, weight in qf:
            for n in ix.term(name, text):
                hit.add(n)
                best[n] = max(best[n], weight)
        if sign != "-":
            for n, w in best.items():
                score[n] += w
        (must if sign == "+" else ban if sign == "-" else opt).append(hit)
    out = set.intersection(*must) if must else None
    if opt:
        need = minimum_match(mm, len(opt))
        count = collections.Counter(n for s in opt for n in s)
        enough = {n for n, c in count.items() if c >= max(need, 0 if must else 1)}
        if not (need <= 0 and must):
            out = enough if out is None else out & enough
    if out is None:
        out = set()
    for b in ban:
        out = out - b
    return out, score


def minimum_match(spec, n):
    """Solr's mm: '2<-1 5<80%', '3', '-1', '75%'."""

    def one(s):
        s = s.strip()
        v = int(n * float(s[:-1]) / 100) if s.endswith("%") else int(s)
        return n + v if v < 0 or s.startswith("-") else v

    spec = (spec or "100%").strip()
    if "<" not in spec:
        return max(0, min(n, one(spec)))
    result = n
    for part in re.sub(r"\s*<\s*", "<", spec).split():
        bound, val = part.split("<")
        if n <= int(bound):
            break
        result = max(0, min(n, one(val)))
    return result
