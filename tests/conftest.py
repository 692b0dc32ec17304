"""For tests from outside: the real product on a port of its own, and a real browser."""

import json
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.installations import prepared
from tests.running.places import ROOT, environment_of, manage, well
from tests.running.snippets import run_snippet
from tools.system import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

# How long to wait for what must come, in milliseconds: on a busy machine nothing is wrong with what comes late.
PATIENCE = 60_000
CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
                  "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip


@dataclass
class Product:
    """A running Throughline: server and worker, with its own data."""

    address: str
    environment: dict[str, str]
    process: "subprocess.Popen[str]"

    def manage(self, *arguments: str) -> str:
        """Run a management command on the same data."""
        return well(manage(self.environment, *arguments))

    def shell(self, code: str) -> str:
        """What a few lines of Python in the product print."""
        return well(run_snippet(self.environment, code))

    def get(self, path: str) -> tuple[int, bytes]:
        """Fetch a page without a browser, as a stranger."""
        with urllib.request.urlopen(self.address + path) as answer:  # noqa: S310
            return answer.status, answer.read()


@contextmanager
def running_product(var: Path, **variables: str) -> Iterator[Product]:
    """Serve a copy of what was prepared once in this run. A folder that has something in it is prepared as it is."""
    if var.exists() and any(var.iterdir()):
        well(manage(environment_of(var, **variables), "prepare"))
    else:
        shutil.copytree(prepared(demo="THROUGHLINE_DEMO" in variables), var, dirs_exist_ok=True)
    with served(var, **variables) as product:
        yield product


@contextmanager
def served(var: Path, **variables: str) -> Iterator[Product]:
    """On a free port; everything is stopped again, and what the server said is kept in `var/log`."""
    environment = environment_of(var, **variables)
    with (var / "log").open("a") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        try:
            wait_for_greeting(process, var / "log")
            yield Product(f"http://127.0.0.1:{environment['PORT']}", environment, process)
        finally:
            process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.communicate(timeout=120)
            process.kill()


def wait_for_greeting(process: "subprocess.Popen[str]", log: Path) -> None:
    """`serve` says that it is ready only when database and worker are."""
    assert process.stdout is not None
    for line in process.stdout:
        if "ready at" in line:
            return
    raise AssertionError(f"The product did not start:\n{log.read_text()[-4000:]}")


@pytest.fixture(scope="session")
def product() -> Iterator[Product]:
    """The product with its demo school. Tests share it: make what you change your own."""
    with (
        tempfile.TemporaryDirectory(prefix="throughline-product-") as var,
        running_product(Path(var), THROUGHLINE_DEMO="1") as running,
    ):
        yield running


@pytest.fixture(scope="session")
def chromium_browser() -> "Iterator[Browser]":
    """Debian's Chromium, driven by Playwright."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    program = chromium()
    assert program, "Chromium is missing. On Debian: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(program), args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def window(chromium_browser: "Browser", product: Product) -> "Iterator[BrowserContext]":
    """A fresh window, as of a person who has never been here. Its pages may use addresses without the host."""
    context = chromium_browser.new_context(
        base_url=product.address, viewport={"width": 1280, "height": 800}, reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def page(window: "BrowserContext") -> "Iterator[Page]":
    """One page of that window; an error in a script of the page fails the test."""
    page = window.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert errors == [], "a script of the page failed"


def ready_parts(product: Product) -> dict[str, str]:
    """What `/readyz` says of each part."""
    parts: dict[str, str] = json.loads(product.get("/readyz")[1])["parts"]
    return parts
