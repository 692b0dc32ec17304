"""Named reads of composing and running a listening."""

from collections import Counter
from uuid import UUID

from django.db.models import Count, QuerySet

from throughline.journeys.models import Journey, Round, RoundItem
from throughline.schools.models import Membership, RoleHolding
from throughline.schools.tenant import Seat
from throughline.voices.groups import BY_CODE
from throughline.voices.models import Answer, Asked, HeldAnswer, Host, Listening, Question, Recording
from throughline.voices.policy import STAFF

_PLACES = {code: place for place, code in enumerate(BY_CODE)}


def groups_of(listening: Listening) -> list[Asked]:
    """The groups that are asked, in their usual order. One query."""
    rows = Asked.objects.filter(organisation=listening.organisation_id, listening=listening)
    return sorted(rows, key=lambda asked: _PLACES.get(asked.group, len(_PLACES)))


def questions_of(listening: Listening) -> list[Question]:
    """Every question of every group, in order. One query."""
    rows = Question.objects.filter(organisation=listening.organisation_id, asked__listening=listening)
    return list(rows.order_by("asked", "position", "pk"))


def asked_in(listening: Listening, asked_id: UUID) -> Asked | None:
    """A group of this listening. One query."""
    rows = Asked.objects.filter(organisation=listening.organisation_id, listening=listening, pk=asked_id)
    return _with(listening, rows.first())


def _with(listening: Listening, asked: Asked | None) -> Asked | None:
    if asked is not None:
        asked.listening = listening
    return asked


def question_in(listening: Listening, question_id: UUID) -> Question | None:
    """A question of this listening, with its group. One query."""
    rows = Question.objects.filter(organisation=listening.organisation_id, asked__listening=listening)
    found = rows.select_related("asked").filter(pk=question_id).first()
    if found is not None:
        found.asked.listening = listening
    return found


def answers_by_group(listening: Listening) -> Counter[UUID]:
    """Asked group → answers that were handed in, let go or not. Two queries."""
    found: Counter[UUID] = Counter()
    for model in (Answer, HeldAnswer):
        rows = model._default_manager.filter(
            organisation=listening.organisation_id, asked__listening=listening
        )
        found.update(dict(rows.values_list("asked_id").annotate(n=Count("pk")).order_by()))
    return found


def hosts_of(listening: Listening) -> list[Host]:
    """Who composes and reads it with the team, by name. One query."""
    rows = Host.objects.filter(organisation=listening.organisation_id, listening=listening)
    return list(rows.select_related("membership").order_by("membership__name", "pk"))


def recordings_of(question: Question) -> dict[tuple[str, bool], Recording]:
    """Language, and whether in the simpler words → the question read aloud. One query."""
    rows = Recording.objects.filter(organisation=question.organisation_id, question=question)
    return {(each.language, each.simple): each for each in rows.select_related("file")}


def read_aloud_in(asked: Asked) -> set[tuple[UUID, str, bool]]:
    """What of a group's questions is read aloud: question, language, whether in the simpler words. One query."""
    rows = Recording.objects.filter(organisation=asked.organisation_id, question__asked=asked)
    return set(rows.values_list("question_id", "language", "simple"))


def recording_of(listening: Listening, recording_id: UUID) -> Recording | None:
    """A recording of this listening, with its file. One query."""
    rows = Recording.objects.filter(
        organisation=listening.organisation_id, question__asked__listening=listening, pk=recording_id
    )
    return rows.select_related("file").first()


def here(seat: Seat) -> QuerySet[Membership]:
    """Everybody who has come in and not left, by name."""
    rows = Membership.objects.filter(
        organisation=seat.organisation, joined_at__isnull=False, left_at__isnull=True
    )
    return rows.order_by("name", "pk")


def staff_here(seat: Seat) -> QuerySet[Membership]:
    """Those of the staff among them."""
    held = RoleHolding.objects.filter(organisation=seat.organisation, role__in=STAFF).values("membership")
    return here(seat).filter(pk__in=held)


def journeys_of(seat: Seat) -> list[Journey]:
    """The journeys that go on, by name, with their record. One query."""
    rows = Journey.objects.filter(organisation=seat.organisation, archived_at=None)
    return list(rows.select_related("record").order_by("record__group_id", "name", "pk"))


def open_rounds_of(seat: Seat) -> list[Round]:
    """The rounds that are not closed, of journeys that go on. One query."""
    rows = Round.objects.filter(organisation=seat.organisation, journey__archived_at=None)
    return list(rows.exclude(state=Round.State.CLOSED).order_by("-number"))


def competencies_of_round(listening: Listening) -> list[UUID]:
    """The competencies that its round is about, in order; nothing where it has none. At most one query."""
    if listening.round_id is None:
        return []
    rows = RoundItem.objects.filter(organisation=listening.organisation_id, round=listening.round_id)
    return list(rows.order_by("position").values_list("competency", flat=True))
