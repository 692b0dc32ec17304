"""Inviting: paste a list, look at what it means, confirm; new links; the guest's side of it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from throughline.activity.mail import letters_go_out
from throughline.kit import clock
from throughline.kit.access import Door, open_to
from throughline.kit.sealing import seal, unseal
from throughline.people.models import Person
from throughline.schools import actions, policy, queries
from throughline.schools.actions.invitations import must_sign_in
from throughline.schools.forms import AcceptForm, Confirm, InviteForm
from throughline.schools.letters import link_of, role_names
from throughline.schools.models import Invitation, Membership, hash_of, new_token
from throughline.schools.preview import Preview, preview
from throughline.schools.tenant import MemberRequest, for_members
from throughline.schools.views.common import LOOK_AGAIN, home_of, member_or_404, page, posted, to
from throughline.schools.views.start import BACKEND
from throughline.ui.forms import attempt
from throughline.ui.handover import hand_over, handed_over

FRESH = "fresh-invitation-links"
FRESH_FOR = timedelta(minutes=15)
ENTRY = "invitation"


@for_members
def invite(request: MemberRequest) -> HttpResponse:
    """Paste a list; a post shows what it means and changes nothing."""
    me, organisation = request.seat.membership, request.seat.organisation
    policy.may_manage_people(me).enforce()
    form = InviteForm(posted(request), kind=organisation.kind, role=request.GET.get("role", ""))
    if not form.is_valid():
        return page(request, "invite", {"organisation": organisation}, form=form)
    return _show_preview(request, form, _preview_of(request, form))


@for_members
@require_POST
def invite_confirm(request: MemberRequest) -> HttpResponseBase:
    """Invite everyone in the list, or no one."""
    me, organisation = request.seat.membership, request.seat.organisation
    policy.may_manage_people(me).enforce()
    form = InviteForm(request.POST, kind=organisation.kind)
    if not form.is_valid():
        return page(request, "invite", {"organisation": organisation}, form=form)
    seen = _preview_of(request, form)
    if not seen.is_ready:
        return _show_preview(request, form, seen)
    by_mail = form.cleaned_data.get("by_mail", False)
    done = attempt(form, lambda: actions.invite_people(by=me, entries=seen.entries, by_mail=by_mail))
    if done is None:
        return _show_preview(request, form, seen)
    return _handing_over(request, done, by_mail=by_mail)


def _preview_of(request: MemberRequest, form: InviteForm) -> Preview:
    data = form.cleaned_data
    chosen = _chosen(request.POST)
    return preview(request.seat.organisation, text=data["people"], usual=data["usual"], chosen=chosen)


def _chosen(posted: QueryDict) -> dict[str, str]:
    return {key.removeprefix("role:"): str(posted[key]) for key in posted if key.startswith("role:")}


def _show_preview(request: MemberRequest, form: InviteForm, seen: Preview) -> HttpResponse:
    if seen.error:
        form.add_error("people", seen.error)
        return page(request, "invite", {"organisation": request.seat.organisation}, form=form)
    status = LOOK_AGAIN if seen.wrong or form.errors else 200
    known = {"form": form, "preview": seen, "organisation": request.seat.organisation}
    return render(request, "schools/invite_preview.html", known, status=status)


def _handing_over(request: MemberRequest, done: list[actions.Invited], *, by_mail: bool) -> HttpResponseBase:
    """Links can be shown for a short time in this browser only. The session keeps them sealed and the browser the key:
    neither the database nor the cookie opens anything alone."""
    there, key = to(request, "invited"), new_token()
    request.session[FRESH] = {
        "organisation": str(request.seat.organisation.pk),
        "at": clock.now().isoformat(),
        "by_mail": by_mail,
        "links": [
            (str(one.member.pk), seal(one.token, key=key, name=str(one.member.pk)))
            for one in done
            if one.token
        ],
        "in_already": sum(1 for one in done if not one.token),
    }
    response = redirect(there)
    hand_over(response, key, to=there)
    return response


@for_members
def invited(request: MemberRequest) -> HttpResponse:
    """The links that were just made, to hand over."""
    me, organisation = request.seat.membership, request.seat.organisation
    policy.may_manage_people(me).enforce()
    kept = request.session.get(FRESH) or {}
    if kept and datetime.fromisoformat(kept["at"]) + FRESH_FOR < clock.now():
        del request.session[FRESH]
        kept = {}
    if kept.get("organisation") != str(organisation.pk):
        kept = {}
    key = handed_over(request)
    tokens = {name: unseal(half, key=key, name=name) for name, half in kept.get("links", []) if key}
    guests = queries.members_visible_to(me).filter(pk__in=tokens, joined_at__isnull=True).order_by("name")
    links = [(guest, link_of(tokens[str(guest.pk)])) for guest in guests.select_related("person")]
    known = {
        "links": links,
        "all": "\n".join(f"{guest.name}: {link}" for guest, link in links),
        "by_mail": kept.get("by_mail", False),
        "in_already": kept.get("in_already", 0),
        "organisation": organisation,
    }
    return page(request, "invited", known)


@for_members
@require_POST
def renew(request: MemberRequest, member: UUID) -> HttpResponseBase:
    """A new link for a guest; it is shown next."""
    found = member_or_404(request, member)
    me = request.seat.membership
    form = Confirm(request.POST)
    policy.may_manage_people(me).enforce()
    sent = attempt(form, lambda: actions.renew_invitation(by=me, member=found)) if form.is_valid() else None
    if sent is None:
        return _refused(request, form, found)
    return _handing_over(request, [sent], by_mail=letters_go_out())


@for_members
@require_POST
def withdraw(request: MemberRequest, member: UUID) -> HttpResponseBase:
    """The link opens nothing any more."""
    found = member_or_404(request, member)
    me = request.seat.membership
    policy.may_manage_people(me).enforce()
    form = Confirm(request.POST)
    done = (
        attempt(form, lambda: actions.withdraw_invitation(by=me, member=found)) if form.is_valid() else None
    )
    if done is None:
        return _refused(request, form, found)
    messages.success(request, _("The invitation for %(name)s is withdrawn.") % {"name": found.name})
    return redirect(to(request, "people"))


def _refused(request: MemberRequest, form: Confirm, member: Membership) -> HttpResponseBase:
    for sentence in form.non_field_errors():
        messages.error(request, str(sentence))
    return redirect(to(request, "member", member=member.pk))


# The guest's side.


def _private(response: HttpResponse, *, policy_of_referrer: str = "same-origin") -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = policy_of_referrer
    return response


@open_to(Door.LINK_HOLDER)
@require_GET
def invitation_link(request: HttpRequest, token: str) -> HttpResponse:
    """The secret goes from the address into the session; the address that stays holds none."""
    request.session[ENTRY] = hash_of(token)
    return _private(HttpResponseRedirect(reverse("schools:invitation")), policy_of_referrer="no-referrer")


@open_to(Door.LINK_HOLDER)
def invitation(request: HttpRequest) -> HttpResponseBase:
    """Who invites, to what, as what; and the way in."""
    token_hash = str(request.session.get(ENTRY, ""))
    found = queries.invitation_for(token_hash) if token_hash else None
    person = request.user if isinstance(request.user, Person) else None
    if found is None or not _is_open(found):
        return _closed(request, found, person)
    guest = found.membership.person
    if person is None and not must_sign_in(found, token_hash=token_hash):
        return _as_new_person(request, found, token_hash)
    if person is None or person.pk != guest.pk:
        return _show(request, found, "sign-in" if person is None else "someone-else")
    form = Confirm(posted(request))
    if form.is_valid():
        member = attempt(form, lambda: actions.accept_invitation(token_hash=token_hash, person=person))
        if member:
            return _welcome(request, member)
    return _show(request, found, "accept", form)


def _is_open(found: Invitation) -> bool:
    return found.state == Invitation.State.OPEN and found.membership.left_at is None


def _as_new_person(request: HttpRequest, found: Invitation, token_hash: str) -> HttpResponseBase:
    form = AcceptForm(posted(request), initial={"name": found.membership.name})
    if form.is_valid():
        name, password = form.cleaned_data["name"], form.chosen_password
        member = attempt(
            form,
            lambda: actions.accept_invitation(token_hash=token_hash, name=name, password=password),
        )
        if member:
            login(request, member.person, backend=BACKEND)
            return _welcome(request, member)
    return _show(request, found, "new", form)


def _welcome(request: HttpRequest, member: Membership) -> HttpResponseBase:
    request.session.pop(ENTRY, None)
    messages.success(request, _("Welcome to %(name)s.") % {"name": member.organisation.name})
    return redirect(home_of(member.organisation))


def _show(
    request: HttpRequest, found: Invitation, way: str, form: AcceptForm | Confirm | None = None
) -> HttpResponse:
    back = urlencode({"next": reverse("schools:invitation")})
    member = found.membership
    known: dict[str, Any] = {
        "way": way,
        "organisation": member.organisation,
        "kind": member.organisation.get_kind_display(),
        "inviter": found.made_by.name if found.made_by else "",
        "roles": role_names(sorted(member.roles)),
        "address": member.person.email,
        "expires_at": found.expires_at,
        "sign_in": f"{reverse('account_login')}?{back}",
        "sign_in_by_code": f"{reverse('account_request_login_code')}?{back}",
    }
    return _private(page(request, "invitation", known, form=form))


def _closed(request: HttpRequest, found: Invitation | None, person: Person | None) -> HttpResponseBase:
    """Expired, withdrawn, used or unknown: kindly, and with what to do next."""
    if found is None:
        return _private(render(request, "schools/invitation_closed.html", {"why": "unknown"}, status=404))
    member = found.membership
    if person is not None and person.pk == member.person_id and member.is_active:
        return redirect(home_of(member.organisation))
    why = found.state.value if found.state != Invitation.State.OPEN else Invitation.State.WITHDRAWN.value
    known = {"why": why, "organisation": member.organisation}
    return _private(render(request, "schools/invitation_closed.html", known, status=410))


@open_to(Door.LINK_HOLDER)
@require_POST
def invitation_as_someone_else(request: HttpRequest) -> HttpResponseBase:
    """Sign out and come back to the same invitation."""
    kept = request.session.get(ENTRY)
    logout(request)
    if kept:
        request.session[ENTRY] = kept
    return redirect(reverse("schools:invitation"))
