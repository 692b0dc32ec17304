"""How each verb of rating on paper is called well, by someone or by somebody else who acts the same way."""

from tests.trust.theirs import Act, Theirs, way
from throughline.journeys.models import Sheet, Typist
from throughline.journeys.paper import actions as paper
from throughline.journeys.paper.sheets import Typed
from throughline.schools.tenant import seat_of

LINES = [Typed("2"), Typed("0")]


def a_sheet(their: Theirs) -> Sheet:
    """A sheet of the round in which people rate; the lead keys it in."""
    held, place = their.round("rating"), their.place(their.lead, "rating")
    paper.choose_paper(place=place, round_id=held.id, members=[their.learner.id])
    paper.name_typist(place=place, round_id=held.id, membership=their.lead)
    return Sheet.objects.filter(round=held).order_by("code")[0]


@way
def choose_paper(their: Theirs) -> Act:
    return lambda by: paper.choose_paper(
        place=their.place(by, "draft"), round_id=their.round("draft").id, members=[their.learner.id]
    )


@way
def name_typist(their: Theirs) -> Act:
    return lambda by: paper.name_typist(
        place=their.place(by, "rating"), round_id=their.round("rating").id, membership=their.learner
    )


@way
def dismiss_typist(their: Theirs) -> Act:
    a_sheet(their)
    assert Typist.objects.filter(membership=their.lead).exists()
    return lambda by: paper.dismiss_typist(
        place=their.place(by, "rating"), round_id=their.round("rating").id, membership=their.lead
    )


@way
def keep_typing(their: Theirs) -> Act:
    sheet = a_sheet(their)
    return lambda by: paper.keep_typing(
        by=seat_of(by), round_id=sheet.round_id, sheet_id=sheet.id, typed=LINES
    )


@way
def key_in(their: Theirs) -> Act:
    sheet = a_sheet(their)
    return lambda by: paper.key_in(by=seat_of(by), round_id=sheet.round_id, sheet_id=sheet.id, typed=LINES)
