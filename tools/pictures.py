"""Pictures of real pages for the documentation: `make pictures` builds a demo of its own, takes them and ends it.

    .venv/bin/python -m tools.pictures home         only this one
    … --address http://127.0.0.1:8000               from a demo that runs already

Each picture is a page as one of the demo's people sees it, with few colours, so that it stays small.
"""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tools.system import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "docs" / "pictures"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
         "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip
LARGEST = 200_000


class Picture(NamedTuple):
    """The file's name, who looks, the links that they follow from their home (none: home itself), and the window."""

    name: str
    persona: str
    links: tuple[str, ...] = ()
    width: int = 1240
    height: int = 980
    theme: str = "light"


PICTURES = (
    Picture("overview", "lead", ("Our school’s journey",)),
    Picture("home", "lead", height=720),
    Picture("rate-phone", "registrar", ("Begin rating", "Begin rating"), width=390, height=844),
    Picture("spread-dark", "educator", ("Go to the spread",), theme="dark"),
    Picture("meeting", "educator", ("Go to the spread", "The agenda"), height=860),
    Picture("district", "district", ("Tidewater District", "Schools")),
    Picture("shared-phone", "board", ("Read it",), width=390, height=844),
    Picture("throughline", "lead", ("Elements", "The throughline"), width=1360, height=1000),
    Picture("element-text", "lead", ("Elements", "Who leaves this harbor", "Text"), height=1000),
    Picture("story", "lead", ("Our school’s journey", "The story so far"), height=900),
)


@contextmanager
def demo(given: str) -> Iterator[str]:
    """The address of a demo: the one that is given, or a fresh one that lasts as long as it is needed."""
    if given:
        yield given.rstrip("/")
        return
    with socket.socket() as free, tempfile.TemporaryDirectory(prefix="throughline-pictures-") as var:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        kept = {key: value for key, value in os.environ.items() if not key.startswith("THROUGHLINE_")}
        environment = {**kept, "THROUGHLINE_VAR": var, "THROUGHLINE_DEMO": "1", "PORT": str(port)}
        subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, env=environment, check=True)
        server = subprocess.Popen([sys.executable, "manage.py", "serve"], cwd=ROOT, env=environment)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/readyz")
            yield address
        finally:
            server.terminate()
            server.wait()


def _wait_for(address: str) -> None:
    for _try in range(120):
        try:
            with urllib.request.urlopen(address):  # noqa: S310  (our own server)
                return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("The demo did not start.")


def take(browser: "Browser", address: str, picture: Picture) -> bytes:
    """One page as this person sees it."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.theme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(f"{address}/demo/")
    page.locator(f'form[action="/demo/{picture.persona}/"] button').click()
    page.wait_for_url(f"{address}/")
    for words in picture.links:
        _follow(page, words)
    page.evaluate("document.fonts.ready")
    taken = page.screenshot()
    context.close()
    return taken


def _follow(page: "Page", words: str) -> None:
    exactly = page.get_by_role("link", name=words, exact=True)
    link = exactly if exactly.count() else page.get_by_role("link", name=words)
    link.last.click()
    page.wait_for_load_state("networkidle")


def made_small(taken: bytes) -> bytes:
    """With 128 colours, which is plenty for paper and ink."""
    from PIL import Image  # noqa: PLC0415  (not needed to show the help)

    out = BytesIO()
    Image.open(BytesIO(taken)).convert("RGB").quantize(128, dither=Image.Dither.NONE).save(
        out, "PNG", optimize=True
    )
    return out.getvalue()


def main() -> int:
    """Take every picture, or those that are named."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.pictures", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("names", nargs="*", help="only these pictures")
    parser.add_argument("--address", default="", help="where a demo runs already")
    options = parser.parse_args()
    program = chromium()
    if program is None:
        print("Chromium is missing. On Debian: apt install chromium")
        return 1
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    PLACE.mkdir(parents=True, exist_ok=True)
    with demo(options.address) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(program), args=FLAGS)
        for picture in PICTURES:
            if options.names and picture.name not in options.names:
                continue
            content = made_small(take(browser, address, picture))
            if len(content) > LARGEST:
                print(f"{picture.name}.png has {len(content)} bytes; {LARGEST} are allowed")
                return 1
            (PLACE / f"{picture.name}.png").write_bytes(content)
            print(f"docs/pictures/{picture.name}.png  {len(content) // 1000} kB")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
