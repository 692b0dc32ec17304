"""The rows that the story of a journey is made of, read in a fixed number of questions."""

from uuid import UUID

from throughline.activity.models import Event
from throughline.frameworks.models import Competency
from throughline.frameworks.tree import tree
from throughline.journeys.models import Introduction, Journey, Priority, Round, Snapshot
from throughline.journeys.story import Facts, Moved
from throughline.records.models import Decision, SetAside


def facts_of(journey: Journey) -> Facts:
    """Everything that the story tells. Six questions, one more when words are gone from every version at hand."""
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
    moves, reopened = _logged(journey, rounds)
    return Facts(
        started_at=journey.started_at,
        rounds=rounds,
        snapshots=list(Snapshot.objects.filter(**here, journey=journey).order_by("round__number", "edition")),
        decisions=decisions,
        priorities=priorities,
        aside=aside,
        moves=moves,
        reopened=reopened,
        names=_names(journey, rounds, told),
    )


def _logged(journey: Journey, rounds: list[Round]) -> tuple[list[Moved], list[Moved]]:
    """From the log: when the record moved on to other words, and when rounds were opened again and why."""
    rows = Event.objects.filter(
        organisation_id=journey.organisation_id,
        subject_id__in=[journey.record_id, *(each.pk for each in rounds)],
        verb__in=["record.moved", "round.reopened"],
    )
    moves, reopened = [], []
    for each in rows.order_by("at", "id"):
        told = {key: str(each.detail.get(key, "")) for key in ("title", "number", "reason")}
        if each.verb == "record.moved":
            moves.append(Moved(each.at, title=told["title"], number=told["number"]))
        else:
            reopened.append(Moved(each.at, reason=told["reason"], round_id=each.subject_id))
    return moves, reopened


def _names(journey: Journey, rounds: list[Round], told: set[UUID]) -> dict[UUID, str]:
    """What each competency is called in the language in force, in the version where it stands."""
    found: dict[UUID, str] = {}
    for version in dict.fromkeys(
        [*(each.framework_version_id for each in rounds), journey.record.version_id]
    ):
        found |= {each.id: each.name for each in tree(version).competencies}
    missing = told - set(found)
    if missing:
        found |= dict(Competency.objects.filter(pk__in=missing).values_list("pk", "name"))
    return found


def introductions_of(journey: Journey) -> list[Introduction]:
    """What was said before the story, newest first."""
    rows = Introduction.objects.filter(organisation=journey.organisation_id, journey=journey)
    return list(rows.select_related("by").order_by("-number"))
