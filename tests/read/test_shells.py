"""Pages that are nothing before their scripts have run, in the shapes of the frameworks; and pages that are not."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from auditor.model import Body, Capture
from auditor.read.page import draws_itself, read_page

REAL = Path(__file__).parents[2].parent / "shared" / "real" / "a_html"
CAPTURE = Capture("https://ppid.go.id/", "s", datetime(2026, 11, 24, tzinfo=UTC), "ok", 200, "text/html")
BODY = Body("99.71", "Kota Contoh", "kota", "Asia/Jakarta")
HEAD = "<!doctype html><html><head><meta charset=utf-8><title>PPID Kota</title>"
SHELLS = {
    "create-react-app": f"{HEAD}</head><body><noscript>You need to enable JavaScript to run this app.</noscript>"
    '<div id="root"></div><script src="/static/js/main.5f1c.js"></script></body>',
    "vite": f'{HEAD}<script type="module" crossorigin src="/assets/index-B1.js"></script></head>'
    '<body><div id="app"></div></body>',
    "vue-cli": f"{HEAD}</head><body><noscript><strong>We're sorry but ppid doesn't work properly without JavaScript "
    "enabled. Please enable it to continue.</strong></noscript><div id=app></div><script src=/js/app.8a.js></script>",
    "angular": f"{HEAD}<base href=/></head><body><app-root></app-root><script src=main.js type=module></script></body>",
    "next-export": f'{HEAD}</head><body><div id="__next"></div><script id="__NEXT_DATA__" type="application/json">'
    '{"props":{"pageProps":{}},"page":"/"}</script><script src="/_next/static/chunks/main.js"></script></body>',
    "nuxt-spa": f'{HEAD}</head><body><div id="__nuxt"><div class="loader">Memuat...</div></div>'
    '<script>window.__NUXT__={}</script><script src="/_nuxt/entry.js"></script></body>',
    "svelte": f'{HEAD}</head><body><div id="svelte"></div><script type=module src="/build/bundle.js"></script></body>',
    "quasar": f"{HEAD}</head><body><div id=q-app></div><script src=/js/app.js></script></body>",
    "bare-script": f"{HEAD}</head><body><script src=/muat.js></script></body>",
    "told-in-indonesian": f"{HEAD}</head><body><p>Aktifkan JavaScript untuk membuka situs ini.</p>"
    "<script src=/a.js></script>",
}
LONG = "<p>" + "Daftar Informasi Publik Kota Contoh memuat dokumen anggaran dan kinerja. " * 12
WHOLE = {
    "server-side-next": f'{HEAD}</head><body><div id="__next"><h1>PPID</h1>{LONG}</div>'
    "<script src=/_next/x.js></script>",
    "jquery-site": f"{HEAD}<script src=/jquery.js></script></head><body><h1>PPID</h1>{LONG}<a href=/dip>DIP</a>",
    "no-scripts": f"{HEAD}</head><body><div id=root></div></body>",
    "noscript-beside-content": f"{HEAD}</head><body><noscript>Please use JavaScript</noscript>{LONG}<script></script>",
}


@pytest.mark.parametrize("name", SHELLS)
def test_a_shell_is_noticed(name: str) -> None:
    payload = SHELLS[name].encode()
    assert read_page(CAPTURE, payload, BODY).nature == "script-only"
    assert draws_itself(CAPTURE, payload)


@pytest.mark.parametrize("name", WHOLE)
def test_a_page_that_says_something_by_itself_is_none(name: str) -> None:
    payload = WHOLE[name].encode()
    assert read_page(CAPTURE, payload, BODY).nature != "script-only"
    assert not draws_itself(CAPTURE, payload)


@pytest.mark.parametrize(
    "path", sorted(REAL.glob("*app*.html")) or [None], ids=lambda path: path.name if path else "none"
)
def test_a_real_shell_is_noticed(path: Path | None) -> None:
    if path is not None and path.name == "pikobar_app.html":
        assert draws_itself(CAPTURE, path.read_bytes())
