"""What bytes truly are."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.read.sniff import FORMATS, sniff
from tests.read.made import pdf, picture, xlsx


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            content = "application/vnd.oasis.opendocument.spreadsheet" if name == "mimetype" else "x"
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("payload", "kind"),
    [
        (b"", "empty"),
        (b"  \r\n", "empty"),
        (pdf("a"), "pdf"),
        (b"\xef\xbb\xbf junk " + pdf("a"), "pdf"),
        (b"<html><body>unduh %PDF-1.4</body>", "html"),
        (xlsx(("a",)), "xlsx"),
        (zipped("[Content_Types].xml", "word/document.xml"), "docx"),
        (zipped("mimetype", "content.xml"), "ods"),
        (zipped("a.pdf", "b.pdf"), "zip"),
        (b"PK\x03\x04 broken", "zip"),
        (b"Rar!\x1a\x07\x00", "rar"),
        (gzip.compress(b"a", mtime=0), "gz"),
        (picture(), "jpg"),
        (picture("PNG"), "png"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "Workbook".encode("utf-16-le"), "xls"),
        (b"<!DOCTYPE html><html>", "html"),
        (b'<?xml version="1.0"?><!DOCTYPE html><html xmlns="x">', "html"),
        (b'<?xml version="1.0"?><urlset>', "xml"),
        (b'{"a": [1]}', "json"),
        (b'{"type": "FeatureCollection", "features": []}', "geojson"),
        (b"{rusak", "text"),
        (b"tahun;jumlah\n2024;1\n2025;2\n", "csv"),
        ("tahun,jumlah\n2024,1\n".encode("utf-16"), "csv"),
        (b"Kepada Yth, warga, dan semua pihak yang terkait.\nDengan hormat, kami sampaikan, bahwa\n", "text"),
        (bytes(range(256)) * 3, "binary"),
    ],
)
def test_bytes_tell_what_they_are(payload: bytes, kind: str) -> None:
    assert sniff(payload) == kind


@given(st.binary(max_size=300))
def test_every_answer_is_a_known_one(payload: bytes) -> None:
    assert sniff(payload) in FORMATS
