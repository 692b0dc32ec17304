"""With production settings, Django's own deployment checks find nothing, and a missing secret is said, not guessed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

PRODUCTION = {
    "THROUGHLINE_PRODUCTION": "1",
    "THROUGHLINE_SECRET_KEY": "k" + "9x7Qv2mZ" * 8,
    "THROUGHLINE_HOSTS": "journey.example.org",
    "THROUGHLINE_ADDRESS": "https://journey.example.org",
}


def manage(var: Path, *words: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("THROUGHLINE_", "DATABASE_URL", "PORT"))}
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env={**kept, "THROUGHLINE_VAR": str(var), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_deployment_checks_find_nothing(tmp_path: Path) -> None:
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "DEBUG", **PRODUCTION)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize("missing", ["THROUGHLINE_SECRET_KEY", "THROUGHLINE_HOSTS", "THROUGHLINE_ADDRESS"])
def test_production_does_not_start_without_what_cannot_be_guessed(tmp_path: Path, missing: str) -> None:
    given = {name: value for name, value in PRODUCTION.items() if name != missing}
    done = manage(tmp_path, "check", **given)
    assert done.returncode != 0
    assert f"In production {missing} must" in done.stderr


def test_nothing_of_the_demo_is_reachable_in_production(tmp_path: Path) -> None:
    asks = "from django.conf import settings as s; print(s.DEMO, s.DEBUG, s.GALLERY)"
    wished = {"THROUGHLINE_DEMO": "1", "THROUGHLINE_DEBUG": "1"}
    done = manage(tmp_path, "shell", "--no-imports", "-c", asks, **PRODUCTION, **wished)
    assert done.stdout.split() == ["False", "False", "False"], done.stderr


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({}, "False False"),
        ({"THROUGHLINE_HSTS_SUBDOMAINS": "1"}, "True False"),
        ({"THROUGHLINE_HSTS_PRELOAD": "1"}, "True True"),
    ],
)
def test_other_domains_are_spoken_for_only_on_request(
    tmp_path: Path, asked: dict[str, str], told: str
) -> None:
    asks = "from django.conf import settings as s; print(s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SECURE_HSTS_PRELOAD)"
    done = manage(tmp_path, "shell", "--no-imports", "-c", asks, **PRODUCTION, **asked)
    assert done.stdout.strip() == told, done.stderr
