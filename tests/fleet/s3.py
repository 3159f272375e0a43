"""A server that speaks S3, in a process of its own on loopback; it can go away and come back."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass

from tests.fleet.made import until

BUCKET = "bukti"


@dataclass
class S3:
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        if not self.port:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                self.port = probe.getsockname()[1]
        self.process = subprocess.Popen(
            [sys.executable, "-c", "import sys; from moto.server import main; main()", "-H", "127.0.0.1",
             "-p", str(self.port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        until(self._answers)
        self.asked("PUT", f"/{BUCKET}")

    def _answers(self) -> bool:
        try:
            return self.asked("GET", "/") == 200
        except OSError:
            return False

    def asked(self, method: str, path: str, body: bytes | None = None) -> int:
        """One plain request to the server; its status."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=body, method=method)
        # Moto reads whom a request is for from the credential's scope; it checks no signature.
        request.add_header("Authorization", "AWS4-HMAC-SHA256 Credential=uji/20261101/us-east-1/s3/aws4_request")
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    @property
    def environment(self) -> dict[str, str]:
        return {
            "AWS_ACCESS_KEY_ID": "uji",
            "AWS_SECRET_ACCESS_KEY": "rahasia",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self.port}",
            "AWS_MAX_ATTEMPTS": "1",
            "HOME": os.environ.get("HOME", "/"),
        }
