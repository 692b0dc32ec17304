"""The rows that the story of a journey is made of, read in a fixed number of questions."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from throughline.activity.models import Event
from throughline.frameworks.models import Competency
from throughline.frameworks.tree import tree
from throughline.journeys.models import Introduction, Journey, Priority, Round, Snapshot
from throughline.journeys.story.chapters import Facts, Moved
from throughline.records.models import Decision, RecordMove, SetAside

LATEST = 3  # so many rounds are told at once; all of them to whoever asks, and on paper


def facts_of(journey: Journey, *, all_rounds: bool = True) -> Facts:
    """What the story tells, of all rounds or of the latest. Six questions, one more when a round was opened again and
    when words are gone from every version at hand."""
    here = {"organisation": journey.organisation_id}
    newest = Round.objects.filter(**here, journey=journey).order_by("-number")
    rounds = list(newest if all_rounds else newest[: LATEST + 1])
    left_out = not all_rounds and len(rounds) > LATEST
    rounds = rounds[LATEST - 1 :: -1] if left_out else rounds[::-1]
    # where some are left out, the first of those that are told was opened long ago
    since = rounds[0].opened_at if left_out else None
    decisions, priorities, aside = _written(journey, rounds, since)
    told = {row.competency_id for rows in (decisions, priorities, aside) for row in rows}
    taken = (
        Snapshot.objects.filter(**here, round__in=rounds)
        if left_out
        else Snapshot.objects.filter(**here, journey=journey)
    )
    return Facts(
        started_at=journey.started_at,
        rounds=rounds,
        snapshots=list(taken.order_by("round__number", "edition")),
        decisions=decisions,
        priorities=priorities,
        aside=aside,
        moves=_moves(journey, since),
        reopened=_opened_again(journey, rounds),
        names=_names(journey, rounds, told),
        since=since,
        in_all=rounds[-1].number if left_out else 0,
    )


def _written(
    journey: Journey, rounds: list[Round], since: datetime | None
) -> tuple[list[Decision], list[Priority], list[SetAside]]:
    """What was decided, chosen and left out: all of it, or what these rounds and the time since their first one hold."""
    of_record = {"organisation": journey.organisation_id, "record": journey.record_id}
    decisions = Decision.objects.filter(**of_record)
    priorities = Priority.objects.filter(organisation=journey.organisation_id, journey=journey)
    aside = SetAside.objects.filter(**of_record)
    if since is not None:
        before = Round.objects.filter(
            organisation=journey.organisation_id, journey=journey, number__lt=rounds[0].number
        )
        decisions = decisions.filter(at__gte=since).exclude(context__in=before.values("pk"))
        priorities = priorities.filter(Q(round__in=rounds) | Q(dropped_at__gte=since))
        aside = aside.filter(Q(at__gte=since) | Q(taken_up_at__gte=since))
    chosen = priorities.select_related("lead").order_by("round__number", "position", "chosen_at")
    return list(decisions.order_by("number")), list(chosen), list(aside.order_by("at", "id"))


def _moves(journey: Journey, since: datetime | None) -> list[Moved]:
    """When the record moved on to other words, and why."""
    rows = RecordMove.objects.filter(organisation=journey.organisation_id, record=journey.record_id)
    if since is not None:
        rows = rows.filter(at__gte=since)
    return [
        Moved(each.at, reason=each.reason, title=each.to_version.title, number=each.to_version.number)
        for each in rows.select_related("to_version").defer("to_version__content").order_by("at", "id")
    ]


def _opened_again(journey: Journey, rounds: list[Round]) -> list[Moved]:
    """From the log, which is asked only where there is something: when rounds were opened again and why."""
    if not any(each.reopened_at for each in rounds):
        return []
    rows = Event.objects.filter(
        organisation_id=journey.organisation_id,
        subject_id__in=[each.pk for each in rounds],
        verb="round.reopened",
    )
    return [
        Moved(each.at, reason=str(each.detail.get("reason", "")), round_id=each.subject_id)
        for each in rows.order_by("at", "id")
    ]


def _names(journey: Journey, rounds: list[Round], told: set[UUID]) -> dict[UUID, str]:
    """What each competency is called in the language in force, in the version where it stands.

    Names that are sentences stand within one here: without their full stop.
    """
    found: dict[UUID, str] = {}
    for version in dict.fromkeys(
        [*(each.framework_version_id for each in rounds), journey.record.version_id]
    ):
        found |= {each.id: each.name for each in tree(version).competencies}
    missing = told - set(found)
    if missing:
        found |= dict(Competency.objects.filter(pk__in=missing).values_list("pk", "name"))
    return {key: name.removesuffix(".") for key, name in found.items()}


def introductions_of(journey: Journey) -> list[Introduction]:
    """What was said before the story, newest first."""
    rows = Introduction.objects.filter(organisation=journey.organisation_id, journey=journey)
    return list(rows.select_related("by").order_by("-number"))
