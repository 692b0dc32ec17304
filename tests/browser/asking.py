"""Asks `tests.browser.world` in the environment of a running product."""

import json
import subprocess
import sys
from typing import Any

from tests.conftest import ROOT, Product


def ask_world(product: Product, *arguments: str) -> dict[str, Any]:
    """What the product's data hold."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser.world", *arguments],
        cwd=ROOT,
        env={**product.environment, "DJANGO_SETTINGS_MODULE": "throughline.config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found
