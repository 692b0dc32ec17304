"""Measures the history of a long text and ten thousand comments on the engine of DATABASE_URL; prints figures as JSON.

python -m bench.texts [--quick]
"""

import json
import os
import random
import sys
from collections.abc import Callable, Iterator
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.models.functions import Length
from django.test import Client

import throughline.config.wsgi  # noqa: F401  (sets up as the web server does)
from bench.cost import measure
from throughline.elements.editing.actions import replace_text
from throughline.elements.editing.queries import text_at
from throughline.elements.history.comparing import compare
from throughline.elements.models import Authorship, Change, Element, Remark, Sitting, TextState, Thread
from throughline.elements.setup.actions import begin_element
from throughline.elements.talk.moving import Moves
from throughline.elements.writing.places import line_of, segments
from throughline.schools.models import Membership, Role
from throughline.testing import client_of, make_member, make_school

KIND = "call-to-action"
WORDS = [
    "every",
    "learner",
    "school",
    "family",
    "teacher",
    "because",
    "together",
    "community",
    "mastery",
    "time",
    "hope",
    "evidence",
    "work",
    "step",
    "agree",
]


def main() -> None:
    """Prepare an empty database and measure."""
    call_command("prepare", stdout=sys.stderr)
    quick = "--quick" in sys.argv[1:]
    print(json.dumps(figures(versions=50 if quick else 1_000, comments=200 if quick else 10_000)))


def figures(versions: int, comments: int) -> dict[str, Any]:
    """Costs of each piece of work, and how many bytes what is kept takes."""
    chance = random.Random(9)
    lead = make_member(make_school("Long text"), "Ada Lind", Role.LEAD)
    element = begin_element(kind=KIND, title="Why we change", language="en", outline=[], by=lead)
    _write(element, lead, chance, versions)
    ends = list(Change.objects.order_by("end").values_list("end", flat=True))
    client: Client = client_of(lead)
    there = f"/s/{lead.organisation.slug}/elements/{KIND}/"
    _comments(element, lead, comments)
    at = _turns(ends, chance)
    two = [text_at(element, end).document for end in (ends[len(ends) // 3], ends[-1])]
    works: dict[str, Callable[[], object]] = {
        "open any version": lambda: text_at(element, next(at)),
        "page of a version": lambda: client.get(f"{there}history/{next(at)}/"),
        "compare two texts": lambda: compare(*two),
        "read two versions and compare them": lambda: compare(
            text_at(element, next(at)).document, text_at(element, next(at)).document
        ),
        "page of a comparison": lambda: client.get(f"{there}history/compare/?old={next(at)}&new={next(at)}"),
        "page of the two that differ most": lambda: client.get(
            f"{there}history/compare/?old={ends[0]}&new={ends[-1]}"
        ),
        "page of the history": lambda: client.get(f"{there}history/"),
        "page of who wrote what": lambda: client.get(f"{there}history/authors/"),
        "page of talk": lambda: client.get(f"{there}talk/"),
        "500 threads for the editor": lambda: client.get(f"{there}talk/threads.json"),
    }
    for address in ("history/", "history/authors/", "talk/"):
        assert client.get(there + address).status_code == 200
    told = {words: measure(work).told() for words, work in works.items()}
    lagging = Moves(element)
    told["move all passages up"] = measure(
        lagging.carry_out, undo=lambda: Thread.objects.update(version=ends[-5]), most=5
    ).told()
    return {"costs": told, "versions": len(ends), "comments": comments, "bytes": _bytes(element)}


def _turns(ends: list[int], chance: random.Random) -> Iterator[int]:
    while True:
        yield chance.choice(ends)


def _paragraph(chance: random.Random, words: int) -> dict[str, Any]:
    return {
        "type": "paragraph",
        "content": [{"type": "text", "text": " ".join(chance.choices(WORDS, k=words)).capitalize() + "."}],
    }


def _write(element: Element, lead: Membership, chance: random.Random, versions: int) -> None:
    """Twenty pages of 500 words, then one sentence changed at a time; now and then a paragraph comes, goes or moves."""
    document: dict[str, Any] = {"type": "doc", "content": [_paragraph(chance, 50) for _each in range(200)]}
    seen = replace_text(element=element, document=document, seen=0, by=lead)
    for number in range(versions - 1):
        blocks = list(document["content"])
        at = chance.randrange(len(blocks))
        if number % 40 == 0:
            blocks.insert(at, blocks.pop(chance.randrange(len(blocks))))
        elif number % 20 == 0:
            blocks[at : at + 1] = [] if number % 60 else [_paragraph(chance, 50), blocks[at]]
        else:
            words = blocks[at]["content"][0]["text"].split()
            place = chance.randrange(len(words))
            words[place : place + 2] = chance.choices(WORDS, k=chance.randrange(1, 6))
            blocks[at] = {"type": "paragraph", "content": [{"type": "text", "text": " ".join(words)}]}
        document = {"type": "doc", "content": blocks}
        seen = replace_text(element=element, document=document, seen=seen, by=lead)
    element.refresh_from_db()


def _comments(element: Element, lead: Membership, comments: int) -> None:
    """Each at another word of the text as it was a few changes ago."""
    line = line_of(text_at(element).document)
    places = [each for each in segments(line) if each.end - each.start > 20]
    version = Change.objects.order_by("-end").values_list("end", flat=True)[4]
    here = {"organisation_id": element.organisation_id}
    made = [
        Thread(
            **here,
            element=element,
            begun_by=lead,
            start=places[number % len(places)].start + number % 10,
            end=places[number % len(places)].start + number % 10 + 6,
            version=version,
            words="words",
        )
        for number in range(comments)
    ]
    Thread.objects.bulk_create(made, batch_size=500)
    Remark.objects.bulk_create(
        [Remark(**here, thread=each, by=lead, text="What do we mean here?") for each in made], batch_size=500
    )


KEPT = (Change, TextState, Authorship, Sitting)


def _bytes(element: Element) -> dict[str, int]:
    """What is kept as JSON and as bytes, next to what people wrote: the text and every step; and all of it on the disk."""
    text = len(json.dumps(text_at(element).document, ensure_ascii=False).encode())
    edits = sum(len(json.dumps(steps)) for steps in Change.objects.values_list("steps", flat=True)[1:])
    first = sum(len(json.dumps(steps)) for steps in Change.objects.values_list("steps", flat=True)[:1])
    states = sum(TextState.objects.values_list(Length("document"), flat=True))
    kept = Authorship.objects.get(element=element)
    derived = len(bytes(kept.line)) + len(json.dumps([kept.authors, kept.runs]))
    derived += sum(len(json.dumps(each)) for each in Sitting.objects.values_list("people", flat=True))
    disk = sum(_on_disk(each._meta.db_table) for each in KEPT)
    return {"text": text, "edits": edits, "kept": first + edits + states + derived, "disk": disk}


def _on_disk(table: str) -> int:
    """Bytes that a table takes in the database with its indexes, ids, dates and what is empty in its pages."""
    ask = "SELECT pg_total_relation_size(%s)"
    if connection.vendor == "sqlite":
        ask = "SELECT sum(pgsize) FROM dbstat WHERE name IN (SELECT name FROM sqlite_master WHERE tbl_name = %s)"
    with connection.cursor() as cursor:
        cursor.execute(ask, [table])
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.config.settings")
    main()
