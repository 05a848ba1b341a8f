"""The lines that an operator uncomments."""

import re
import shutil
import ssl
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from .proxy import Proxy, listening_port

pytestmark = pytest.mark.slow


class Secured(Proxy):
    """With the TLS lines in force, and a certificate of its own."""

    def __init__(self, origin: int, place: Path) -> None:
        super().__init__(origin, place)
        self.secured_port = listening_port()

    def configuration(self) -> str:
        text = super().configuration()
        key, certificate = self.place / "key.pem", self.place / "certificate.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
             "-nodes", "-keyout", key, "-out", certificate, "-subj", "/CN=localhost",
             "-addext", "subjectAltName=DNS:localhost"],
            check=True, capture_output=True,
        )  # fmt: skip
        text, lines = re.subn(r"# (?=(listen .*443|ssl_|add_header Strict))", "", text)
        assert lines == 7
        text = re.sub(r"listen \[::\]:443.*", "", text)
        text = text.replace("listen 443 ", f"listen 127.0.0.1:{self.secured_port} ")
        text = re.sub(r"ssl_certificate .*;", f"ssl_certificate {certificate};", text)
        return re.sub(r"ssl_certificate_key .*;", f"ssl_certificate_key {key};", text)


@pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl to make a certificate")
def test_the_tls_lines_are_ready_to_be_uncommented(tmp_path: Path) -> None:
    with Secured(listening_port(), tmp_path / "nginx") as proxy:
        trust = ssl.create_default_context(cafile=proxy.place / "certificate.pem")
        with pytest.raises(urllib.error.HTTPError) as refusal:  # nobody is behind it
            urllib.request.urlopen(f"https://localhost:{proxy.secured_port}/", context=trust)
    assert refusal.value.code == 503
