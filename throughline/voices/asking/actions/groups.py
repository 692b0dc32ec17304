"""Who is asked: the groups of a listening, and who hosts it."""

import secrets
from collections.abc import Mapping
from typing import Any, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.schools.log import note
from throughline.schools.models import Membership
from throughline.voices.asking.checking import ToldOfGroup, errors_in_group
from throughline.voices.asking.filling import fill
from throughline.voices.groups import BY_CODE
from throughline.voices.locks import held, held_to_compose
from throughline.voices.models import Asked, Host, Listening
from throughline.voices.policy import may_run
from throughline.voices.queries import part_of

# Letters and digits that are not taken for one another when they are read from a poster.
_TYPED = "abcdefghjkmnpqrstuvwxyz23456789"
_PLACE = 6


@transaction.atomic
def ask_group(*, listening: Listening, group: str, by: Membership, **told: Unpack[ToldOfGroup]) -> Asked:
    """Ask a group in a listening that is being composed. Raises `ValidationError`."""
    listening = held_to_compose(listening, by)
    if group not in BY_CODE:
        raise ValidationError({"group": _("This is no group that can be asked.")})
    if Asked.objects.filter(organisation=by.organisation_id, listening=listening, group=group).exists():
        raise ValidationError({"group": _("This group is asked already.")})
    new: dict[str, Any] = {"expected": BY_CODE[group].expected, **told}
    _check(listening, group, new)
    asked = Asked.objects.create(
        organisation_id=by.organisation_id, listening=listening, group=group, place=_free_place(), **new
    )
    fill(listening, asked)
    return asked


@transaction.atomic
def ask_groups(*, listening: Listening, groups: Mapping[str, ToldOfGroup], by: Membership) -> list[Asked]:
    """Ask several groups at once. Raises `ValidationError`."""
    if not groups:
        raise ValidationError(_("Choose at least one group to ask."))
    return [ask_group(listening=listening, group=group, by=by, **told) for group, told in groups.items()]


@transaction.atomic
def change_group(*, asked: Asked, by: Membership, **told: Unpack[ToldOfGroup]) -> Asked:
    """Change how a group is asked while the listening is being composed; what is left out stays. Raises `ValidationError`."""
    listening = held_to_compose(asked.listening, by)
    row = Asked.objects.select_for_update().get(pk=asked.pk, organisation=by.organisation_id)
    new: dict[str, Any] = dict(told)
    _check(listening, row.group, new)
    for name, value in new.items():
        setattr(row, name, value)
    if not (row.by_link or row.by_code):
        raise ValidationError({"by_link": _("Choose at least one way in.")})
    row.save()
    return row


def _check(listening: Listening, group: str, told: dict[str, Any]) -> None:
    errors = errors_in_group(told)
    if other := told.get("counted_with"):
        asked = Asked.objects.filter(organisation=listening.organisation_id, listening=listening)
        known = set(asked.exclude(group=group).values_list("group", flat=True))
        if other not in known:
            errors["counted_with"] = _("Choose another group of this listening.")
        elif asked.filter(group=other).exclude(counted_with="").exists():
            errors["counted_with"] = _("That group is itself counted with another one.")
    if errors:
        raise ValidationError(errors)


@transaction.atomic
def drop_group(*, asked: Asked, by: Membership) -> None:
    """Do not ask a group after all; its questions go, and who was counted with it stands alone again."""
    listening = held_to_compose(asked.listening, by)
    rows = Asked.objects.filter(organisation=by.organisation_id, listening=listening)
    rows.filter(counted_with=asked.group).update(counted_with="")
    rows.filter(pk=asked.pk).delete()


def _free_place() -> str:
    while True:
        place = "".join(secrets.choice(_TYPED) for _each in range(_PLACE))
        if not Asked.objects.filter(place=place).exists():
            return place


@transaction.atomic
def add_host(*, listening: Listening, member: Membership, by: Membership) -> Host:
    """Let somebody, be they learner or family, compose and read a listening with the team."""
    listening = held(listening, by)
    may_run(part_of(listening, by)).enforce()
    if member.organisation_id != by.organisation_id or not member.is_active:
        raise ValidationError({"member": _("Choose somebody who belongs to this organization.")})
    host, made = Host.objects.get_or_create(
        organisation_id=by.organisation_id, listening=listening, membership=member
    )
    if made:
        note("voices.host-added", by=by, subject=listening, title=listening.title, name=member.name)
    return host


@transaction.atomic
def remove_host(*, host: Host, by: Membership) -> None:
    """Take that back."""
    listening = held(host.listening, by)
    may_run(part_of(listening, by)).enforce()
    gone, _each = Host.objects.filter(pk=host.pk, organisation=by.organisation_id).delete()
    if gone:
        note(
            "voices.host-removed", by=by, subject=listening, title=listening.title, name=host.membership.name
        )
