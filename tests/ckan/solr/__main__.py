"""A stand-in for Apache Solr, so that a real CKAN can run where Solr cannot be had. Not Solr, not for production.

Answers what CKAN 2.10 and 2.11 ask through pysolr: select, update, ping and the schema, from the standard library only.
Written from those requests and from knowledge of Lucene's syntax; never compared with a real Solr.
Kept as in Solr, because a client of CKAN can see it: query syntax, dismax with mm, facets by count and value, numFound,
start and rows, and status 400 for queries, sorts and dates that Solr refuses.
Not kept: relevance (a weighted count, ties by insertion), stemming beyond a plural s, fuzziness, slop, commits (a
document is visible at once), cursors, grouping, highlighting.
"""

from __future__ import annotations

import argparse
import collections
import json
import os
import signal
import sys
import threading
import time
import urllib.parse
import xml.etree.ElementTree as ET
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

from tests.ckan.solr.index import Index
from tests.ckan.solr.schema import BadRequest, Schema
from tests.ckan.solr.select import select
from tests.ckan.solr.update import update


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "solr_standin/1.0"
    index: Index = None
    log_requests = False
    seen: ClassVar[collections.Counter] = collections.Counter()

    def log_message(self, fmt, *args):
        if self.log_requests:
            sys.stderr.write(f"{self.log_date_time_string()} {fmt % args}\n")

    def reply(self, code, payload, ctype="application/json;charset=utf-8"):
        data = payload.encode("utf-8") if isinstance(payload, str) else json.dumps(payload).encode("utf-8")
        self.send_response(code)
        self.send_header("Content-Type", ctype)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def handle_any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        url = urllib.parse.urlsplit(self.path)
        params = urllib.parse.parse_qs(url.query, keep_blank_values=True)
        path = url.path.rstrip("/")
        ctype = (self.headers.get("Content-Type") or "").lower()
        if body and "form-urlencoded" in ctype:
            for k, v in urllib.parse.parse_qs(body.decode("utf-8"), keep_blank_values=True).items():
                params.setdefault(k, []).extend(v)
        tail = "/".join(path.split("/")[3:])  # /solr/<core>/<tail>
        Handler.seen[tail or path] += 1
        try:
            if path == "/standin":
                return self.reply(
                    200,
                    {
                        "stand_in_for": "Apache Solr",
                        "docs": len(self.index.docs),
                        "requests": dict(Handler.seen),
                        "schema": self.index.schema.name,
                    },
                )
            if tail == "select":
                return self.reply(200, select(self.index, params))
            if tail in ("update", "update/json", "update/json/docs"):
                t0 = time.time()
                update(self.index, body, ctype)
                return self.reply(200, {"responseHeader": {"status": 0, "QTime": int((time.time() - t0) * 1000)}})
            if tail == "admin/ping":
                return self.reply(200, {"responseHeader": {"status": 0, "QTime": 0}, "status": "OK"})
            if tail == "schema" or (tail == "admin/file" and params.get("file") == ["schema.xml"]):
                return self.reply(200, self.index.schema.text, "application/xml;charset=utf-8")
            return self.reply(404, {"error": {"msg": f"solr_standin has no {self.path}", "code": 404}})
        except BadRequest as e:
            return self.reply(
                400, {"responseHeader": {"status": 400, "QTime": 0}, "error": {"msg": str(e), "code": 400}}
            )
        except (ValueError, ET.ParseError, KeyError) as e:
            return self.reply(
                400,
                {"responseHeader": {"status": 400, "QTime": 0}, "error": {"msg": f"bad request: {e!r}", "code": 400}},
            )
        except BrokenPipeError:
            pass
        except Exception as e:  # a bug here: say so loudly, as Solr's 500
            import traceback

            traceback.print_exc()
            return self.reply(
                500, {"responseHeader": {"status": 500}, "error": {"msg": f"stand-in failed: {e!r}", "code": 500}}
            )

    do_GET = do_POST = handle_any  # noqa: N815  (http.server looks for these names)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    disable_nagle_algorithm = True


def main():
    ap = argparse.ArgumentParser(description="stand-in for Apache Solr, for CKAN tests only")
    ap.add_argument("--schema", required=True, help="CKAN's ckan/config/solr/schema.xml")
    ap.add_argument("--db", help="SQLite file that keeps the documents over a restart")
    ap.add_argument("--host", default="127.0.0.1")
    ap.add_argument("--port", type=int, default=8983)
    ap.add_argument("--pidfile")
    ap.add_argument("--log-requests", action="store_true")
    a = ap.parse_args()
    Handler.index = Index(Schema(a.schema), a.db)
    Handler.log_requests = a.log_requests
    Handler.disable_nagle_algorithm = True  # else keep-alive replies wait 40 ms on delayed ACKs
    Handler.wbufsize = 65536  # headers and body in one packet
    srv = Server((a.host, a.port), Handler)
    if a.pidfile:
        with open(a.pidfile, "w") as f:
            f.write(str(os.getpid()))
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=srv.shutdown).start())
    print(
        f"solr stand-in on http://{a.host}:{a.port}/solr/ckan with {len(Handler.index.docs)} documents",
        flush=True,
    )
    srv.serve_forever()
    if Handler.index.db:
        Handler.index.db.close()


if __name__ == "__main__":
    main()
