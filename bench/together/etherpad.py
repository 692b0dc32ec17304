"""Etherpad 1.8.14, the newest that the npm registry has, measured like our own server (`__main__.py`).

It is installed with npm into a temporary folder when it is asked for; nothing of it is kept here. The same people, letters and
text; its server keeps its usual file of its own (dirtyDB), and its look for updates is switched off.
"""

import hashlib
import json
import os
import shutil
import subprocess
import time
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

from bench.processes import cpu_seconds, descendants, memory_of
from bench.together.pens import GATHERED
from tests.running.places import ROOT
from tools.postgres import free_port

VERSION = "1.8.14"
PAD = "bench"
NO_UPDATES = "exports.check = exports.needsUpdate = () => {};\nexports.getLatestVersion = () => undefined;\n"


def missing() -> str | None:
    """Why it cannot be measured here, if so."""
    return (
        None if shutil.which("npm") and shutil.which("node") else "Etherpad is left out: there is no Node.js."
    )


def install(folder: Path) -> None:
    """Lay it out as it wants to lie: its own code in `src`, with what it needs beside it."""
    subprocess.run(
        ["npm", "install", "--prefix", str(folder), "--no-audit", "--no-fund", f"ep_etherpad-lite@{VERSION}"],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    (folder / "node_modules" / "ep_etherpad-lite").rename(folder / "src")
    (folder / "node_modules").rename(folder / "src" / "node_modules")
    (folder / "node_modules").mkdir()
    (folder / "node_modules" / "ep_etherpad-lite").symlink_to("../src")
    (folder / "src" / "node" / "utils" / "UpdateCheck.js").write_text(NO_UPDATES)
    (folder / "var").mkdir()


def theirs(folder: Path, text: str, asked: Any) -> dict[str, Any]:
    """What its server and clients measured, in a fresh pad with this text."""
    port = free_port()
    (folder / "var" / "dirty.db").unlink(missing_ok=True)
    settings = {
        "ip": "127.0.0.1",
        "port": port,
        "dbType": "dirty",
        "dbSettings": {"filename": "var/dirty.db"},
        "loglevel": "WARN",
        "commitRateLimiting": {"duration": 1, "points": 1000},
    }
    (folder / "settings.json").write_text(json.dumps(settings))
    environment = {**os.environ, "NODE_ENV": "production"}
    command = ["node", "src/node/server.js"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=quiet, stderr=quiet) as server:
        try:
            _wait(port)
            _api(folder, port, "createPad", padID=PAD, text=text)
            found = _measured(folder, port, server.pid, asked)
            told = _api(folder, port, "getText", padID=PAD)["text"]
        finally:
            server.terminate()
    found["named"] = VERSION
    found["equal"] = found.pop("hashes") == [hashlib.sha256(told.encode()).hexdigest()]
    return found


def _measured(folder: Path, port: int, server: int, asked: Any) -> dict[str, Any]:
    before = memory_of(server)["pss"]
    told = {
        "port": port,
        "pad": PAD,
        "people": asked.people,
        "seconds": asked.seconds,
        "gathered": GATHERED * 1000,
        "after": 2,
    }
    pipe = subprocess.PIPE
    command = ["node", str(ROOT / "bench" / "together" / "etherpad_pens.js"), str(folder)]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as pens:
        assert pens.stdin and pens.stderr
        pens.stdin.write(json.dumps(told))
        pens.stdin.close()
        assert pens.stderr.readline() == "writing\n"
        processes = [server, *descendants(server)]
        time.sleep(1)
        cpu, begun = cpu_seconds(processes), time.monotonic()
        assert pens.stderr.readline() == "written\n"
        cores = (cpu_seconds(processes) - cpu) / (time.monotonic() - begun)
        whole = sum(memory_of(pid)["pss"] for pid in processes)
        assert pens.stdout
        found: dict[str, Any] = json.loads(pens.stdout.read())
    return {**found, "cores": cores, "before": before, "whole": whole}


def _wait(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/api", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError("Etherpad did not start")


def _api(folder: Path, port: int, verb: str, **told: str) -> dict[str, Any]:
    key = (folder / "APIKEY.txt").read_text().strip()
    data = urllib.parse.urlencode({"apikey": key, **told}).encode()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/1.2.14/{verb}", data) as answer:
        found = json.load(answer)
    assert found["code"] == 0, found
    return found["data"] or {}
