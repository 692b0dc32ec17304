"""The credit profile of a record at any date: as a page, as a picture, as data."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from throughline.kit import clock
from throughline.records.drawing.profile import draw_profile
from throughline.records.forms import LookBackForm
from throughline.records.models import Record
from throughline.records.moving.carry_over import restated
from throughline.records.moving.queries import tree_at
from throughline.records.named_dates import named_dates
from throughline.records.page_context import around, record_or_404
from throughline.records.profile import changes
from throughline.records.profile.picture import Link, competency_links, in_words, picture_of, table_of
from throughline.records.queries import (
    Profile,
    ProfileItem,
    end_of,
    profile_of,
    reasons_of,
)
from throughline.records.reading import holder_of
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.times import day_in_words

LATEST_DATES = 6  # so many named dates stand on the page; more are shown to whoever asks
LATEST = 4
SVG_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'"


@dataclass(frozen=True, slots=True)
class Look:
    """A record as asked for in the address: at a date, beside an earlier one or not."""

    record: Record
    form: LookBackForm
    profile: Profile
    earlier: Profile | None

    @property
    def on(self) -> date | None:
        """The date asked for; None is now."""
        return self.form.on

    @property
    def query(self) -> str:
        """What the picture, the data and the date form need to show the same."""
        asked = {"from": self.form.since, "on": self.on}
        return urlencode({name: day.isoformat() for name, day in asked.items() if day})


def _look(request: MemberRequest, record_id: UUID) -> Look:
    record = record_or_404(request, record_id)
    form = LookBackForm(request.GET or None)
    form.is_valid()
    profile = _profile_on(record, form.on)
    earlier = restated(_profile_on(record, form.since), profile.tree) if form.since else None
    return Look(record, form, profile, earlier)


def _profile_on(record: Record, day: date | None) -> Profile:
    """The record at the end of a date (None: now), in the words that it had then."""
    moment = end_of(day) if day else None
    return profile_of(record, tree_at(record, moment), until=moment)


def _title(look: Look) -> str:
    then, now = look.form.since, look.on
    if then and now:
        return _("%(earlier)s and %(later)s, side by side") % {
            "earlier": day_in_words(then),
            "later": day_in_words(now),
        }
    if then:
        return _("%(earlier)s and now, side by side") % {"earlier": day_in_words(then)}
    if now:
        return _("The profile on %(date)s") % {"date": day_in_words(now)}
    return _("The profile today")


@require_safe
@for_members
def profile(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """`?on=` shows the profile at the end of that date, `?from=` adds an earlier one and what changed since."""
    look = _look(request, record_id)
    link = competency_links(look.record, request.seat.organisation.slug)
    title = _title(look)
    moved = changes.changes_between(look.earlier, look.profile) if look.earlier else []
    ids = {each.now.decision_id for each in moved if each.kind == changes.Kind.MOVED and each.now.decision_id}
    reasons = reasons_of(look.record, ids) if ids else {}
    stale = [each for each in moved if each.kind == changes.Kind.STALE]
    if look.earlier is None:
        due = (item for item in look.profile.items if item.counts and item.recheck)
        stale = [changes.Change(changes.Kind.STALE, item, item) for item in due]
    everything = request.GET.get("dates") == "all"
    named = named_dates(look.record, None if everything else LATEST_DATES + 1)
    dates = [each for each in named if each.on <= clock.today()]
    context: dict[str, Any] = {
        **around(request, look.record),
        "look": look,
        "here": request.path,
        "title": title,
        "tree": look.profile.tree,
        "words": in_words(look.profile),
        "picture": picture_of(look.profile, title=title, earlier=look.earlier, link=link),
        "table": table_of(look.profile, caption=title, earlier=look.earlier, link=link),
        "changed": changes.in_words([each for each in moved if each not in stale], reasons, link),
        "stale": changes.in_words(stale, {}, link),
        "latest": [] if look.earlier else _latest(look.profile, link),
        "dates": dates if everything else dates[-LATEST_DATES:],
        "more_dates": not everything and len(dates) > LATEST_DATES,
        "today": clock.today(),
    }
    return render(request, "records/profile.html", context, status=422 if look.form.errors else 200)


def _latest(profile: Profile, link: Link) -> list[tuple[ProfileItem, str]]:
    """The competencies decided on last, newest first, with the addresses of their pages."""
    decided = [(item.decided_at, item) for item in profile.items if item.decided_at and item.counts]
    newest = sorted(decided, key=lambda pair: pair[0], reverse=True)[:LATEST]
    return [(item, link(item.competency)) for _at, item in newest]


@require_safe
@for_members
def picture(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """The picture as a file (SVG) with title and description; the same query parameters as the page."""
    look = _look(request, record_id)
    if look.form.errors:
        return _not_read(look.form)
    title = _("%(holder)s: %(title)s") % {"holder": holder_of(look.record), "title": _title(look)}
    drawn = draw_profile(picture_of(look.profile, title=title, earlier=look.earlier, standalone=True))
    response = HttpResponse(drawn, content_type="image/svg+xml; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="profile-{look.profile.on.isoformat()}.svg"'
    response["Content-Security-Policy"] = SVG_POLICY
    return response


@require_safe
@for_members
def data(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """The profile as JSON; the same query parameters as the page.

    ::

        {"framework": {"title", "version"}, "holder": {"kind", "name"}, "on": "2026-11-22", "from": null or a date,
         "items": [{"code", "name", "domain", "level": "foundational" or "advanced",
                    "standing": "not-started", "in-progress" or "earned",
                    "since": when the decision in force was made, or null, "recheck": true or false,
                    "set_aside": the reason why it is not counted, or null,
                    "before": the standing at "from" (only when asked for; null for what is new since)}]}

    Items stand in the framework's order; names and reasons are in the reader's language as far as it is there.
    """
    look = _look(request, record_id)
    if look.form.errors:
        return _not_read(look.form)
    return JsonResponse(_as_data(look), json_dumps_params={"ensure_ascii": False, "indent": 1})


def _as_data(look: Look) -> dict[str, Any]:
    record, before = look.record, look.earlier.by_competency() if look.earlier else None
    items = []
    for item in look.profile.items:
        told: dict[str, Any] = {
            "code": item.competency.code,
            "name": item.competency.name,
            "domain": item.competency.domain_name,
            "level": item.competency.level,
            "standing": str(item.standing),
            "since": item.decided_at.isoformat() if item.decided_at else None,
            "recheck": item.recheck,
            "set_aside": item.set_aside,
        }
        if before is not None:
            was = before.get(item.competency.id)
            told["before"] = str(was.standing) if was else None
        items.append(told)
    kind = "group" if record.group_id else "learner" if record.learner_id else "organisation"
    return {
        "framework": {"title": look.profile.tree.title, "version": look.profile.tree.number},
        "holder": {"kind": kind, "name": holder_of(record)},
        "on": look.profile.on.isoformat(),
        "from": look.form.since.isoformat() if look.form.since else None,
        "items": items,
    }


def _not_read(form: LookBackForm) -> HttpResponse:
    """What a file answers to dates that make no sense: the sentences, as text."""
    said = "\n".join(str(sentence) for errors in form.errors.values() for sentence in errors)
    return HttpResponse(said, status=400, content_type="text/plain; charset=utf-8")
