"""Verbs: invite people, make a new link, withdraw, accept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.kit import clock
from throughline.kit.verdict import refuse
from throughline.people.actions import known_or_new, prove_address, take_up
from throughline.people.models import Person
from throughline.people.wording import checked_address, checked_line
from throughline.schools.actions.common import both_here, checked_roles, lock_organisation, set_roles
from throughline.schools.letters import queue_invitation
from throughline.schools.log import note
from throughline.schools.models import Invitation, Membership, Organisation, hash_of, new_token
from throughline.schools.policy import may_manage_people
from throughline.schools.queries import fresh, invitation_for, members_by_address
from throughline.schools.roster import LIMIT

NOT_OPEN = gettext_lazy("This invitation can no longer be used. Ask for a new one.")
NOT_YOURS = gettext_lazy("This invitation is for someone else. Sign in with the address it was sent to.")
SIGN_IN_FIRST = gettext_lazy("Sign in first, then accept the invitation.")


class Outcome(StrEnum):
    """What inviting did for one person."""

    NEW = "new"
    AGAIN = "again"
    BACK = "back"
    ALREADY_IN = "already-in"


@dataclass(frozen=True, slots=True)
class Entry:
    """Someone to invite."""

    name: str
    email: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Invited:
    """A member and, unless they were in already, the secret of the link that can be handed over. Kept nowhere else."""

    member: Membership
    outcome: Outcome
    token: str = ""


@transaction.atomic
def invite_people(*, by: Membership, entries: Sequence[Entry], by_mail: bool = True) -> list[Invited]:
    """Invite everyone or, when one entry is wrong, no one. People who are in already are left as they are."""
    organisation = lock_organisation(by.organisation_id)
    by = fresh(by)
    may_manage_people(by).enforce()
    checked = _checked_entries(entries, organisation)
    known = members_by_address(organisation, [entry.email for entry in checked])
    done = []
    for entry in checked:
        member = known.get(entry.email)
        if member is not None and member.is_active:
            done.append(Invited(member, Outcome.ALREADY_IN))
            continue
        member, outcome = _guest(organisation, entry, member)
        note("member.invited", by=by, subject=member, name=member.name, roles=list(entry.roles))
        sent = send_out(member, entry=entry, made_by=by, by_mail=by_mail)
        done.append(Invited(member, outcome, sent.token))
    return done


def _checked_entries(entries: Sequence[Entry], organisation: Organisation) -> list[Entry]:
    if not entries:
        raise ValidationError({"people": _("There is nobody in this list yet.")})
    if len(entries) > LIMIT:
        raise ValidationError(
            {"people": _("Please invite no more than %(limit)d people at a time.") % {"limit": LIMIT}}
        )
    checked: dict[str, Entry] = {}
    for entry in entries:
        email = checked_address(entry.email, field="people")
        name = checked_line(entry.name, field="people", missing=_("Every person needs a name."))
        roles = checked_roles(entry.roles, kind=organisation.kind, field="people")
        if email in checked:
            raise ValidationError({"people": _("%(email)s is in this list twice.") % {"email": email}})
        checked[email] = Entry(name, email, tuple(roles))
    return list(checked.values())


def _guest(organisation: Organisation, entry: Entry, member: Membership | None) -> tuple[Membership, Outcome]:
    """The membership, invited: made, kept, or brought back for someone who had left."""
    now = clock.now()
    if member is None:
        person, _made = known_or_new(email=entry.email, name=entry.name)
        member = Membership.objects.create(
            organisation=organisation, person=person, name=entry.name, invited_at=now
        )
        outcome = Outcome.NEW
    else:
        outcome = Outcome.BACK if member.left_at else Outcome.AGAIN
        member.name, member.invited_at, member.joined_at, member.left_at = entry.name, now, None, None
        member.save(update_fields=["name", "invited_at", "joined_at", "left_at"])
    member.organisation = organisation
    set_roles(member, entry.roles)
    return member, outcome


def send_out(member: Membership, *, entry: Entry, made_by: Membership | None, by_mail: bool) -> Invited:
    """A fresh invitation in place of older ones, and its letter. Part of the verbs of this room, not one itself."""
    now = clock.now()
    Invitation.objects.filter(
        organisation_id=member.organisation_id,
        membership=member,
        accepted_at__isnull=True,
        withdrawn_at__isnull=True,
    ).update(withdrawn_at=now)
    handed, mailed = new_token(), new_token()
    invitation = Invitation.objects.create(
        organisation_id=member.organisation_id,
        membership=member,
        token_hash=hash_of(handed),
        mail_hash=hash_of(mailed),
        made_by=made_by,
        made_at=now,
        expires_at=now + timedelta(days=settings.INVITATION_DAYS),
    )
    if by_mail:
        queue_invitation(invitation, member=member, roles=entry.roles, made_by=made_by, token=mailed)
    return Invited(member, Outcome.AGAIN, handed)


@transaction.atomic
def renew_invitation(*, by: Membership, member: Membership, by_mail: bool = True) -> Invited:
    """A new link; older ones no longer open anything."""
    lock_organisation(by.organisation_id)
    by, member = both_here(by, member)
    may_manage_people(by).enforce()
    if member.is_active or member.left_at is not None:
        raise ValidationError(_("%(name)s has no open invitation.") % {"name": member.name})
    entry = Entry(member.name, member.person.email, tuple(sorted(member.roles)))
    sent = send_out(member, entry=entry, made_by=by, by_mail=by_mail)
    note("invitation.renewed", by=by, subject=member, name=member.name)
    return sent


@transaction.atomic
def withdraw_invitation(*, by: Membership, member: Membership) -> Membership:
    """The link no longer opens anything and the guest is no longer expected. Safe to repeat."""
    lock_organisation(by.organisation_id)
    by, member = both_here(by, member)
    may_manage_people(by).enforce()
    if member.joined_at is not None:
        raise ValidationError(
            _("%(name)s has already accepted the invitation. You can remove them as a member.")
            % {"name": member.name}
        )
    if member.left_at is None:
        close_invitations(member)
        set_roles(member, [])
        member.left_at = clock.now()
        member.save(update_fields=["left_at"])
        note("invitation.withdrawn", by=by, subject=member, name=member.name)
    return member


def close_invitations(member: Membership) -> None:
    """No link of this member opens anything any more."""
    Invitation.objects.filter(
        organisation_id=member.organisation_id,
        membership=member,
        accepted_at__isnull=True,
        withdrawn_at__isnull=True,
    ).update(withdrawn_at=clock.now())


def must_sign_in(invitation: Invitation, *, token_hash: str) -> bool:
    """Whether the guest has to sign in to accept, rather than say who they are.

    True once the account is someone's: its address was proven, or a password was set and this link does not prove
    the address either. The link from the mail outranks a password that nobody proved to have the right to set.
    """
    person = invitation.membership.person
    if person.address_proven_at is not None:
        return True
    return person.has_usable_password() and token_hash != invitation.mail_hash


@transaction.atomic
def accept_invitation(
    *, token_hash: str, person: Person | None = None, name: str = "", password: str | None = None
) -> Membership:
    """Come in. `person` is whoever is signed in; without one, a new person says a name and may choose a password.

    Accepting twice as the same person changes nothing the second time.
    """
    invitation = invitation_for(token_hash)
    if invitation is None:
        refuse(NOT_OPEN).enforce()
        raise AssertionError
    lock_organisation(invitation.organisation_id)
    invitation.refresh_from_db(fields=["accepted_at", "withdrawn_at"])
    member = fresh(invitation.membership)
    guest = member.person
    if person is not None and person.pk != guest.pk:
        refuse(NOT_YOURS).enforce()
    if invitation.state == Invitation.State.USED and person is not None and member.is_active:
        return member
    if invitation.state != Invitation.State.OPEN or member.left_at is not None:
        refuse(NOT_OPEN).enforce()
    if person is None:
        if must_sign_in(invitation, token_hash=token_hash):
            refuse(SIGN_IN_FIRST).enforce()
        _check_password(password, guest)
        take_up(person=guest, name=name, password=password)
    if token_hash == invitation.mail_hash:
        prove_address(person=guest, keep_password=True)
    return _come_in(member, guest, invitation)


def _check_password(password: str | None, person: Person) -> None:
    if password is None:
        return
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error


def _come_in(member: Membership, person: Person, invitation: Invitation) -> Membership:
    now = clock.now()
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    member.joined_at = now
    member.name = person.name or member.name
    member.person = person
    member.save(update_fields=["joined_at", "name"])
    note("member.joined", by=member, subject=member)
    return member
