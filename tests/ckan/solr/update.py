"""`/update`: adding and deleting, in JSON and in XML."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

from tests.ckan.solr.schema import BadRequest


def update(ix, body, ctype):
    text = body.decode("utf-8").strip()
    if not text:
        return
    if "xml" in ctype or text.startswith("<"):
        root = ET.fromstring(text)
        if root.tag == "delete":
            qs = [e.text or "" for e in root.findall("query")]
            ids = [e.text or "" for e in root.findall("id")]
            ix.delete(ids)
            for q in qs:
                ix.delete(query=q)
        elif root.tag == "add":
            docs = []
            for d in root.findall("doc"):
                doc = {}
                for f in d.findall("field"):
                    name = f.get("name")
                    doc[name] = (
                        f.text or ""
                        if name not in doc
                        else (doc[name] if isinstance(doc[name], list) else [doc[name]]) + [f.text or ""]
                    )
                docs.append(doc)
            ix.add(docs)
        elif root.tag not in ("commit", "optimize", "rollback"):
            raise BadRequest(f"Unexpected root element in update: {root.tag}")
        return
    data = json.loads(text)
    if isinstance(data, list):
        ix.add(data)
        return
    for verb, arg in data.items():
        if verb == "add":
            ix.add([arg["doc"]])
        elif verb == "delete":
            if isinstance(arg, dict):
                ix.delete([arg["id"]] if "id" in arg else (), arg.get("query"))
            else:
                ix.delete(arg if isinstance(arg, list) else [arg])
        elif verb not in ("commit", "optimize", "rollback"):
            raise BadRequest(f"Unknown command '{verb}'")
