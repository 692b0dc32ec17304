"""How much memory a web process holds: started, after every page once, and after ten thousand mixed requests.

python -m bench.memory [--quick]
"""

import json
import os
import random
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import BytesIO
from itertools import count, cycle
from typing import TYPE_CHECKING, Any

os.environ["THROUGHLINE_DEMO"] = "1"

from django.core.management import call_command

import throughline.config.wsgi  # noqa: F401  (sets up as the web server does)
from bench.processes import descendants, memory_of, web_processes

if TYPE_CHECKING:
    from bench.asking import Asker
    from bench.building import School
    from bench.crawling import Crawl

REQUESTS = 10_000
EVERY = 500  # requests between two looks at the memory
MIX = {"page": 800, "save": 120, "paper": 60, "table": 10, "photo": 5, "import": 5}  # of a thousand requests
KINDS = {"text/html": "page", "application/pdf": "paper"}  # what else is downloaded is a table
PHOTO = (4000, 3000)
ROWS = 300


def main() -> None:
    """Prepare the demo and a school, measure, and print the figures as JSON."""
    quick = "--quick" in sys.argv[1:]
    from bench.asking import Asker
    from bench.building import build
    from bench.crawling import Crawl, routes
    from bench.load import cookie_of, served
    from bench.sizes import BASE, Size
    from throughline.home.personas import people_of_the_demo
    from throughline.testing import client_of

    with redirect_stdout(sys.stderr):
        call_command("prepare")
    school = build(Size(6, 1, 24) if quick else BASE)
    cookies = ["", *(_cookie(client_of(each)) for each in people_of_the_demo().values())]
    with served("--workers", "1", quiet=True) as port:
        [web] = web_processes(os.getpid())
        looks = {"started": memory_of(web)}
        crawl = Crawl([Asker(port, each) for each in [cookie_of(school, 0), *cookies]])
        crawl.walk()
        looks["every page once"] = memory_of(web)
        mixed = Mixed(school, crawl)
        course = list(mixed.course(200 if quick else REQUESTS, web))
        looks["mixed requests"] = course[-1]
        apart = [memory_of(each) for each in descendants(web)]
    told = {
        "looks": looks,
        "course": course,
        "apart": apart,
        "opened": len(crawl.opened),
        "routes": len(crawl.routes),
        "never": sorted(set(routes()) - crawl.routes - crawl.refused),
        "sent": dict(mixed.sent),
        "failed": sum(
            count for asker in crawl.askers for status, count in asker.statuses.items() if status >= 500
        ),
    }
    print(json.dumps(told))


def _cookie(client: Any) -> str:
    from bench.load import TOKEN

    return f"sessionid={client.cookies['sessionid'].value}; csrftoken={TOKEN}"


class Mixed:
    """Requests of every kind, in an order that is the same every time."""

    def __init__(self, school: "School", crawl: "Crawl") -> None:
        from bench.importing import table
        from bench.pages import rate_one

        self.school, self.table = school, table
        self.asker = crawl.askers[0]
        self.dice = random.Random(8)
        self.sent: Counter[str] = Counter()
        self.numbers = count(1)
        self.photo = _photo(self.dice)
        self.rated = cycle([rate_one(school, each.competency_id) for each in school.items()])
        self.shown: dict[str, list[tuple[Asker, str]]] = {"page": [], "paper": [], "table": []}
        for (number, address), kind in crawl.opened.items():
            self.shown[KINDS.get(kind, "table")].append((crawl.askers[number], address))

    def course(self, requests: int, web: int) -> Iterator[dict[str, float]]:
        """Send so many, and look at the memory now and then."""
        kinds = self.dice.choices(list(MIX), list(MIX.values()), k=requests)
        for number, kind in enumerate(kinds, start=1):
            self.sent[kind] += 1
            if kind in self.shown:
                asker, address = self.dice.choice(self.shown[kind])
                asker.get(address)
            else:
                getattr(self, f"_{kind}")()
            if number % EVERY == 0 or number == requests:
                yield {"requests": number, **memory_of(web)}

    def _save(self) -> None:
        said = {"step": str(self.dice.randint(1, 4)), "confidence": "very", "comment": "I saw it."}
        self.asker.post(next(self.rated), said)

    def _photo(self) -> None:
        record = self.school.place.journey.record_id
        said = {
            "kind": "photo",
            "title": f"A wall, {next(self.numbers)}",
            "mark": "practice",
            "happened_on": "2026-01-15",
            "place": "in-school",
            "shows": str(self.school.words.competencies[0].id),
        }
        address = self.school.address(f"records/{record}/evidence/new/")
        assert self.asker.upload(address, said, "wall.jpg", self.photo).status == 302

    def _import(self) -> None:
        content = self.table(ROWS, next(self.numbers))
        brought = self.asker.upload(self.school.address("frameworks/import/"), {}, "table.csv", content)
        assert brought.status == 302
        self.asker.get(brought.location)
        assert self.asker.post(f"{brought.location}drop/", {}).status == 302


def _photo(dice: random.Random) -> bytes:
    """A photograph as a phone takes it: twelve million pixels."""
    from PIL import Image

    small = Image.frombytes("RGB", (80, 60), dice.randbytes(80 * 60 * 3))
    out = BytesIO()
    small.resize(PHOTO, Image.Resampling.BICUBIC).save(out, "JPEG", quality=85)
    return out.getvalue()


if __name__ == "__main__":
    main()
