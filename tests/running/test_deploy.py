"""What the production page has people copy fits the program and the page."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from tests.architecture.tree import ROOT
from throughline.frameworks.limits import MOST_MB

DEPLOY = ROOT / "deploy"
PAGE = (ROOT / "docs" / "running" / "production.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```\n(.*?)^```", PAGE, flags=re.M | re.S)
UNITS = sorted((DEPLOY / "systemd").iterdir())


def lines() -> list[str]:
    """Every command of the page."""
    return [line for block in BLOCKS for line in block.splitlines() if line]


def value(unit: Path, name: str) -> str:
    found = re.search(rf"^{name}=(.*)$", unit.read_text(), flags=re.M)
    assert found, f"{unit.name} has no {name}"
    return found[1]


def test_every_command_of_ours_on_the_page_is_one_and_takes_its_options() -> None:
    ours = [shlex.split(line)[1:] for line in lines() if line.startswith("throughline ")]
    assert {words[0] for words in ours} >= {"prepare", "doctor", "backup", "restore"}
    from django.core.management import load_command_class

    for words in ours:
        app = get_commands()[words[0]]
        load_command_class(str(app), words[0]).create_parser("manage.py", words[0]).parse_args(words[1:])


def test_every_file_of_ours_that_the_page_copies_is_there() -> None:
    named = {name for line in lines() for name in re.findall(r"/srv/throughline/([\w./-]+)\*?", line)}
    assert len(named) >= 5
    for name in named:
        assert list(ROOT.glob(f"{name}*")), name


def test_the_program_of_each_unit_is_what_the_page_installs() -> None:
    for unit in UNITS:
        if unit.suffix != ".service":
            continue
        for name in ("ExecStart", "ExecStartPre"):
            if name == "ExecStartPre" and "backup" in unit.name:
                continue
            program, script, command, *rest = shlex.split(value(unit, name))
            assert (program, script) == ("/srv/throughline/.venv/bin/python", "manage.py")
            from django.core.management import load_command_class

            found = load_command_class(str(get_commands()[command]), command)
            found.create_parser("manage.py", command).parse_args(rest)
        assert value(unit, "UMask") == "0077"
        assert value(unit, "User") == "throughline" and "useradd" in PAGE
        assert value(unit, "EnvironmentFile") == "/etc/throughline/environment"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    for unit in UNITS:
        # The program of the unit is not installed on this machine; another one stands in for it.
        text = unit.read_text().replace("/srv/throughline/.venv/bin/python", "/bin/true")
        (tmp_path / unit.name).write_text(
            text.replace("/srv/throughline", "/").replace("file:////", "file:///")
        )
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *map(str, sorted(tmp_path.iterdir()))],
        capture_output=True,
        text=True,
        check=False,
    )
    complaints = [line for line in done.stderr.splitlines() if "throughline" in line]
    assert complaints == []
    assert done.returncode == 0, done.stderr


def test_the_example_of_settings_is_read_alike_by_systemd_and_by_a_shell() -> None:
    text = (DEPLOY / "environment.example").read_text()
    given = [line for line in text.splitlines() if line and not line.startswith("# ")]
    assert len(given) >= 8
    for line in given:
        assert re.fullmatch(r"#?[A-Z_]+='[^'\\$`]*'", line), line
    described = set(
        re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs/running/settings.md").read_text(), flags=re.M)
    )
    assert {line.lstrip("#").split("=")[0] for line in given} <= described


def test_the_proxies_let_in_what_the_program_takes_and_believe_nothing_of_visitors() -> None:
    nginx, caddy = (DEPLOY / "nginx.conf").read_text(), (DEPLOY / "Caddyfile").read_text()
    most = max(MOST_MB, settings.UPLOAD_LIMIT_MB)
    for found in (re.search(r"client_max_body_size (\d+)m;", nginx), re.search(r"max_size (\d+)MB", caddy)):
        assert found and int(found[1]) > most
    assert "X-Forwarded-For $remote_addr;" in nginx and "X-Forwarded-Proto $scheme;" in nginx
    assert "add_x_forwarded_for" not in nginx
    assert nginx.count("access_log off;") == 2 and "log" not in re.sub(r"#.*", "", caddy)


def test_an_image_holds_neither_data_nor_secrets() -> None:
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert {".git", ".venv", "var", "**/.env", "**/environment", "**/*.sqlite3*", "**/secret-key"} <= set(
        ignored
    )
    docker = (DEPLOY / "Dockerfile").read_text()
    assert docker.index("\nUSER throughline") < docker.index("\nCMD")
