"""Thirty people in one element: from a key to the others' screens, what it costs the server, and whether all end alike.

    python -m bench.together [--people 30] [--seconds 300] [--workers 2] [--beside-etherpad] [--to bench/results.md]

Real HTTP and streams against `manage.py serve`, each letter an ordinary request; the clients are two processes of their own.
The text has 60,000 characters. Prints the figures; with `--to` their section of a page is written.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.processes import cpu_seconds, descendants, memory_of, web_processes
from bench.report import with_section
from bench.together import etherpad
from bench.together.page import beside, together
from tests.running.places import ROOT, environment_of, manage, well

WORDS = "Words that somebody has thought about for a while. " * 20
SEED = """
import json
from throughline.elements.editing.actions import replace_text
from throughline.elements.setup.actions import begin_element
from throughline.testing import client_of, make_member, make_person, make_school
school, sessions = make_school("Bench School"), []
for number in range({people}):
    person = make_person(f"Writer {{number}}")
    member = make_member(school, person.name, "team", person=person)
    sessions.append(client_of(person).cookies["sessionid"].value)
element = begin_element(kind="call-to-action", title="Why", language="en", outline=[], by=member)
words = {words!r}
content = [{{"type": "paragraph", "content": [{{"type": "text", "text": words}}]}} for _ in range(60)]
version = replace_text(element=element, document={{"type": "doc", "content": content}}, seen=0, by=member)
places, at = [], 0
for _ in content:
    places.append(at + 20)
    at += len(words) + 2
from throughline.elements.editing.queries import text_at
print(json.dumps({{"slug": school.slug, "sessions": sessions, "version": version, "places": places,
                   "document": text_at(element).document}}))
"""
AFTER = """
import hashlib, json
from django.db.models import Sum
from throughline.elements.editing.queries import text_at
from throughline.elements.models import Change, Element, TextState
text = text_at(Element.objects.get())
told = json.dumps(text.document, sort_keys=True)
print(json.dumps({"hash": hashlib.sha256(told.encode()).hexdigest(), "version": text.version,
    "changes": Change.objects.count(), "states": TextState.objects.count(), "text": len(told),
    "steps": sum(len(json.dumps(each)) for each in Change.objects.values_list("steps", flat=True))}))
"""


def main() -> None:
    asked = _asked()
    if asked.beside_etherpad:
        section, equal = _beside(asked)
    else:
        figures = ours(asked)
        print(json.dumps(figures))
        section, equal = together(figures), figures["equal"]
    if asked.to:
        page = asked.to.read_text(encoding="utf-8")
        asked.to.write_text(with_section(page, section), encoding="utf-8")
    sys.exit(0 if equal else 1)


def _beside(asked: argparse.Namespace) -> tuple[str, bool]:
    """By turns; of each the time with the lower p95."""
    if why := etherpad.missing():
        sys.exit(why)
    mine, other = [], []
    with tempfile.TemporaryDirectory(prefix="throughline-etherpad-") as folder:
        etherpad.install(Path(folder))
        for _each in range(asked.rounds):
            mine.append(ours(asked))
            print(json.dumps(mine[-1]), flush=True)
            told = etherpad.theirs(Path(folder), "\n".join([WORDS] * 60), asked)
            late, answers = told.pop("late"), told.pop("answers")
            other.append({**told, "late": parts_of(late), "answer": parts_of(answers)})
            print(json.dumps(other[-1]), flush=True)
    here, there = (min(runs, key=lambda told: told["late"]["p95"]) for runs in (mine, other))
    return beside(here, there, asked.rounds), all(each["equal"] for each in mine + other)


def ours(asked: argparse.Namespace) -> dict[str, Any]:
    """What a server of its own and its clients measured, and whether all have the same text at the end."""
    with tempfile.TemporaryDirectory(prefix="throughline-together-") as var:
        environment = environment_of(Path(var))
        well(manage(environment, "prepare"))
        told = json.loads(
            well(
                manage(
                    environment, "shell", "--no-imports", "-c", SEED.format(people=asked.people, words=WORDS)
                )
            )
        )
        found = measured(environment, told, asked)
        after = json.loads(well(manage(environment, "shell", "--no-imports", "-c", AFTER)))
        size = sum(each.stat().st_size for each in Path(var).glob("throughline.sqlite3*"))
    late, answers = found.pop("late"), found.pop("answers")
    return {
        **found,
        "people": asked.people,
        "seconds": asked.seconds,
        "letters": len(answers),
        "late": parts_of(late),
        "answer": parts_of(answers),
        "equal": found["hashes"] == [after["hash"]],
        "database": size / 1e6,
        **after,
    }


def measured(environment: dict[str, str], told: dict[str, Any], asked: argparse.Namespace) -> dict[str, Any]:
    """Start the server and the clients; what both say."""
    port = int(environment["PORT"])
    command = [sys.executable, "manage.py", "serve", "--workers", str(asked.workers)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        while "Ctrl-C" not in server.stdout.readline():
            assert server.poll() is None
        try:
            numbered = list(enumerate(told["sessions"]))
            common = {
                "port": port,
                "path": f"/s/{told['slug']}/elements/call-to-action/text/",
                "seconds": asked.seconds,
                "after": 2,
                **{name: told[name] for name in ("version", "places", "document")},
            }
            web = web_processes(server.pid)
            before = sum(memory_of(pid)["pss"] for pid in web)
            clients = [_client(environment, {**common, "sessions": numbered[part::2]}) for part in (0, 1)]
            time.sleep(3)
            cpu, begun = cpu_seconds(descendants(server.pid)), time.monotonic()
            for each in clients:
                assert each.stdout and each.stdout.readline() == "measured\n"
            cores = (cpu_seconds(descendants(server.pid)) - cpu) / (time.monotonic() - begun)
            after = sum(memory_of(pid)["pss"] for pid in web)
            whole = sum(memory_of(pid)["pss"] for pid in [server.pid, *descendants(server.pid)])
            parts = [json.loads(each.communicate("go on\n")[0]) for each in clients]
        finally:
            server.terminate()
            server.communicate(timeout=60)
    joined: dict[str, Any] = {
        name: [each for part in parts for each in part[name]] for name in ("late", "answers")
    }
    hashes = sorted({each for part in parts for each in part["hashes"]})
    refused = sum(part["refused"] for part in parts)
    held = {"before": before, "after": after, "whole": whole}
    return {**joined, **held, "hashes": hashes, "refused": refused, "cores": cores}


def _client(environment: dict[str, str], told: dict[str, Any]) -> "subprocess.Popen[str]":
    client = subprocess.Popen(
        [sys.executable, "-m", "bench.together.pens"],
        cwd=ROOT,
        env={**environment, "DJANGO_SETTINGS_MODULE": "throughline.config.settings"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert client.stdin
    client.stdin.write(json.dumps(told) + "\n")
    client.stdin.flush()
    return client


def parts_of(seconds: list[float]) -> dict[str, float]:
    """Milliseconds within which so many percent were."""
    found = statistics.quantiles(seconds, n=100)
    return {f"p{percent}": found[percent - 1] * 1000 for percent in (50, 95, 99)}


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.together", description=__doc__)
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--seconds", type=int, default=300, help="1800 for half an hour")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument(
        "--beside-etherpad", action="store_true", help="install it with npm and measure both by turns"
    )
    parser.add_argument("--rounds", type=int, default=2, help="how often each has its turn beside Etherpad")
    parser.add_argument("--to", type=Path, help="a page to write the section into, such as bench/results.md")
    return parser.parse_args()


if __name__ == "__main__":
    main()
