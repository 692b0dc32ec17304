"""How each verb of journeys is called well, by someone or by somebody else who acts the same way."""

from datetime import timedelta

from tests.trust.theirs import Act, Theirs, way
from throughline.frameworks.models import FrameworkVersion
from throughline.journeys.agreeing import actions as agreeing
from throughline.journeys.closing import actions as closing
from throughline.journeys.meeting import drafts as following
from throughline.journeys.models import Journey, Priority, Rating, Round
from throughline.journeys.next_round import actions as returning
from throughline.journeys.policy import Place
from throughline.journeys.priorities import actions as priorities
from throughline.journeys.queries import items_of
from throughline.journeys.rating import actions as rating
from throughline.journeys.rounds import actions as rounds
from throughline.journeys.setup import actions as starting
from throughline.kit import clock
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of

AGREED = agreeing.Agreement(step=2, standing="in-progress", reason="We try it.")


@way
def agree(their: Theirs) -> Act:
    item = their.item()
    return lambda by: agreeing.agree(
        place=their.place(by, "agreeing"), item_id=item.id, agreement=AGREED, seen_version=item.version
    )


@way
def agree_together(their: Theirs) -> Act:
    item = their.item()
    Rating.objects.filter(item=item).update(step=2)
    choices = {item.id: agreeing.Together(2, "in-progress")}
    return lambda by: agreeing.agree_together(
        place=their.place(by, "agreeing"), round_id=item.round_id, choices=choices, reason="All of us."
    )


@way
def leave_open(their: Theirs) -> Act:
    item = their.item()
    return lambda by: agreeing.leave_open(
        place=their.place(by, "agreeing"), item_id=item.id, reason="No.", seen_version=item.version
    )


@way
def defer(their: Theirs) -> Act:
    item = their.item()
    return lambda by: agreeing.defer(
        place=their.place(by, "agreeing"), item_id=item.id, reason="Later.", seen_version=item.version
    )


@way
def decide_between_rounds(their: Theirs) -> Act:
    return lambda by: agreeing.decide_between_rounds(
        place=their.place(by, "rating"),
        competency_id=their.competency(5),
        standing="in-progress",
        reason="It began.",
    )


def priority_of(their: Theirs, lead: Membership) -> priorities.Choice:
    return priorities.Choice(
        competency_id=their.item().competency_id,
        why_now="Now.",
        step=3,
        by_when=clock.today() + timedelta(days=90),
        lead=lead,
    )


@way
def choose_priority(their: Theirs) -> Act:
    return lambda by: priorities.choose_priority(
        place=their.place(by, "agreeing"),
        round_id=their.round("agreeing").id,
        choice=priority_of(their, their.lead),
    )


@way
def drop_priority(their: Theirs) -> Act:
    priority = Priority.objects.get(organisation=their.realm.organisation)
    return lambda by: priorities.drop_priority(place=their.place(by, "closed"), priority=priority)


@way
def close_round(their: Theirs) -> Act:
    their.settle()
    return lambda by: closing.close_round(
        place=their.place(by, "agreeing"), round_id=their.round("agreeing").id
    )


@way
def reopen_round(their: Theirs) -> Act:
    their.settle()
    held = their.round("agreeing")
    closing.close_round(place=their.place(their.lead, "agreeing"), round_id=held.id)
    return lambda by: closing.reopen_round(
        place=their.place(by, "closed"), round_id=held.id, reason="We forgot."
    )


@way
def plan_return(their: Theirs) -> Act:
    their.settle()
    held = their.round("agreeing")
    closing.close_round(place=their.place(their.lead, "agreeing"), round_id=held.id)
    day = clock.today() + timedelta(days=180)
    return lambda by: returning.plan_return(place=their.place(by, "closed"), round_id=held.id, return_on=day)


@way
def keep_draft(their: Theirs) -> Act:
    return lambda by: following.keep_draft(
        place=their.place(by, "agreeing"), item_id=their.item().id, draft={"reason": "Because"}
    )


@way
def rate(their: Theirs) -> Act:
    held = their.round("rating")
    return lambda by: rating.rate(
        by=seat_of(by), round_id=held.id, competency_id=items_of(held)[0].competency_id, step=4
    )


@way
def rate_several(their: Theirs) -> Act:
    held = their.round("rating")
    answers = [rating.Answer(competency_id=each.competency_id, step=4) for each in items_of(held)[:2]]
    return lambda by: rating.rate_several(by=seat_of(by), round_id=held.id, answers=answers)


@way
def release_comment(their: Theirs) -> Act:
    item = their.item()
    return lambda by: rating.release_comment(
        by=seat_of(by), round_id=item.round_id, competency_id=item.competency_id, released=True
    )


@way
def prepare_round(their: Theirs) -> Act:
    held = their.round("draft")
    journey, place = their.journey(held), their.place(their.lead, "draft")
    member = place.member
    rounds.delete_draft(place=place, round_id=held.id)
    return lambda by: rounds.prepare_round(
        place=Place(seat_of(by), journey, member), competencies=[their.competency()], raters=[their.learner]
    )


@way
def open_round(their: Theirs) -> Act:
    return lambda by: rounds.open_round(place=their.place(by, "draft"), round_id=their.round("draft").id)


@way
def delete_draft(their: Theirs) -> Act:
    return lambda by: rounds.delete_draft(place=their.place(by, "draft"), round_id=their.round("draft").id)


@way
def choose_names(their: Theirs) -> Act:
    return lambda by: rounds.choose_names(
        place=their.place(by, "draft"), round_id=their.round("draft").id, shown=True
    )


@way
def change_due_date(their: Theirs) -> Act:
    return lambda by: rounds.change_due_date(
        place=their.place(by, "rating"),
        round_id=their.round("rating").id,
        due_on=clock.today() + timedelta(days=3),
    )


@way
def add_rater(their: Theirs) -> Act:
    held = their.round("rating")
    rounds.excuse_rater(place=their.place(their.lead, "rating"), round_id=held.id, membership=their.learner)
    return lambda by: rounds.add_rater(
        place=their.place(by, "rating"), round_id=held.id, membership=their.learner
    )


@way
def excuse_rater(their: Theirs) -> Act:
    return lambda by: rounds.excuse_rater(
        place=their.place(by, "rating"), round_id=their.round("rating").id, membership=their.learner
    )


@way
def open_spread(their: Theirs) -> Act:
    held = their.round("rating")
    for person in their.realm.raters():
        for item in items_of(held):
            rating.rate(by=seat_of(person), round_id=held.id, competency_id=item.competency_id, step=2)
    return lambda by: rounds.open_spread(place=their.place(by, "rating"), round_id=held.id)


def shared() -> FrameworkVersion:
    return FrameworkVersion.objects.get(framework__owner=None, framework__code="journeys-to-mastery-learning")


@way
def start_journey(their: Theirs) -> Act:
    group = their.group()
    return lambda by: starting.start_journey(
        name="Mine", version=shared(), team=[starting.Part(by)], by=seat_of(by), group=group
    )


@way
def change_team(their: Theirs) -> Act:
    return lambda by: starting.change_team(
        place=their.place(by, "rating"), team=[starting.Part(their.learner)]
    )


@way
def put_away(their: Theirs) -> Act:
    Round.objects.filter(journey=their.journey(their.round("closed"))).update(state=Round.State.CLOSED)
    return lambda by: starting.put_away(place=their.place(by, "closed"))


@way
def take_up_journey(their: Theirs) -> Act:
    Journey.objects.filter(pk=their.journey(their.round("rating")).pk).update(archived_at=clock.now())
    return lambda by: starting.take_up_journey(place=their.place(by, "rating"))


@way
def rename_journey(their: Theirs) -> Act:
    return lambda by: starting.rename_journey(place=their.place(by, "rating"), name="Mine")
