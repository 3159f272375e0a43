"""The light tree and BeautifulSoup read every page alike: the same facts, field by field."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.demo.city import build
from auditor.model import Body, Capture, Page, Unit
from auditor.read import page as reading
from auditor.read.hidden import hidden_in
from auditor.read.markup import decode, tame
from auditor.read.outline import Outline, outline_of, outline_of_soup
from auditor.read.page import read_page
from auditor.read.tree import grow
from tests.read.made import REAL

BODY = Body("99.71", "Kota Contoh", "kota", "Asia/Jakarta", (Unit("Dinas Kesehatan", ("Dinkes",)),))
# What BeautifulSoup says about pages that are XML or no page at all.
pytestmark = [
    pytest.mark.filterwarnings("ignore::bs4.XMLParsedAsHTMLWarning"),
    pytest.mark.filterwarnings("ignore::bs4.MarkupResemblesLocatorWarning"),
]
REAL_PAGES = sorted(REAL.rglob("*.html"))

AWKWARD = {
    "nested forms": "<form action=/a><input name=q><form action=/b><input type=password></form><input name=z></form>",
    "tables in tables": "<table><caption>L</caption><tr><th>A<th>B<tr><td><table><tr><td><a href=/x>1</a><td>2</table>"
    "<td>3<tr><td>4</table><table><thead><tr><td>h</thead><tbody><tr><td>5</table>",
    "unclosed tags": "<div class=menu><ul><li><a href=/a>A<li>B<p>C<div>D<h2>E<b>F<i>G</b>H</i><td>I</h3></p>",
    "entities": "<title>a&amp;b&nbsp;&lt;c</title><p>&eacute;&#233;&#x110000;&#0;&bogus;&amp&copy 1&#8203;2</p>",
    "comments in text": "<p>satu<!-- dua -->tiga<!---->empat<!-->lima--></p><!doctype x><?php echo 1 ?>enam<!x><?y>",
    "CDATA": "<p>a<![CDATA[ b < c ]]>d</p><svg><![CDATA[e]]>f</svg><script><![CDATA[g]]></script>",
    "pre and textarea": "<pre>\n\n a  b \n<b> \n </b></pre> \n <textarea>\n <p>x</p> \n</textarea>"
    "<p> \t </p><pre><pre> ",
    "template": "<p>a<template><p>b<a href=/t>c</a></template>d</p><template>unclosed <h1>e",
    "ruby": "<h1><ruby>a<rb>b</rb><rp>(</rp><rt>c</rt><rp>)</rp></ruby></h1><rt>d<p>e",
    "svg and math": "<svg viewBox='0 0 1 1'><title>s</title><text>t</text><style>.a{display:none}</style>"
    "<foreignObject><p class=a>f</foreignObject></svg><math><mi>x</mi><annotation-xml><svg/></annotation-xml></math>",
    "duplicate attributes": "<a href=/1 HREF=/2 class=a class=footer>x</a><div id=menu ID=b hidden hidden=2>y</div>",
    "namespaces": "<html xmlns='http://www.w3.org/1999/xhtml' xmlns:v='urn:v' xml:lang=id>"
    "<body><v:a xlink:href=/q>z</v:a>"
    "<svg:rect {x}y=1>w</svg:rect><o:p></o:p><p {urn:a}b=2 {=3 }=4>u</p>",
    "NUL": "<p>a\0b</p><a hr\0ef='/c\0d'>e</a>\0<\0p>",
    "BOM": "\ufeff<title>a</title>\ufeff<p>\ufeff</p>",
    "two BOMs": "\ufeff\ufeff<p>b",
    "several bodies": "<html lang=id><head><title>1</title><body id=menu>a<head><title>2</title></head>"
    "<body class=footer>b<html lang=en><nav>c</nav></body></html><html><body>d<title>3</title>",
    "frameset": "<frameset cols='1,2'><frame src=/a><frame src=/b>"
    "<noframes><body><p>n<a href=/c>c</a></noframes></frameset>",
    "text after the end": "<html><body><p>a</body></html> b <p>c</p> <!-- d --> e",
    "text before the start": " a <!doctype html> b <html> c <head> d <title> e </title> f <body> g",
    "attributes without value": "<input required name><a href>x</a><a href=''>y</a><div hidden>z</div>"
    "<img alt><option value>",
    "many levels": "<div>" * 10_000 + "x" + "</div>" * 10_000,
    "many unclosed paragraphs": "<p><b>" * 3_000 + "<td>" * 2_000,
    "nothing": "",
    "white space": " \n\t ",
    "white space that is not ASCII": "<p>\u00a0</p><p>\u2003\n</p><p>\x1f</p><p>\x0b</p><p>\x85</p>",
    "no tag": "tanpa tag & tanda < kurang > lebih",
    "half a tag": "<p>a<a href='/b",
    "scripts": "<script>var a='<p>b</p>';<!-- c --></script><script type=application/ld+json>{\"datePublished\": "
    '"2026-01-02"}</script><style>.x{display:none}</style><script><script></script>d<script>e',
    "noscript": "<head><noscript><p>a<h2>b</h2></noscript></head><body><noscript><a href=/x>c</a></noscript>",
    "hidden places": "<style>.s,#t{text-indent:-9999px}</style><p class='s r'><a href=/1>a</a></p><p id=t>b</p>"
    "<div style='display:none'><p hidden>c<a href=/2>d</a></p></div><font size=-7>e</font>",
    "labels": "<form><label for=a>A</label><input id=a><label>B <select name=b><option>c</select></label><input "
    "aria-label=C><input placeholder=D><input type=hidden name=e><button>F</button><textarea name=g></textarea></form>",
    "trail": "<nav aria-label=Breadcrumb><ol><li><a href=/>Beranda</a> »<li>DIP</ol></nav>"
    "<main><h1>DIP 2025</h1></main>",
    "regions": "<header><nav>a</nav><main><h1>b</h1></main></header><div class=footer><table><tr><td>c</table></div>"
    "<aside class=sidebar>d<h2>e</h2></aside>"
    "<div role=navigation>f<footer>g</footer></div><footer>h<h3>i</h3></footer>",
    "select": "<select><option>a<optgroup label=b><option>c<div>d</div></select><datalist><option value=/e></datalist>",
    "patients": "<table><tr><th>Nama Pasien<th>NIK<th>Diagnosa<tr><td>Sri Wahyuni<td>3271014101900001<td>Flu</table>",
    "lost closing tags": "</p></div></html><p>a</b></table></form></body><h1>b</h2></h1></br></script></style>",
    "XML that says so": "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><p/>a<br/><td/>b<script/>c",
    "plaintext and listing": "<listing>a</listing><xmp><p>b</xmp><plaintext><p>c</p></plaintext>d",
}


def _assert_read_alike(payload: bytes, url: str = "http://a.localhost/berita/satu") -> None:
    capture = Capture(url, "ppid", datetime(2026, 11, 1, tzinfo=UTC), "ok", 200, "text/html")
    light = read_page(capture, payload, BODY)
    with patch.object(reading, "outline_of", outline_of_soup):
        reference = read_page(capture, payload, BODY)
    for field in fields(Page):
        assert getattr(light, field.name) == getattr(reference, field.name), field.name
    text = tame(decode(payload))
    _assert_outlined_alike(outline_of(text), outline_of_soup(text))


def _assert_outlined_alike(light: Outline, reference: Outline) -> None:
    """Stricter than the facts: every element with its attributes, its words and what it stands in."""
    assert (light.text, light.whole, light.everything) == (reference.text, reference.whole, reference.everything)
    assert light.headings() == reference.headings()
    assert list(light.all) == list(reference.all)
    for kept, wanted in ((light.all, reference.all), (light.main, reference.main)):
        assert {name: len(kept[name]) for name in kept} == {name: len(wanted[name]) for name in wanted}
    for name, elements in reference.all.items():
        for ours, theirs in list(zip(light.all[name], elements, strict=True))[:200]:
            assert dict(ours.attrs) == dict(theirs.attrs)
            assert ours.get_text("|") == theirs.get_text("|")
            assert ours.get_text(strip=True) == theirs.get_text(strip=True)
            assert [one.name for one in ours.find_all(("a", "td", "p"))] == [
                one.name for one in theirs.find_all(("a", "td", "p"))
            ]
            assert len(ours.find_all("td", recursive=False)) == len(theirs.find_all("td", recursive=False))
            above, wanted_above = (one.find_parent(("table", "form", "nav")) for one in (ours, theirs))
            assert (above and above.name) == (wanted_above and wanted_above.name)
    assert hidden_in(light) == hidden_in(reference)


@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD.keys())
def test_awkward_pages_are_read_alike(text: str) -> None:
    _assert_read_alike(text.encode())


@pytest.mark.parametrize("path", REAL_PAGES, ids=[path.name for path in REAL_PAGES])
def test_real_pages_are_read_alike(path: Path) -> None:
    _assert_read_alike(path.read_bytes())


@pytest.mark.parametrize("host", sorted(build(2).hosts))
def test_every_page_of_the_made_city_is_read_alike(host: str) -> None:
    for target, answer in sorted(build(2).hosts[host].pages.items()):
        if answer.media_type == "text/html":
            _assert_read_alike(answer.body, f"http://{host}{target}")


def test_the_light_tree_reads_the_pages_that_there_are() -> None:
    """What it declines costs eight times as much: that must stay the exception."""
    pages = [
        answer.body
        for host in build(2).hosts.values()
        for answer in host.pages.values()
        if answer.media_type == "text/html"
    ]
    assert len(pages) > 100
    assert all(grow(tame(decode(page))) is not None for page in pages)
    declined = sum(grow(tame(decode(path.read_bytes()))) is None for path in REAL_PAGES)
    assert declined <= len(REAL_PAGES) // 10


@pytest.mark.parametrize("name", ["template", "ruby"])
def test_what_holds_words_apart_is_left_to_beautifulsoup(name: str) -> None:
    assert grow(AWKWARD[name]) is None


_TAGS = " ".join(
    (
        "html head body title p div span a b i ul li ol table caption thead tbody tr",
        "td th form input select option textarea pre label button h1 h2 h6 nav header footer main article",
        "section aside script style noscript template svg math ruby rt rp br img meta link base iframe frameset",
        "frame noframes object font center v:a dl dt dd",
    )
).split()
_ATTRIBUTES = (
    "",
    " hidden",
    " class=menu",
    " class='a footer'",
    " id=content",
    " id=a",
    " role=navigation",
    " href=/a",
    " href",
    " href='/b?c=1&amp;d'",
    " style='display:none'",
    " type=password",
    " name=q",
    " for=a",
    " aria-label='Breadcrumb'",
    " name=description content='x y'",
    " xml:lang=id",
    " a=1 A=2",
    " {n}m=1",
    " /",
    " <",
    " '",
)
_WORDS = st.one_of(
    st.sampled_from(
        (
            " ",
            "\n",
            "\t \n",
            "&nbsp;",
            "\u2003",
            "&amp",
            "&#0;",
            "<!-- c -->",
            "<!-->",
            "<![CDATA[ d ]]>",
            "<?pi x?>",
            "\0",
        )
    ),
    st.sampled_from(
        ("<!doctype html>", "\ufeff", "</", "<", "Dokumen DIP 2025", "3271014101900001", "12 Mei 2025", "]]>")
    ),
    st.text(max_size=8),
)
_OPENED = st.builds("<{}{}>".format, st.sampled_from(_TAGS), st.sampled_from(_ATTRIBUTES))
_CLOSED = st.builds("</{}>".format, st.sampled_from(_TAGS))
_SOUP = st.lists(st.one_of(_OPENED, _OPENED, _CLOSED, _WORDS), max_size=40).map("".join)


@settings(max_examples=250, deadline=None)
@given(_SOUP)
def test_tag_soup_is_read_alike(soup: str) -> None:
    _assert_read_alike(soup.encode("utf-8", "replace"))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_alike(payload: bytes) -> None:
    _assert_read_alike(b"<p>" + payload)
