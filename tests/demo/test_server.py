"""The server in front of Kota Contoh: what a polite client relies on."""

from __future__ import annotations

import http.client
import json
import threading

import pytest

from auditor.demo.city import build
from auditor.demo.server import serve


def test_it_keeps_the_connection_and_tells_hosts_apart(ask, running):
    assert b"PPID Kota Contoh" in ask("ppid", "/").body
    assert b"Portal Data Kota Contoh" in ask("data", "/").body
    assert ask("entah", "/").status == 404
    assert [access.host.split(".")[0] for access in running.log] == ["ppid", "data", "entah"]


def test_head_has_the_length_but_no_body(ask):
    whole, head = ask("ppid", "/kontak"), ask("ppid", "/kontak", method="HEAD")
    assert head.status == 200
    assert head.body == b""
    assert head.headers["content-length"] == str(len(whole.body))


def test_the_port_stands_in_the_links_between_hosts(ask, running):
    page = ask("ppid", "/").body.decode()
    assert f"http://www.kotacontoh.localhost:{running.port}/" in page
    assert "{port}" not in page


def test_a_file_that_did_not_change_is_not_sent_again(ask):
    first = ask("ppid", "/storage/sk/SK_PPID_2025.pdf")
    assert first.headers["last-modified"] == "Thu, 20 Mar 2025 12:00:00 GMT"
    again = ask("ppid", "/storage/sk/SK_PPID_2025.pdf", If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert ask("ppid", "/storage/sk/SK_PPID_2025.pdf", If_None_Match='"other"').status == 200
    by_date = ask("ppid", "/storage/sk/SK_PPID_2025.pdf", If_Modified_Since=first.headers["last-modified"])
    assert by_date.status == 304


def test_nothing_can_be_posted(ask, running):
    assert ask("ppid", "/layanan/permohonan-informasi", method="POST").status == 405
    assert [access.method for access in running.log] == ["POST"]


def test_the_log_shows_requests_of_one_host_at_the_same_time():
    class Slow(dict):
        """A table of pages whose look-up waits until two requests are in it."""

        gate = threading.Barrier(2, timeout=5)

        def get(self, key, default=None):
            self.gate.wait()
            return super().get(key, default)

    city = build(1)
    host = city.hosts["covid.kotacontoh.localhost"]
    object.__setattr__(host, "pages", Slow(host.pages))
    with serve(city) as running:

        def one() -> None:
            connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=5)
            connection.request("GET", "/", headers={"Host": "covid.kotacontoh.localhost"})
            assert connection.getresponse().read()
            connection.close()

        threads = [threading.Thread(target=one) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(access.in_flight for access in running.log) == [1, 2]


def test_the_night_can_be_changed_while_it_runs(ask, running):
    assert ask("ppid", "/lhkpn").status == 200
    assert ask("disdik", "/").status == 200
    running.set_night(2)
    assert ask("ppid", "/lhkpn").status == 404
    assert {ask("disdik", path).status for path in ("/", "/robots.txt", "/dokumen/")} == {503}


@pytest.mark.parametrize(
    ("query", "names"),
    [("rows=2&start=16", 2), ("rows=0", 0), ("rows=1000", 18), ("start=18", 0), ("", 10)],
)
def test_the_catalogue_is_listed_in_parts(ask, query, names):
    found = json.loads(ask("data", f"/api/3/action/package_search?{query}").body)
    assert found["success"] is True
    assert found["result"]["count"] == 18
    assert len(found["result"]["results"]) == names


def test_the_api_answers_like_ckan(ask, running):
    assert json.loads(ask("data", "/api/3/action/status_show").body)["result"]["ckan_version"]
    names = json.loads(ask("data", "/api/3/action/package_list").body)["result"]
    record = json.loads(ask("data", f"/api/3/action/package_show?id={names[0]}").body)["result"]
    assert record["name"] == names[0]
    assert record["resources"][0]["url"].startswith(f"http://data.kotacontoh.localhost:{running.port}/dataset/")
    owners = json.loads(ask("data", "/api/3/action/organization_list?all_fields=true").body)["result"]
    assert sum(owner["package_count"] for owner in owners) == 18
    missing = ask("data", "/api/3/action/package_show?id=tidak-ada")
    assert missing.status == 404
    assert json.loads(missing.body)["error"]["__type"] == "Not Found Error"
    assert ask("data", "/api/3/action/entah").status == 400
