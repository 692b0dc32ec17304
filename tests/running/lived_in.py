"""Data as a school leaves it behind: six people, a closed round with evidence, decisions and a priority, an uploaded
file, a framework that came as a table, and another one that still waits to be looked at.

Run by `manage.py shell -c`, also in an old checkout (`old_data/make.py`): keep to verbs that have been there for long.
"""

import json
from datetime import timedelta

from django.core.files.base import ContentFile

from throughline.files.actions import keep_file
from throughline.frameworks.case.mapping import Choice as Mapping
from throughline.frameworks.importing.actions import uploads as imports
from throughline.frameworks.models import FrameworkVersion
from throughline.journeys.priorities.actions import Choice, choose_priority
from throughline.journeys.queries import items_of
from throughline.journeys.tests.steps import ALIKE, a_place, an_open_spread, closed, earn, settle
from throughline.kit import clock
from throughline.testing import client_of, make_member, make_school

TABLE = b"Domain,Competency,Level,Indicator\nSoil,Compost,foundational,We turn it\nSoil,Mulch,advanced,We spread it\n"
NAMES = ("Jonas Lind", "Mei Tanaka", "Ida Berg", "Omar Aziz", "Lin Wei")


def live() -> dict[str, str]:
    """Through the verbs, as people would; answers what a test needs to look in."""
    school = make_school()
    lead = make_member(school, "Amara Okafor", "lead")
    people = [lead, *(make_member(school, name, "team") for name in NAMES)]
    version = FrameworkVersion.objects.get(framework__code="journeys-to-mastery-learning")
    place = a_place(lead, version, people)
    held = an_open_spread(place, people, ALIKE)
    items = items_of(held)
    earn(place, items[0])
    settle(place, items[1])
    closed(place, held)
    choice = Choice(items[1].competency_id, "It holds us back.", 3, clock.today() + timedelta(days=90), lead)
    choose_priority(place=place, round_id=held.id, choice=choice)
    keep_file(ContentFile(b"Minutes of the meeting\n", name="minutes.txt"), by=lead)
    brought = imports.bring_import(by=lead, upload=ContentFile(TABLE, name="garden.csv"))
    imports.publish_import(by=lead, kept=brought, choice=Mapping())
    imports.bring_import(by=lead, upload=ContentFile(TABLE.replace(b"Soil", b"Water"), name="pond.csv"))
    return {
        "session": client_of(lead).cookies["sessionid"].value,
        "slug": school.slug,
        "journey": str(place.journey.pk),
        "round": str(held.pk),
    }


print(json.dumps(live()))  # noqa: T201
