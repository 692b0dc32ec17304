"""One competency of a record: what it means, what shows it, and everything that was decided about it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from throughline.frameworks.models import Competency
from throughline.frameworks.tree import tree
from throughline.records.moving.queries import Past, earlier_in, past_in
from throughline.records.page_context import around, of_record, record_or_404
from throughline.records.panels import ALL, HISTORY, panels_for
from throughline.records.profile.picture import competency_links
from throughline.records.queries import LATEST, aside_now, claims_for, history_of, item_of
from throughline.records.reading import (
    decision_read,
    evidence_by_indicator,
    examples_of,
    holder_of,
    steps_of,
    witnesses_of,
)
from throughline.schools.tenant import MemberRequest, for_members


def _about(past: Past | None) -> str:
    """Which older competency a decision was made on."""
    if past is None:
        return ""
    return _("Decided on “%(name)s” of version %(number)s.") % {"name": past.item.name, "number": past.number}


@require_safe
@for_members
def competency(request: MemberRequest, record_id: UUID, competency_id: UUID) -> HttpResponse:
    """The page of one competency, at any number of decisions and pieces of evidence."""
    record = record_or_404(request, record_id)
    shown = tree(record.version_id)
    item, earlier = shown.by_id.get(competency_id), None
    if item is None:
        earlier = earlier_in(record, competency_id)
        if earlier is None:
            raise Http404
        shown, item = earlier.shown, earlier.item
    past = {} if earlier else past_in(record, competency_id)
    everything = request.GET.get(HISTORY) == ALL
    made = history_of(record, competency_id, past, everything=everything)
    history = made if everything else made[:LATEST]
    corrected = {each.corrects_id for each, _cited in history}  # what corrects a decision is newer than it
    texts = {each.id: each.text for each in item.indicators}
    shows = evidence_by_indicator(item, claims_for(record, competency_id))
    link = competency_links(record, request.seat.organisation.slug)
    context = {
        **around(request, record),
        "bring_url": of_record(request, "bring", record, competency=item.id, next=request.path),
        "eyebrow": format_html("<bdi>{}</bdi> · {}", holder_of(record), item.domain_name),
        "competency": item,
        "badge": Competency.Level(item.level).label,
        "standing": item_of(item, history, aside_now(record, competency_id)),
        "indicators": [(each, witnesses_of(each), shows.get(each.id, [])) for each in item.indicators],
        "whole": shows.get(None, []),
        "steps": steps_of(shown, item),
        "examples": examples_of(item),
        "history": [
            decision_read(
                each,
                cited,
                texts,
                about=_about(past.get(each.competency_id)),
                corrected=each.id in corrected,
            )
            for each, cited in history
        ],
        "more": len(made) > len(history),
        "panels": [] if earlier else panels_for(request, record, item),
        "earlier": earlier,
        "became": [(each, link(each)) for each in earlier.now] if earlier else [],
    }
    return render(request, "records/competency.html", context)
