"""Where the bytes behind a drive's viewer are."""

import pytest

from auditor.collect.drives import download_address

ID = "1AbCdEfGhIjKlMnOp"
DOWNLOAD = f"https://drive.google.com/uc?export=download&id={ID}"


@pytest.mark.parametrize(
    ("shown", "bytes_at"),
    [
        (f"https://drive.google.com/file/d/{ID}/view?usp=sharing", DOWNLOAD),
        (f"https://drive.google.com/file/d/{ID}", DOWNLOAD),
        (f"https://drive.google.com/open?id={ID}", DOWNLOAD),
        (f"https://docs.google.com/document/d/{ID}/edit#heading", f"https://docs.google.com/document/d/{ID}/export?format=pdf"),
        (f"https://docs.google.com/spreadsheets/d/{ID}/", f"https://docs.google.com/spreadsheets/d/{ID}/export?format=xlsx"),
        ("https://www.dropbox.com/s/x/dpa.pdf?dl=0", "https://www.dropbox.com/s/x/dpa.pdf?dl=1"),
        ("https://view.officeapps.live.com/op/view.aspx?src=https%3A%2F%2Fppid.x.go.id%2Fa.xlsx", "https://ppid.x.go.id/a.xlsx"),
    ],
)  # fmt: skip
def test_a_viewer_is_read_through_its_download_address(shown: str, bytes_at: str) -> None:
    assert download_address(shown) == bytes_at
    assert download_address(bytes_at) == bytes_at


@pytest.mark.parametrize(
    "url",
    [
        f"https://drive.google.com/drive/folders/{ID}",
        "https://ppid.contoh.go.id/file/d/12345678/view",
        "https://bit.ly/RKADPKH2023",
        "https://[broken/file/d/1",
        "",
    ],
)
def test_what_is_no_viewer_stays_as_it_is(url: str) -> None:
    assert download_address(url) == url
