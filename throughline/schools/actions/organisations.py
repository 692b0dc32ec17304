"""Verbs: set up an organisation with its first lead, change its settings."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.activity.actions import record
from throughline.kit import clock
from throughline.kit.registry import Registry
from throughline.kit.verdict import refuse
from throughline.people.actions import NO_NAME, known_or_new, take_up
from throughline.people.wording import checked_address, checked_line
from throughline.people.zones import checked_zone
from throughline.schools.actions.common import set_roles
from throughline.schools.actions.invitations import Entry, Invited, send_out
from throughline.schools.log import note
from throughline.schools.models import KEEPERS, Membership, Organisation, Role
from throughline.schools.policy import may_change_settings
from throughline.schools.queries import fresh

NO_ORGANISATION_NAME = gettext_lazy("Please enter a name.")
ALREADY_STARTED = gettext_lazy("There is already an organization here. Its leads invite people.")
# Short names that would stand in the way of other addresses, or mislead.
_NOT_AS_SHORT_NAME = frozenset({"account", "admin", "demo", "invitation", "me", "new", "start", "static"})


def free_slug(name: str) -> str:
    """A short name for addresses made from `name`; numbered when it is taken."""
    base = slugify(name)[:60].strip("-") or "school"
    slug, number = base, 1
    while slug in _NOT_AS_SHORT_NAME or Organisation.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug


def first_roles(kind: str) -> list[str]:
    """What the first lead of such an organisation is to it."""
    return sorted(KEEPERS[kind] | {Role.LEAD.value})


def _new_organisation(*, kind: str, name: str, language: str, time_zone: str, is_demo: bool) -> Organisation:
    if kind not in Organisation.Kind.values:
        raise ValidationError({"kind": _("Choose a kind from the list.")})
    if language not in dict(settings.LANGUAGES):
        raise ValidationError({"language": _("Choose a language from the list.")})
    line = checked_line(name, field="name", missing=NO_ORGANISATION_NAME)
    return Organisation.objects.create(
        kind=kind,
        name=line,
        slug=free_slug(line),
        language=language,
        time_zone=checked_zone(time_zone),
        is_demo=is_demo,
        created_at=clock.now(),
    )


def _first_member(organisation: Organisation, *, name: str, email: str, joined: bool) -> Membership:
    line = checked_line(name, field="lead_name", missing=NO_NAME)
    person, _made = known_or_new(email=checked_address(email, field="lead_email"), name=line)
    member = Membership.objects.create(
        organisation=organisation,
        person=person,
        name=(person.name if joined else "") or line,
        invited_at=clock.now(),
        joined_at=clock.now() if joined else None,
    )
    set_roles(member, first_roles(organisation.kind))
    return member


@transaction.atomic
def create_organisation(
    *,
    kind: str,
    name: str,
    lead_name: str,
    lead_email: str,
    language: str = "en",
    time_zone: str = "UTC",
    is_demo: bool = False,
) -> Membership:
    """An organisation and its first lead, who is in at once. For the demo school and other set-ups by program."""
    organisation = _new_organisation(
        kind=kind, name=name, language=language, time_zone=time_zone, is_demo=is_demo
    )
    member = _first_member(organisation, name=lead_name, email=lead_email, joined=True)
    note("organisation.created", by=member, subject=organisation, name=organisation.name)
    return member


@transaction.atomic
def create_organisation_for_guest(
    *,
    kind: str,
    name: str,
    lead_name: str,
    lead_email: str,
    language: str = "en",
    time_zone: str = "UTC",
) -> Invited:
    """An organisation whose first lead is invited: by mail and by the link in the answer. Never a password."""
    organisation = _new_organisation(
        kind=kind, name=name, language=language, time_zone=time_zone, is_demo=False
    )
    member = _first_member(organisation, name=lead_name, email=lead_email, joined=False)
    record(
        "organisation.created",
        organisation_id=organisation.pk,
        actor_id=None,
        subject=organisation,
        name=organisation.name,
    )
    entry = Entry(member.name, member.person.email, tuple(first_roles(organisation.kind)))
    return send_out(member, entry=entry, made_by=None, by_mail=True)


@transaction.atomic
def start_first_organisation(
    *,
    kind: str,
    name: str,
    language: str,
    time_zone: str,
    lead_name: str,
    lead_email: str,
    password: str,
) -> Membership:
    """The first run: an organisation, its first lead and their password. Refused once there is any organisation."""
    _one_at_a_time()
    if settings.DEMO or Organisation.objects.filter(is_demo=False).exists():
        refuse(ALREADY_STARTED).enforce()
    member = create_organisation(
        kind=kind,
        name=name,
        language=language,
        time_zone=time_zone,
        lead_name=lead_name,
        lead_email=lead_email,
    )
    try:
        validate_password(password, member.person)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error
    take_up(person=member.person, name=lead_name, password=password)
    return member


def _one_at_a_time() -> None:
    """Two first runs at once: the second waits. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE schools_organisation IN SHARE ROW EXCLUSIVE MODE")


# Rooms above tell here what must follow when an organisation's clock changes; it happens in the same transaction.
_when_moved = Registry[Callable[[Organisation], None]]()
when_moved = _when_moved.add


@transaction.atomic
def change_organisation(*, by: Membership, name: str, language: str, time_zone: str) -> Organisation:
    """Name, language of letters, time zone. The short name in addresses stays, so that links keep working."""
    by = fresh(by)
    may_change_settings(by).enforce()
    line = checked_line(name, field="name", missing=NO_ORGANISATION_NAME)
    if language not in dict(settings.LANGUAGES):
        raise ValidationError({"language": _("Choose a language from the list.")})
    zone = checked_zone(time_zone)
    organisation = by.organisation
    if (organisation.name, organisation.language, organisation.time_zone) == (line, language, zone):
        return organisation
    moved = organisation.time_zone != zone
    organisation.name, organisation.language, organisation.time_zone = line, language, zone
    organisation.save(update_fields=["name", "language", "time_zone"])
    if moved:
        for react in _when_moved:
            react(organisation)
    note("organisation.changed", by=by, subject=organisation, name=line)
    return organisation
