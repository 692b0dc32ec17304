"""What the page of a closed round shows: the snapshot, and nothing that came later."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from throughline.journeys.closing.next_tasks import tasks_after
from throughline.journeys.hooks import offered_on_round
from throughline.journeys.models import Round, Snapshot
from throughline.journeys.policy import may_choose_priorities, may_run, may_see_spread
from throughline.journeys.queries import rounds_of
from throughline.journeys.report.snapshot import FrozenItem, read_snapshot
from throughline.journeys.report.words import since_start_in_words
from throughline.journeys.sealed_answers.queries import kept_of
from throughline.journeys.shortcuts import Loaded
from throughline.journeys.spread.change_words import look_in_a_sentence
from throughline.journeys.spread.words import word_label
from throughline.journeys.words import round_title
from throughline.records.profile.picture import competency_links, in_words, picture_of, table_of
from throughline.schools.tenant import MemberRequest
from throughline.ui.times import day_in_words


def _ratings(each: FrozenItem) -> str:
    """The word, and the one after talking where there is one."""
    words = {"word": word_label(each.word), "after": word_label(each.word_after or "none")}
    return (_("%(word)s; after talking: %(after)s") if each.word_after else "%(word)s") % words


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


def closed_context(request: MemberRequest, loaded: Loaded) -> dict[str, Any]:
    """The snapshot taken last, or the edition that the address asks for."""
    snapshots = list(
        Snapshot.objects.filter(organisation=loaded.round.organisation_id, round=loaded.round)
        .select_related("taken_by")
        .order_by("edition")
    )
    asked = request.GET.get("edition", "")
    snapshot = next((each for each in snapshots if str(each.edition) == asked), None)
    if snapshot is None and asked:
        raise Http404
    frozen = read_snapshot(snapshot or snapshots[-1], loaded.framework)
    link = competency_links(loaded.journey.record, request.seat.organisation.slug)
    on = day_in_words(frozen.snapshot.taken_at)
    rounds = list(rounds_of(loaded.journey))
    before = next(
        (each for each in rounds if each.number < loaded.round.number and each.closed_at is not None), None
    )
    is_newest = rounds[0].number == loaded.round.number
    chosen = loaded.round.priorities.filter(dropped_at__isnull=True).count() if is_newest else 0
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
            (domain, [(each, _ratings(each), link(each.competency), _look(each, loaded)) for each in entries])
            for domain, entries in frozen.parts
        ],
        "priorities": [(each, link(each.item.competency)) for each in frozen.priorities],
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
