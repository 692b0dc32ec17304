"""What people can ask for about themselves, and what the operator of an installation can do about a person.

`person.…` events carry no organisation: no lead reads them.
"""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.activity.actions import record
from throughline.kit import clock
from throughline.kit.registry import Registry
from throughline.kit.text import clean_line
from throughline.people.models import Person, new_stamp
from throughline.people.wording import checked_address, checked_line
from throughline.people.zones import checked_zone

NO_NAME = gettext_lazy("Please say what people call you.")

# Rooms above tell here what must follow when a person changes their name; it happens in the same transaction.
_when_renamed = Registry[Callable[[Person], None]]()
when_renamed = _when_renamed.add
# And what must follow when their clock changes: when letters come, and when none does.
_when_moved = Registry[Callable[[Person], None]]()
when_moved = _when_moved.add


def _note(verb: str, person: Person) -> None:
    record(verb, organisation_id=None, actor_id=person.pk, actor_name=person.name, subject=person)


def known_or_new(*, email: str, name: str) -> tuple[Person, bool]:
    """The person with this address, made without a password when there is none yet; and whether they were made."""
    return Person.objects.get_or_create(
        email=checked_address(email), defaults={"name": clean_line(name), "password": make_password(None)}
    )


def end_look(*, person: Person) -> None:
    """The guided look is over, or was not wanted: it is not offered again. Nothing is logged; it concerns nobody."""
    if person.looked_around_at is None:
        person.looked_around_at = clock.now()
        person.save(update_fields=["looked_around_at"])


@transaction.atomic
def change_profile(*, person: Person, name: str, language: str, time_zone: str) -> Person:
    """Set name, language (empty: the browser's) and time zone (empty: the school's). Nothing changed leaves no event."""
    line = checked_line(name, field="name", missing=NO_NAME)
    if language and language not in dict(settings.LANGUAGES):
        raise ValidationError({"language": _("Choose a language from the list.")})
    zone = checked_zone(time_zone) if time_zone else ""
    if (person.name, person.language, person.time_zone) == (line, language, zone):
        return person
    renamed, moved = person.name != line, person.time_zone != zone
    person.name, person.language, person.time_zone = line, language, zone
    person.save(update_fields=["name", "language", "time_zone"])
    if renamed:
        for react in _when_renamed:
            react(person)
    if moved:
        for react in _when_moved:
            react(person)
    _note("person.profile-changed", person)
    return person


@transaction.atomic
def take_up(*, person: Person, name: str, password: str | None) -> Person:
    """A new person says their name and how they will sign in (no password: by a code sent by mail).

    Whatever password stood there before is gone, and its sessions with it.
    """
    person.name = checked_line(name, field="name", missing=NO_NAME)
    person.set_password(password)
    person.session_stamp = new_stamp()
    person.save(update_fields=["name", "password", "session_stamp"])
    for react in _when_renamed:
        react(person)
    return person


@transaction.atomic
def prove_address(*, person: Person, keep_password: bool = False) -> bool:
    """The person has shown that they read mail at their address. Answers whether an older password was put away.

    The first proof ends what somebody may have set up before with a link that was not theirs: the password is
    put away, unless it was chosen in this very act (`keep_password`), and other sessions end.
    """
    fresh = Person.objects.select_for_update().get(pk=person.pk)
    if fresh.address_proven_at is not None:
        return False
    put_away = fresh.has_usable_password() and not keep_password
    fresh.address_proven_at = clock.now()
    if put_away:
        fresh.set_unusable_password()
        fresh.session_stamp = new_stamp()
    fresh.save(update_fields=["address_proven_at", "password", "session_stamp"])
    person.address_proven_at = fresh.address_proven_at
    person.password, person.session_stamp = fresh.password, fresh.session_stamp
    _note("person.address-proven", person)
    return put_away


@transaction.atomic
def sign_out_everywhere(*, person: Person) -> Person:
    """End every session of this person. The one that asks is kept by signing it again with the new stamp."""
    person.session_stamp = new_stamp()
    person.save(update_fields=["session_stamp"])
    _note("person.signed-out-everywhere", person)
    return person


@transaction.atomic
def deactivate(*, person: Person) -> Person:
    """Nobody can sign in as this person any more; sessions end at once. Safe to repeat."""
    if person.is_active:
        person.is_active = False
        person.session_stamp = new_stamp()
        person.save(update_fields=["is_active", "session_stamp"])
        _note("person.deactivated", person)
    return person


@transaction.atomic
def reactivate(*, person: Person) -> Person:
    """A deactivated person can sign in again. Safe to repeat."""
    if not person.is_active:
        person.is_active = True
        person.save(update_fields=["is_active"])
        _note("person.reactivated", person)
    return person
