"""The rows that the story of a journey is made of, read in a fixed number of questions."""

from uuid import UUID

from throughline.activity.models import Event
from throughline.frameworks.models import Competency
from throughline.frameworks.tree import tree
from throughline.journeys.models import Introduction, Journey, Priority, Round, Snapshot
from throughline.journeys.story.chapters import Facts, Moved
from throughline.records.models import Decision, RecordMove, SetAside


def facts_of(journey: Journey) -> Facts:
    """Everything that the story tells. Six questions, one more when a round was opened again and when words are gone from every version at hand."""
    here = {"organisation": journey.organisation_id}
    rounds = list(Round.objects.filter(**here, journey=journey).order_by("number"))
    decisions = list(Decision.objects.filter(**here, record=journey.record_id).order_by("number"))
    priorities = list(
        Priority.objects.filter(**here, journey=journey)
        .select_related("lead")
        .order_by("round__number", "position", "chosen_at")
    )
    aside = list(SetAside.objects.filter(**here, record=journey.record_id).order_by("at", "id"))
    told = {row.competency_id for rows in (decisions, priorities, aside) for row in rows}
    return Facts(
        started_at=journey.started_at,
        rounds=rounds,
        snapshots=list(Snapshot.objects.filter(**here, journey=journey).order_by("round__number", "edition")),
        decisions=decisions,
        priorities=priorities,
        aside=aside,
        moves=_moves(journey),
        reopened=_opened_again(journey, rounds),
        names=_names(journey, rounds, told),
    )


def _moves(journey: Journey) -> list[Moved]:
    """When the record moved on to other words, and why."""
    rows = RecordMove.objects.filter(organisation=journey.organisation_id, record=journey.record_id)
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
