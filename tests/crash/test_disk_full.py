"""A disk that is really full under the running product: said in words, nothing typed is lost, and it goes on afterwards."""

import errno
import html
import http.cookiejar
import re
import subprocess
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.conftest import Product, running_product

pytestmark = pytest.mark.crash

PASSWORD = "seven quiet herons"
WORDS = "Amara, who typed for a long time"


@pytest.fixture
def little(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, as large as the product needs and no larger."""
    place = tmp_path / "little"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small file system cannot be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


class Browser:
    """Enough of one to fill in forms."""

    def __init__(self, product: Product) -> None:
        self.address = product.address
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)

    def get(self, path: str) -> tuple[int, str]:
        return self._ask(urllib.request.Request(self.address + path))  # noqa: S310

    def send(self, path: str, **fields: str) -> tuple[int, str]:
        """Fill in the form of a page and send it."""
        _status, page = self.get(path)
        found = re.findall(r'<input type="(?:hidden|text" hidden)" ?name="([^"]+)" value="([^"]*)"', page)
        hidden = {name: html.unescape(value) for name, value in found if name != "as_seen"}
        data = urllib.parse.urlencode({**hidden, **fields}).encode()
        referer = {"Referer": self.address + path}
        return self._ask(urllib.request.Request(self.address + path, data, referer))  # noqa: S310

    def _ask(self, request: urllib.request.Request) -> tuple[int, str]:
        try:
            with self.opener.open(request, timeout=120) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()


def fill(place: Path) -> Path:
    """Leave no byte."""
    ballast = place / "ballast"
    with ballast.open("wb", buffering=0) as out, suppress(OSError):
        while True:
            out.write(bytes(4096))
    with pytest.raises(OSError) as met, (place / "more").open("wb", buffering=0) as out:
        out.write(b"x" * 8192)
    assert met.value.errno == errno.ENOSPC
    return ballast


def test_a_full_disk_under_the_running_product(little: Path) -> None:
    with running_product(little) as product:
        amara = Browser(product)
        status, page = amara.send(
            "/start/",
            kind="school",
            name="Little School",
            language="en",
            time_zone="UTC",
            lead_name="Amara",
            lead_email="amara@example.org",
            password=PASSWORD,
        )
        assert status == 200 and "Amara" in page
        ballast = fill(little)
        answers = [
            amara.send("/me/", name=f"{WORDS} {number}" * 3, language="", time_zone="")
            for number in range(40)
        ]
        full = [page for status, page in answers if status == 507]
        assert {status for status, _page in answers} <= {200, 507}
        assert full, "the disk never became full for the database"
        assert WORDS in full[0] and "The server’s disk is full" in full[0]
        assert amara.get("/me/")[0] == 200
        assert product.get("/healthz")[0] == 200
        ballast.unlink()
        assert amara.send("/me/", name="Amara again", language="", time_zone="")[0] == 200
        assert "Amara again" in amara.get("/me/")[1]
        assert product.get("/healthz")[0] == 200
