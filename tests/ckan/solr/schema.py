"""The part of CKAN's own schema.xml that its requests need: fields, types, copyFields, the unique key."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import ClassVar


class BadRequest(Exception):
    """Becomes HTTP 400 with Solr's JSON error body."""


# --------------------------------------------------------------------------------------------------------------- schema
class Field:
    __slots__ = ("indexed", "kind", "multi", "name", "stem", "stored")

    def __init__(self, name, kind, multi, stored, indexed, stem):
        self.name, self.kind, self.multi = name, kind, multi
        self.stored, self.indexed, self.stem = stored, indexed, stem


class Schema:
    """The part of schema.xml that matters here."""

    KINDS: ClassVar[dict[str, str]] = {
        "StrField": "string",
        "BoolField": "boolean",
        "TextField": "text",
        "DatePointField": "date",
        "TrieDateField": "date",
        "BinaryField": "string",
    }

    def __init__(self, path):
        self.text = Path(path).read_text(encoding="utf-8")
        root = ET.fromstring(self.text.encode("utf-8"))
        self.name = root.get("name")
        types = {}
        for t in list(root.iter("fieldType")) + list(root.iter("fieldtype")):
            cls = t.get("class", "").split(".")[-1]
            kind = self.KINDS.get(cls, "number" if re.search(r"Int|Float|Long|Double", cls) else "string")
            src = ET.tostring(t, encoding="unicode")
            if "NGramTokenizer" in src:
                kind = "ngram"
            types[t.get("name")] = (kind, t.get("multiValued") == "true", "SnowballPorter" in src)
        self.fields, self.dynamic = {}, []

        def make(e):
            kind, multi, stem = types[e.get("type")]
            m = e.get("multiValued")
            return Field(
                e.get("name"),
                kind,
                multi if m is None else m == "true",
                e.get("stored", "true") == "true",
                e.get("indexed", "true") == "true",
                stem,
            )

        for e in root.iter("field"):
            self.fields[e.get("name")] = make(e)
        for e in root.iter("dynamicField"):
            self.dynamic.append((e.get("name"), make(e)))
        self.dynamic.sort(key=lambda p: -len(p[0]))  # Solr: the longest pattern wins
        self.copies = [(e.get("source"), e.get("dest")) for e in root.iter("copyField")]
        uk = root.find("uniqueKey")
        self.key = uk.text.strip() if uk is not None else "id"
        self._cache = {}

    @staticmethod
    def glob(pattern, name):
        if pattern.startswith("*"):
            return name.endswith(pattern[1:])
        if pattern.endswith("*"):
            return name.startswith(pattern[:-1])
        return pattern == name

    def field(self, name):
        f = self.fields.get(name) or self._cache.get(name)
        if f is None:
            for pat, tmpl in self.dynamic:
                if self.glob(pat, name):
                    f = Field(name, tmpl.kind, tmpl.multi, tmpl.stored, tmpl.indexed, tmpl.stem)
                    break
            else:
                raise BadRequest(f"undefined field {name}")
            self._cache[name] = f
        return f
