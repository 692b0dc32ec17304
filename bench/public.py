"""Pages that everyone reads: the page for families as it is kept, as it is made, and the public page of a framework, in turns.

python -m bench.public [--quick]
"""

import json
import subprocess
import sys
import time
from datetime import timedelta
from statistics import median, quantiles
from typing import Any

from django.core.management import call_command

import throughline.config.wsgi  # noqa: F401  (sets up as the web server does)

CLIENTS = 2  # processes, as many as the cores that they share with the server
LINES = 8  # connections of each, kept open
AS_MADE = "theme=dark"  # a cookie with which nothing is kept
ENTRIES = 6


def main() -> None:
    """Prepare an empty database and a school, measure, and print the figures as JSON. Or be one of the clients."""
    if sys.argv[1:2] == ["--client"]:
        port, path, cookie, seconds = sys.argv[2:6]
        print(json.dumps(_asks(int(port), path, cookie, float(seconds))))
        return
    call_command("prepare", stdout=sys.stderr)
    print(json.dumps(measure_public(0.5 if "--quick" in sys.argv[1:] else 5.0)))


def measure_public(seconds: float) -> dict[str, Any]:
    """Requests per second of each page, the better of two turns, through the server as `manage.py serve` starts it."""
    from bench.load import served

    family, framework = _prepared()
    asked = {"kept": (family, ""), "made": (family, AS_MADE), "framework": (framework, "")}
    found: dict[str, list[dict[str, float]]] = {name: [] for name in asked}
    with served(quiet=True) as port:
        for path, cookie in asked.values():
            _together(port, path, cookie, seconds / 4)
        for _turn in range(2):
            for name, (path, cookie) in asked.items():
                found[name].append(_together(port, path, cookie, seconds))
    return {name: max(turns, key=lambda each: each["per_second"]) for name, turns in found.items()}


def _prepared() -> tuple[str, str]:
    """A published page for families in two languages that follows six actions, with five answers; a framework that is open."""
    from bench.building import build
    from bench.sizes import BASE, Size
    from throughline.kit import clock
    from throughline.kit.ids import opaque_id
    from throughline.plans.doing.actions import add_action
    from throughline.plans.families.actions.asking import answer_question, ask
    from throughline.plans.families.actions.translating import Typed, translate_page
    from throughline.plans.families.actions.writing import begin_page, open_page, publish_page, write_section
    from throughline.plans.families.sections import SECTIONS
    from throughline.plans.families.translations import to_translate

    lead = build(Size(2, 1, BASE.items)).people[0]
    page = begin_page(language="en", by=lead)
    words = "Your child can try again when it is not ready yet, and a teacher says what comes next. "
    for section in SECTIONS:
        told: dict[str, Any] = {field.name: words * min(field.lines, 3) for field in section.fields}
        told["year"] = "2026–27"
        told["items"] = []
        for number in range(ENTRIES if section.item else 0):
            entry = {"title": f"What changes, number {number}", "text": words * 2, "for_whom": "Grade 9"}
            if section.key == "changes":
                due = clock.today() + timedelta(days=30 * number)
                entry["tie"] = f"action:{add_action(title='Inside', due_on=due, by=lead).pk}"
            told["items"].append(entry)
        write_section(page=page, section=section.key, told=told, by=lead)
    publish_page(page=page, by=lead)
    page = open_page(page=page, way="everyone", may_be_found=False, takes_questions=True, by=lead)
    typed = {each.name: Typed(f"En español: {each.text}", None) for each in to_translate(page, "es")}
    translate_page(page=page, language="es", typed=typed, by=lead)
    for number in range(5):
        asked = ask(page=page, text=f"Why {number}?", language="en", key=opaque_id(), address="192.0.2.1")
        answer_question(question=asked, wording="", answer=words, by=lead)
    return f"/families/{lead.organisation.slug}/?in=es", _framework()


def _framework() -> str:
    from django.urls import reverse

    from throughline.frameworks.models import FrameworkVersion

    shipped = FrameworkVersion.objects.filter(framework__owner=None).select_related("framework")
    version = shipped.filter(framework__code="journeys-to-mastery-learning").latest("published_at")
    known = {"framework": version.framework.code, "number": version.number}
    return reverse("frameworks:public-version", kwargs=known)


def _together(port: int, path: str, cookie: str, seconds: float) -> dict[str, float]:
    """What the clients get together."""
    command = [sys.executable, "-m", "bench.public", "--client", str(port), path, cookie, str(seconds)]
    clients = [subprocess.Popen(command, stdout=subprocess.PIPE) for _each in range(CLIENTS)]
    told = [json.loads(each.communicate()[0]) for each in clients]
    return {
        "per_second": sum(each["answered"] / each["took"] for each in told),
        "median": median(each["median"] for each in told),
        "p95": max(each["p95"] for each in told),
        "bytes": told[0]["bytes"],
        "failed": sum(each["failed"] for each in told),
    }


def _asks(port: int, path: str, cookie: str, seconds: float) -> dict[str, float]:
    """One client: on each of its lines a request, then the answers, read whole, until the time is over."""
    import socket

    told = (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: gzip\r\nAccept-Language: es\r\n"
    )
    request = (told + (f"Cookie: {cookie}\r\n" if cookie else "") + "\r\n").encode()
    lines = [socket.create_connection(("127.0.0.1", port), timeout=30) for _each in range(LINES)]
    readers = [line.makefile("rb") for line in lines]
    waited, failed, size = [], 0, 0
    begun = time.perf_counter()
    while time.perf_counter() < begun + seconds:
        sent = time.perf_counter()
        for line in lines:
            line.sendall(request)
        for reader in readers:
            status, size = _answer(reader)
            failed += status != b"200"
            waited.append((time.perf_counter() - sent) * 1000)
    return {
        "answered": len(waited),
        "took": time.perf_counter() - begun,
        "median": median(waited),
        "p95": quantiles(waited, n=20)[-1],
        "bytes": size,
        "failed": failed,
    }


def _answer(reader: Any) -> tuple[bytes, int]:
    """The status of one answer and how long its body is."""
    status, size = reader.readline().split()[1], 0
    while (header := reader.readline()) != b"\r\n":
        name, _colon, value = header.partition(b":")
        if name.lower() == b"content-length":
            size = int(value)
    return status, len(reader.read(size))


if __name__ == "__main__":
    main()
