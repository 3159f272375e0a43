"""Certificates for `tls.localhost`, made for these tests and trusted by nobody; the key guards nothing."""

from __future__ import annotations

from pathlib import Path

_KEY = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgR/yWJBItCKZEHXpl
5mI3GMoY7KRTlWazqNLL0b9zBqChRANCAAQd0rBY40/3ylkxSIP9Sml8WSnOcvi9
8EaCKKRlLxBfA2uWnhUhV8tslOhZ4RunNj0qj4/NKQU+2i7fuA4+t+Uv
-----END PRIVATE KEY-----
"""

_VALID_TO_2120 = """\
-----BEGIN CERTIFICATE-----
MIIBbjCCAROgAwIBAgIBATAKBggqhkjOPQQDAjAYMRYwFAYDVQQDDA10bHMubG9j
YWxob3N0MCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAwWjAYMRYwFAYD
VQQDDA10bHMubG9jYWxob3N0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEHdKw
WONP98pZMUiD/UppfFkpznL4vfBGgiikZS8QXwNrlp4VIVfLbJToWeEbpzY9Ko+P
zSkFPtou37gOPrflL6NMMEowGAYDVR0RBBEwD4INdGxzLmxvY2FsaG9zdDAPBgNV
HRMBAf8EBTADAQH/MB0GA1UdDgQWBBSYjPAm0fAUmoMszalnBKtN7a2OvDAKBggq
hkjOPQQDAgNJADBGAiEAlu+PIFX3CECRZIdIstjpVMzTNswP68+PMxQvczFI8kEC
IQDqF/bvczCv7K+jujP0177eHT+6pY4K7VNPskSlkmA4cg==
-----END CERTIFICATE-----
"""

_EXPIRED_IN_2021 = """\
-----BEGIN CERTIFICATE-----
MIIBajCCARGgAwIBAgIBAjAKBggqhkjOPQQDAjAYMRYwFAYDVQQDDA10bHMubG9j
YWxob3N0MB4XDTIwMDEwMTAwMDAwMFoXDTIxMDEwMTAwMDAwMFowGDEWMBQGA1UE
AwwNdGxzLmxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABB3SsFjj
T/fKWTFIg/1KaXxZKc5y+L3wRoIopGUvEF8Da5aeFSFXy2yU6FnhG6c2PSqPj80p
BT7aLt+4Dj635S+jTDBKMBgGA1UdEQQRMA+CDXRscy5sb2NhbGhvc3QwDwYDVR0T
AQH/BAUwAwEB/zAdBgNVHQ4EFgQUmIzwJtHwFJqDLM2pZwSrTe2tjrwwCgYIKoZI
zj0EAwIDRwAwRAIgMk54Mb7yjOBjedONSzUn3vWX4c6F3IgLlVKUzOSR6g4CIFxO
XnOGUoK5QO/auVniftN/AkMjpCrT3j/5hDgKoysf
-----END CERTIFICATE-----
"""


def written(directory: Path) -> tuple[str, str, str]:
    """Files: key, self-signed certificate that is valid until 2120, one that expired in 2021."""
    files = [directory / name for name in ("key.pem", "valid.pem", "expired.pem")]
    for file, text in zip(files, (_KEY, _VALID_TO_2120, _EXPIRED_IN_2021), strict=True):
        file.write_text(text)
    return str(files[0]), str(files[1]), str(files[2])
