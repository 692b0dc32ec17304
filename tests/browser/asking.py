"""Asks `tests.browser.world` in the environment of a running product, in one process for all questions."""

import json
import subprocess
import sys
from functools import cache
from typing import Any

from tests.conftest import Product
from tests.running.places import ROOT


def ask_world(product: Product, *arguments: str) -> dict[str, Any]:
    """What the product's data hold."""
    asked = _asked(product.address, tuple(product.environment.items()))
    assert asked.stdin and asked.stdout
    asked.stdin.write(json.dumps(arguments) + "\n")
    asked.stdin.flush()
    answer = asked.stdout.readline()
    assert answer, f"tests/browser/world.py could not say {arguments}: it told why on the standard error"
    found: dict[str, Any] = json.loads(answer)
    return found


@cache
def _asked(_address: str, environment: tuple[tuple[str, str], ...]) -> "subprocess.Popen[str]":
    """A process that answers until nobody is left to ask it."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.browser.world"],
        cwd=ROOT,
        env={**dict(environment), "DJANGO_SETTINGS_MODULE": "throughline.config.settings"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
