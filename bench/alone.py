"""Pieces measured by themselves: the picture of a profile, and one rating beside the plainest insert there is."""

from uuid import uuid4

from django.db import connection, transaction

from bench.building import School
from bench.cost import Cost, measure
from bench.verbs import rate_once
from throughline.activity.models import Receipt
from throughline.journeys.models import Rating
from throughline.records.drawing.profile import draw_profile
from throughline.records.profile.picture import competency_links, picture_of
from throughline.records.queries import profile_of

TABLE = "bench_line"


def measure_drawing(school: School, seconds: float) -> dict[str, Cost]:
    """The SVG from a profile at hand: its words and links, and the drawing."""
    journey = school.place.journey
    profile = profile_of(journey.record, school.words)
    link = competency_links(journey.record, school.seat.organisation.slug)
    ready = picture_of(profile, title="Where we stand", link=link)

    def whole() -> None:
        draw_profile(picture_of(profile, title="Where we stand", link=link))

    return {
        "words and drawing": measure(whole, most=200, seconds=seconds),
        "drawing only": measure(lambda: draw_profile(ready), most=200, seconds=seconds),
    }


def measure_saving(school: School, seconds: float) -> dict[str, Cost]:
    """One rating (a new row each time) and one row of a plain table, each committed to disk by itself."""
    item = school.items()[-1]
    mine = Rating.objects.filter(rater__membership=school.reader, item=item)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE IF NOT EXISTS {TABLE} (id varchar(32), words text)")
    return {
        "one rating": measure(lambda: rate_once(school, item), undo=mine.delete, most=200, seconds=seconds),
        "trivial insert": measure(lambda: _insert(school), most=200, seconds=seconds),
        "trivial insert, bare": measure(_insert_bare, most=200, seconds=seconds),
    }


@transaction.atomic
def _insert(school: School) -> None:
    Receipt.objects.create(actor_id=school.reader.person_id, key=uuid4(), location="/")


def _insert_bare() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE} (id, words) VALUES (%s, %s)", ["0123456789abcdef", "I saw it."])  # noqa: S608  (a name of ours)
