"""Writing down what was heard in a conversation, without names."""

from collections.abc import Sequence
from datetime import date
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.frameworks.tree import tree
from throughline.journeys.models import Journey
from throughline.kit import clock
from throughline.kit.days import slip_in
from throughline.kit.text import clean_text
from throughline.schools.log import note
from throughline.schools.models import Membership
from throughline.voices.conversations.bands import BANDS
from throughline.voices.conversations.policy import may_change, may_write
from throughline.voices.groups import BY_CODE
from throughline.voices.models import Conversation, Listening
from throughline.voices.moderating.names import named_in
from throughline.voices.moderating.queries import names_of_members
from throughline.voices.queries import part_of

TEXT_LIMIT = 8_000


class Told(TypedDict):
    """What is written down. `competencies`: their codes in the framework of the journey."""

    group: str
    held_on: date
    how_many: str
    competencies: Sequence[str]
    heard: str
    differs: str


@transaction.atomic
def add_conversation(
    *,
    journey: Journey,
    by: Membership,
    listening: Listening | None = None,
    names_are_meant: bool = False,
    **told: Unpack[Told],
) -> Conversation:
    """Write down a conversation, alone or beside a listening of the same journey. Raises `ValidationError`.

    Where a member's name stands in it, it is refused until `names_are_meant` says that it is no name.
    """
    hosts = part_of(listening, by).hosts if listening else False
    may_write(by, hosts=hosts).enforce()
    if journey.organisation_id != by.organisation_id or (listening and listening.journey_id != journey.pk):
        raise ValidationError(_("Choose a journey of this organization."))
    row = Conversation(organisation_id=by.organisation_id, journey=journey, listening=listening, made_by=by)
    _write(row, told, names_are_meant)
    row.save(force_insert=True)
    note("voices.conversation-added", by=by, subject=row, group=str(BY_CODE[row.group].name))
    return row


@transaction.atomic
def change_conversation(
    *,
    conversation: Conversation,
    by: Membership,
    seen_version: int | None = None,
    names_are_meant: bool = False,
    **told: Unpack[Told],
) -> Conversation:
    """Change what was written down; what was cited of it stays as it was. Raises `ValidationError`."""
    rows = Conversation.objects.select_for_update(of=("self",)).select_related("journey__record")
    row = rows.get(pk=conversation.pk, organisation_id=by.organisation_id)
    may_change(row, by).enforce()
    if seen_version not in (None, row.version):
        raise ValidationError(_("Somebody else has changed this meanwhile. Look at it once more."))
    _write(row, told, names_are_meant)
    row.version += 1
    row.save()
    note("voices.conversation-changed", by=by, subject=row, group=str(BY_CODE[row.group].name))
    return row


def _write(row: Conversation, told: Told, names_are_meant: bool) -> None:
    said = {name: clean_text(told[name]) for name in ("heard", "differs")}  # type: ignore[literal-required]
    errors = _errors_in(row, told, said)
    if not names_are_meant and not errors:
        names = names_of_members(row.made_by.organisation)
        errors |= {name: _about(found) for name, text in said.items() if (found := named_in(text, names))}
    if errors:
        raise ValidationError(errors)
    row.group, row.held_on, row.how_many = told["group"], told["held_on"], told["how_many"]
    row.competencies = list(told["competencies"])
    row.heard, row.differs = said["heard"], said["differs"]


def _errors_in(row: Conversation, told: Told, said: dict[str, str]) -> dict[str, str]:
    errors = {}
    if told["group"] not in BY_CODE:
        errors["group"] = _("Choose a group.")
    if wrong := slip_in(told["held_on"]):
        errors["held_on"] = wrong
    elif told["held_on"] > clock.today():
        errors["held_on"] = _("This day hasn’t come yet.")
    if told["how_many"] not in BANDS:
        errors["how_many"] = _("Choose how many there were.")
    known = {each.code for each in tree(row.journey.record.version_id).competencies}
    if not set(told["competencies"]) <= known:
        errors["competencies"] = _("Choose competencies of the journey’s framework.")
    if not said["heard"]:
        errors["heard"] = _("Write down what you heard.")
    for name, text in said.items():
        if len(text) > TEXT_LIMIT:
            errors[name] = _("Please keep this under %(most)s characters.") % {"most": TEXT_LIMIT}
    return errors


def _about(names: Sequence[str]) -> str:
    found = ", ".join(f"\u2068{each}\u2069" for each in names[:5])
    return _(
        "This may name somebody of your school: %(names)s. Take the name out, or say below that it is no name."
    ) % {"names": found}
