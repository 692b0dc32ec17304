"""What each more element that people have open takes in the memory of a web process.

    python -m bench.together.opened [--elements 20] [--to bench/results.md]

One web process. Texts of 60,000 characters are opened one after another by three people each, who read it, listen, and type; all
stay open. The slope of the memory over the elements is what one takes: what the process needs once is no part of it.
"""

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.processes import memory_of, web_processes
from bench.report import with_section
from bench.together.__main__ import WORDS
from bench.together.page import opened
from bench.together.pens import Pen
from tests.running.places import ROOT, environment_of, manage, well

PEOPLE, FIRST, SECONDS = (
    3,
    4,
    4,
)  # people in each; elements after which the slope begins; seconds of typing in each
SEED = """
import json
from throughline.elements.editing.actions import replace_text
from throughline.elements.editing.queries import text_at
from throughline.elements.models import ElementKind
from throughline.elements.setup.actions import begin_element
from throughline.testing import client_of, make_member, make_person, make_school
words, told = {words!r}, []
document = {{"type": "doc", "content": [{{"type": "paragraph", "content": [{{"type": "text", "text": words}}]}}] * 60}}
for number in range({schools}):
    school, sessions = make_school(f"School {{number}}"), []
    for each in range({people}):
        person = make_person(f"Writer {{number}} {{each}}")
        member = make_member(school, person.name, "team", person=person)
        sessions.append(client_of(person).cookies["sessionid"].value)
    for kind in ElementKind.values:
        element = begin_element(kind=kind, title=kind, language="en", outline=[], by=member)
        version = replace_text(element=element, document=document, seen=0, by=member)
        told.append({{"path": f"/s/{{school.slug}}/elements/{{kind}}/text/", "sessions": sessions, "version": version,
            "document": text_at(element).document, "places": [20 + (len(words) + 2) * each for each in range({people})]}})
print(json.dumps(told))
"""


def main() -> None:
    """Measure, print the figures, and write their section when asked."""
    asked = _asked()
    with tempfile.TemporaryDirectory(prefix="throughline-opened-") as var:
        environment = environment_of(Path(var))
        well(manage(environment, "prepare"))
        seed = SEED.format(words=WORDS, schools=-(-asked.elements // 5), people=PEOPLE)
        told = json.loads(well(manage(environment, "shell", "--no-imports", "-c", seed)))[: asked.elements]
        figures = _measured(environment, told)
    print(json.dumps(figures))
    if asked.to:
        page = asked.to.read_text(encoding="utf-8")
        asked.to.write_text(with_section(page, opened(figures)), encoding="utf-8")


def _measured(environment: dict[str, str], told: list[dict[str, Any]]) -> dict[str, Any]:
    command = [sys.executable, "manage.py", "serve", "--workers", "1"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        while "Ctrl-C" not in server.stdout.readline():
            assert server.poll() is None
        try:
            [web] = web_processes(server.pid)
            course, letters = asyncio.run(_open(told, int(environment["PORT"]), web))
        finally:
            server.terminate()
            server.communicate(timeout=60)
    numbers, held = zip(*course[FIRST - 1 :], strict=True)
    slope = statistics.linear_regression(numbers, held).slope
    about = {"people": PEOPLE, "elements": len(told), "from": FIRST, "letters": letters // len(told)}
    return {**about, "slope": slope, "course": course}


async def _open(told: list[dict[str, Any]], port: int, web: int) -> tuple[list[tuple[int, float]], int]:
    """After each element how much the process holds; and how many letters were typed."""
    hearing, pens, course = [], [], []
    for number, element in enumerate(told, start=1):
        here = [
            Pen({**element, "port": port, "pause": 0.1}, session, place)
            for place, session in enumerate(element["sessions"])
        ]
        for pen in here:
            await pen.look("")
            await pen.look("live/")
        hearing += [asyncio.create_task(pen.hear()) for pen in here]
        until = asyncio.get_running_loop().time() + SECONDS
        await asyncio.gather(*(pen.write(until) for pen in here))
        await asyncio.sleep(0.5)
        pens += here
        course.append((number, memory_of(web)["pss"]))
    for each in hearing:
        each.cancel()
    return course, sum(len(pen.answers) for pen in pens)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.together.opened", description=__doc__)
    parser.add_argument("--elements", type=int, default=20)
    parser.add_argument("--to", type=Path, help="a page to write the section into, such as bench/results.md")
    return parser.parse_args()


if __name__ == "__main__":
    main()
