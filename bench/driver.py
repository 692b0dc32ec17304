"""Builds and measures inside one tree what `beside.py` asks for: one JSON list per line in, one JSON value per line out.

python -P bench/driver.py, with PYTHONPATH and the working folder in the tree to drive. It runs older trees too, so it
knows nothing of the product, and of `bench` only what has been there for long.
"""

import gc
import json
import os
import sys
import time
from contextlib import ExitStack
from itertools import product
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.management import call_command

import bench.engine  # noqa: F401  (sets up as the web server does)
from bench import building, load, pages
from bench.cost import counting
from bench.pages import client_of  # type: ignore[attr-defined]  # wherever that tree keeps it
from bench.sizes import Size

SAVING = Size(10, 3, 24)


class Driver:
    """Schools of this tree, the pages that can be asked for just now, and its server while it runs."""

    def __init__(self) -> None:
        self.schools: list[building.School] = []
        self.clients: list[Any] = []
        self.shown: list[dict[str, pages.Page]] = []
        self.server = ExitStack()

    def build(self, *sizes: list[int]) -> None:
        """Prepare an empty database and build a school of each size."""
        settings.ROOT_URLCONF = "bench.urls"
        call_command("prepare", stdout=sys.stderr)
        self.schools = [building.build(Size(*size)) for size in sizes]

    def serve(self) -> dict[str, Any]:
        """Start the server: its port, and for each of the team what to send to save one rating after another."""
        school = building.build(SAVING)
        port = self.server.enter_context(load.served())
        cookie = getattr(load, "cookie_of", None) or getattr(load, "_cookie")  # noqa: B009  (its name before)
        return {
            "port": port,
            "saves": [_saves(school, cookie(school, each)) for each in range(max(load.CLIENTS))],
        }

    def stop(self) -> None:
        """Stop the server."""
        self.server.close()

    def stage(self, name: str) -> list[str]:
        """Take every school's last round as far as these pages want it: the names of the pages."""
        for school in self.schools:
            if name == "while_agreeing":
                building.open_the_spread(school)
                items = school.items()
                building.settle(school, items[: len(items) // 2])
            elif name == "when_closed":
                building.settle(school, [each for each in school.items() if each.state == "open"])
                building.close(school)
        self.shown = [{page.name: page for page in getattr(pages, name)(school)} for school in self.schools]
        self.clients = [client_of(school.reader) for school in self.schools]
        gc.collect()
        gc.freeze()
        return list(self.shown[0])

    def queries(self, at: int, name: str) -> int:
        """How many statements the database is sent for this page of this school."""
        page = self.shown[at][name]
        with counting() as sent:
            pages._ask(self.clients[at], page)
        page.undo()
        return len(sent)

    def cpu(self, at: int, name: str) -> float:
        """Milliseconds of processor time of one request, which is taken back.

        The one before it is not counted: the other tree has had the processor's caches meanwhile.
        """
        page = self.shown[at][name]
        pages._ask(self.clients[at], page)
        page.undo()
        began = time.process_time()
        pages._ask(self.clients[at], page)
        took = (time.process_time() - began) * 1000
        page.undo()
        return took


def _saves(school: "building.School", cookie: str) -> list[str]:
    """Requests that rate everything on one step, then on the next: each of them changes something."""
    sent = []
    for step, item in product("1234", school.items()):
        form = urlencode(
            {"csrfmiddlewaretoken": load.TOKEN, "step": step, "comment": "I saw it in two classes."}
        )
        head = (
            f"POST {pages.rate_one(school, item.competency_id)} HTTP/1.1",
            "Host: 127.0.0.1",
            f"Cookie: {cookie}",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(form)}",
            "Connection: close",
        )
        sent.append("\r\n".join([*head, "", form]))
    return sent


def main() -> None:
    """Do what is asked until nothing more is. What anything here prints goes to the errors."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    driver = Driver()
    for line in sys.stdin:
        verb, *words = json.loads(line)
        print(json.dumps(getattr(driver, verb)(*words)), file=answers, flush=True)


if __name__ == "__main__":
    main()
