"""What the page of a closed round shows: the snapshot, and nothing that came later."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Subquery
from django.http import Http404
from django.utils.translation import gettext as _

from throughline.journeys.closing.next_tasks import tasks_after
from throughline.journeys.hooks import offered_on_priority, offered_on_round
from throughline.journeys.models import Priority, Round, Snapshot
from throughline.journeys.policy import may_choose_priorities, may_run, may_see_spread
from throughline.journeys.report.snapshot import FrozenItem, read_snapshot
from throughline.journeys.report.words import since_start_in_words
from throughline.journeys.sealed_answers.queries import kept_of
from throughline.journeys.shortcuts import Loaded
from throughline.journeys.spread.change_words import look_in_a_sentence
from throughline.journeys.spread.words import word_label
from throughline.journeys.words import round_title
from throughline.kit.prepared import prepared
from throughline.records.profile.picture import competency_links, in_words, picture_of, table_of
from throughline.schools.tenant import MemberRequest
from throughline.ui.times import day_in_words


def _ratings(each: FrozenItem) -> str:
    """The word, and the one after talking where there is one."""
    word = word_label(each.word)
    if not each.word_after:
        return word
    return _("%(word)s; after talking: %(after)s") % {"word": word, "after": word_label(each.word_after)}


def _look(each: FrozenItem, loaded: Loaded) -> str:
    return look_in_a_sentence(each.look, loaded.framework.step_labels) if each.look else ""


def untied_in_words(held: Round) -> str:
    """Whether the link between ratings and people is cut, and whether what was deleted is wiped; empty where names show."""
    if held.names_shown:
        return ""
    if held.untied_at is None:
        return _("The server is about to remove the link between ratings and people.")
    cut = {"cut": day_in_words(held.untied_at)}
    if held.scrubbed_at is None:
        return _("Not linked to anyone since %(cut)s. The server is still wiping the deleted data.") % cut
    return _(
        "Not linked to anyone since %(cut)s; the deleted data was wiped from the database on %(wiped)s."
    ) % {
        **cut,
        "wiped": day_in_words(held.scrubbed_at),
    }


@prepared
def _snapshots(organisation: UUID, held: UUID) -> QuerySet[Snapshot]:
    rows = Snapshot.objects.filter(organisation=organisation, round=held)
    return rows.select_related("taken_by").order_by("edition")


@prepared
def _newer_and_before(organisation: UUID, journey: UUID, number: int) -> QuerySet[Round, tuple[int, Any]]:
    """Every newer round, and the closed one before: number and when it was closed."""
    rounds = Round.objects.filter(organisation=organisation, journey=journey)
    before = rounds.filter(number__lt=number, closed_at__isnull=False).order_by("-number")
    wanted = rounds.filter(Q(number__gt=number) | Q(pk=Subquery(before.values("pk")[:1])))
    return wanted.values_list("number", "closed_at")


@prepared
def _priorities(organisation: UUID, held: UUID) -> QuerySet[Priority, UUID]:
    rows = Priority.objects.filter(organisation=organisation, round=held, dropped_at__isnull=True)
    return rows.values_list("pk", flat=True)


def closed_context(request: MemberRequest, loaded: Loaded) -> dict[str, Any]:
    """The snapshot taken last, or the edition that the address asks for."""
    held = loaded.round
    snapshots = _snapshots(held.organisation_id, held.pk)
    asked = request.GET.get("edition", "")
    snapshot = next((each for each in snapshots if str(each.edition) == asked), None)
    if snapshot is None and asked:
        raise Http404
    frozen = read_snapshot(snapshot or snapshots[-1], loaded.framework)
    link = competency_links(loaded.journey.record, request.seat.organisation.slug)
    on = day_in_words(frozen.snapshot.taken_at)
    others = _newer_and_before(held.organisation_id, held.journey_id, held.number)
    before = next((closed_at for number, closed_at in others if number < held.number), None)
    is_newest = all(number < held.number for number, _closed_at in others)
    chosen = len(_priorities(held.organisation_id, held.pk)) if is_newest else 0
    ratings = _("ratings: %(word)s")
    return {
        **loaded.head(),
        "round_name": round_title(loaded.round.number),
        "title": _("Where we stood on %(date)s") % {"date": on},
        "frozen": frozen,
        "in_words": in_words(frozen.profile),
        "since_start": since_start_in_words(frozen.profile) if loaded.round.number == 1 else "",
        "picture": picture_of(frozen.profile, title=round_title(loaded.round.number), link=link),
        "table": table_of(frozen.profile, caption=_("As of %(date)s") % {"date": on}, link=link),
        "parts": [
            (
                domain,
                [
                    (each, ratings % {"word": _ratings(each)}, link(each.competency), _look(each, loaded))
                    for each in entries
                ],
            )
            for domain, entries in frozen.parts
        ],
        "priorities": [
            (
                each,
                link(each.item.competency),
                offered_on_priority(loaded.place, held, each.item.competency.id) if is_newest else [],
            )
            for each in frozen.priorities
        ],
        "editions": snapshots,
        "latest": frozen.snapshot.edition == snapshots[-1].edition,
        "before": before,
        "is_newest": is_newest,
        "tasks": tasks_after(loaded.place, loaded.round, chosen=chosen) if is_newest else [],
        "may_run": may_run(loaded.place),
        "may_see_spread": may_see_spread(loaded.place),
        "may_choose": may_choose_priorities(loaded.place),
        "untied": untied_in_words(loaded.round),
        "kept": kept_of(request.seat, loaded.round),
        "offered": offered_on_round(loaded.place, loaded.round),
    }
