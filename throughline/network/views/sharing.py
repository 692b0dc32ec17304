"""Sharing a closed round: choose, look at what they will see, share; what is shared of a journey; take it back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from throughline.journeys.models import Round, Snapshot
from throughline.journeys.queries import journeys_visible_to, place_of
from throughline.journeys.shortcuts import Loaded, journey_or_404, round_or_404
from throughline.network.actions import Shared, drafted, share_snapshot, withdraw_share
from throughline.network.forms import ShareForm
from throughline.network.models import Share
from throughline.network.policy import may_share, may_share_outside, may_withdraw
from throughline.network.queries import newest_snapshot, shares_of, tied_to
from throughline.network.views.page import page_context
from throughline.network.words import audience_in_words, listed
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt
from throughline.ui.handover import forget, hand_over, handed_over

LOOK_AGAIN = 422


def _closed_or_404(request: MemberRequest, round_id: UUID) -> tuple[Loaded, Snapshot]:
    loaded = round_or_404(request, round_id)
    may_share(loaded.place).enforce()
    snapshot = newest_snapshot(loaded.round) if loaded.round.state == Round.State.CLOSED else None
    if snapshot is None:
        raise Http404
    return loaded, snapshot


def _form(request: MemberRequest, loaded: Loaded) -> ShareForm:
    outside = bool(may_share_outside(loaded.place))
    return ShareForm(
        request.POST if request.method == "POST" else None,
        outside=outside,
        ties=list(tied_to(request.seat.organisation)) if outside else [],
    )


def _show_form(request: MemberRequest, loaded: Loaded, form: ShareForm) -> HttpResponse:
    known = {
        "form": form,
        **loaded.head(),
    }
    return render(request, "network/share.html", known, status=LOOK_AGAIN if form.errors else 200)


def _show_preview(request: MemberRequest, loaded: Loaded, form: ShareForm, share: Share) -> HttpResponse:
    known = {
        **page_context(share),
        "form": form,
        **loaded.head(),
        "audience": audience_in_words(share),
        "share": share,
    }
    return render(request, "network/preview.html", known)


@for_members
def share(request: MemberRequest, round_id: UUID) -> HttpResponseBase:
    """With whom and what; a post shows exactly what they will see, and changes nothing."""
    loaded, snapshot = _closed_or_404(request, round_id)
    form = _form(request, loaded)
    if not form.is_valid():
        return _show_form(request, loaded, form)
    made = attempt(form, lambda: drafted(place=loaded.place, snapshot=snapshot, offer=form.offer()))
    if made is None:
        return _show_form(request, loaded, form)
    return _show_preview(request, loaded, form, made)


@require_POST
@for_members
def share_now(request: MemberRequest, round_id: UUID) -> HttpResponseBase:
    """Share what was looked at. A link is shown once, on the next page."""
    loaded, snapshot = _closed_or_404(request, round_id)
    form = _form(request, loaded)
    made: Shared | None = None
    if form.is_valid():
        made = attempt(
            form, lambda: share_snapshot(place=loaded.place, snapshot=snapshot, offer=form.offer())
        )
    if made is None:
        return _show_form(request, loaded, form)
    there = _shares_address(request, loaded.journey.pk)
    response = redirect(there)
    if made.token:
        messages.success(request, _("The link is ready."))
        hand_over(response, made.token, to=there)
    else:
        messages.success(request, _("Shared with %(whom)s.") % {"whom": audience_in_words(made.share)})
    return response


def _shares_address(request: MemberRequest, journey_id: UUID) -> str:
    return reverse(
        "network:shares", kwargs={"school": request.seat.organisation.slug, "journey_id": journey_id}
    )


@require_safe
@for_members
def shares(request: MemberRequest, journey_id: UUID) -> HttpResponse:
    """Everything that is shared of a journey, and was: with whom, until when, taken back when."""
    place = journey_or_404(request, journey_id)
    place.journey.organisation = request.seat.organisation
    may_withdraw(place, "").enforce()
    rows = [listed(each, bool(may_withdraw(place, each.audience))) for each in shares_of(place.journey)]
    token = handed_over(request)
    last = place.journey.rounds.filter(state=Round.State.CLOSED).order_by("-number").first()
    known: dict[str, Any] = {
        "journey": place.journey,
        "open": [each for each in rows if each.open],
        "over": [each for each in rows if not each.open],
        "link": request.build_absolute_uri(reverse("network:open", kwargs={"token": token})) if token else "",
        "last": last if may_share(place) else None,
    }
    response = render(request, "network/shares.html", known)
    forget(request, response)
    return response


@require_POST
@for_members
def withdraw(request: MemberRequest, share_id: UUID) -> HttpResponseBase:
    """Take it back, at once and everywhere."""
    visible = journeys_visible_to(request.seat).values("pk")
    found = get_object_or_404(
        Share.objects.select_related("snapshot__journey"),
        pk=share_id,
        organisation=request.seat.organisation,
        snapshot__journey__in=visible,
    )
    journey = found.snapshot.journey
    journey.organisation = request.seat.organisation
    withdraw_share(place=place_of(request.seat, journey), share=found)
    messages.success(request, _("Withdrawn. Nobody can see it anymore."))
    return redirect(_shares_address(request, journey.pk))
