"""How the verbs around the talk are called well: rating again, looking back, the meeting, sealed notes."""

from tests.trust.theirs import Act, Theirs, way
from throughline.journeys.meeting import actions as meeting
from throughline.journeys.meeting.agenda import PRIORITIES, Line
from throughline.journeys.models import Round
from throughline.journeys.queries import items_of
from throughline.journeys.rating import actions as rating
from throughline.journeys.sealed_answers import actions as keeping
from throughline.journeys.sealed_notes import actions as notes
from throughline.journeys.second_ratings import actions as again
from throughline.schools.tenant import seat_of


def _opened(their: Theirs) -> None:
    again.open_again(
        place=their.place(their.lead, "agreeing"),
        round_id=their.round("agreeing").id,
        competencies=[their.item().competency_id],
    )


@way
def open_again(their: Theirs) -> Act:
    return lambda by: again.open_again(
        place=their.place(by, "agreeing"),
        round_id=their.round("agreeing").id,
        competencies=[their.item().competency_id],
    )


@way
def close_again(their: Theirs) -> Act:
    _opened(their)
    return lambda by: again.close_again(
        place=their.place(by, "agreeing"),
        round_id=their.round("agreeing").id,
        competencies=[their.item().competency_id],
    )


@way
def rate_again(their: Theirs) -> Act:
    _opened(their)
    item = their.item()
    return lambda by: again.rate_again(
        by=seat_of(by), round_id=item.round_id, competency_id=item.competency_id, step=4
    )


@way
def look_back(their: Theirs) -> Act:
    held: Round = their.round("rating")
    item = items_of(held)[0]
    rating.rate(by=seat_of(their.learner), round_id=held.id, competency_id=item.competency_id, step=3)
    return lambda by: again.look_back(
        by=seat_of(by), round_id=held.id, competency_id=item.competency_id, step=1
    )


@way
def keep_answers(their: Theirs) -> Act:
    held: Round = their.round("rating")
    return lambda by: keeping.keep_answers(by=seat_of(by), round_id=held.id, keep=True)


@way
def plan_meeting(their: Theirs) -> Act:
    return lambda by: meeting.plan_meeting(
        place=their.place(by, "agreeing"),
        round_id=their.round("agreeing").id,
        length=60,
        lines=[Line(PRIORITIES, 60)],
        seen_version=0,
    )


@way
def take_notes(their: Theirs) -> Act:
    item = their.item()
    return lambda by: meeting.take_notes(
        place=their.place(by, "agreeing"), round_id=item.round_id, notes={item.id: "Because."}, seen={}
    )


@way
def lead_talk(their: Theirs) -> Act:
    item = their.item()
    return lambda by: meeting.lead_talk(
        place=their.place(by, "agreeing"), round_id=item.round_id, competency_id=item.competency_id
    )


@way
def seal_note(their: Theirs) -> Act:
    held = their.round("agreeing")
    return lambda by: notes.seal_note(place=their.place(by, "agreeing"), round_id=held.id, text="See you.")


@way
def delete_note(their: Theirs) -> Act:
    held = their.round("agreeing")
    notes.seal_note(place=their.place(their.lead, "agreeing"), round_id=held.id, text="See you.")
    return lambda by: notes.delete_note(place=their.place(by, "agreeing"), round_id=held.id)
