"""Beginning a listening and choosing who is asked."""

import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.journeys.models import Journey, Round
from throughline.kit.text import clean_line
from throughline.schools.log import note
from throughline.schools.models import Membership
from throughline.voices.groups import BY_CODE
from throughline.voices.locks import held
from throughline.voices.models import Asked, Listening
from throughline.voices.policy import may_begin, may_compose
from throughline.voices.queries import part_of

MOST_TITLE = 200
# Letters and digits that are not taken for one another when they are read from a poster.
_TYPED = "abcdefghjkmnpqrstuvwxyz23456789"
_PLACE = 6


@transaction.atomic
def begin_listening(*, journey: Journey, title: str, by: Membership, round: Round | None = None) -> Listening:
    """Begin a listening of a journey, alone or with one of its rounds. Raises `ValidationError`."""
    may_begin(by).enforce()
    Journey.objects.get(pk=journey.pk, organisation_id=by.organisation_id)
    if round is not None and (round.journey_id, round.organisation_id) != (journey.pk, by.organisation_id):
        raise ValidationError({"round": _("This round belongs to another journey.")})
    words = clean_line(title)
    if not words:
        raise ValidationError({"title": _("Give the listening a name.")})
    if len(words) > MOST_TITLE:
        raise ValidationError({"title": _("At most %(most)d characters.") % {"most": MOST_TITLE}})
    listening = Listening.objects.create(
        organisation_id=by.organisation_id,
        journey=journey,
        round=round,
        title=words,
        languages=[by.organisation.language],
        made_by=by,
    )
    note("voices.begun", by=by, subject=listening, title=words)
    return listening


@transaction.atomic
def ask_group(*, listening: Listening, group: str, by: Membership, invited: int | None = None) -> Asked:
    """Ask a group in a listening that is being composed. Raises `ValidationError`."""
    listening = held(listening, by)
    may_compose(part_of(listening, by)).enforce()
    if group not in BY_CODE:
        raise ValidationError({"group": _("This is no group that can be asked.")})
    if Asked.objects.filter(organisation=by.organisation_id, listening=listening, group=group).exists():
        raise ValidationError({"group": _("This group is asked already.")})
    return Asked.objects.create(
        organisation_id=by.organisation_id,
        listening=listening,
        group=group,
        invited=invited,
        expected=BY_CODE[group].expected,
        place=_free_place(),
    )


def _free_place() -> str:
    while True:
        place = "".join(secrets.choice(_TYPED) for _each in range(_PLACE))
        if not Asked.objects.filter(place=place).exists():
            return place
