"""Beginning an element, and who may take part in it."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from throughline.elements.models import Element, ElementKind, May, Participant, Stage, StageChange
from throughline.elements.policy import may_begin, may_invite
from throughline.kit import clock
from throughline.kit.text import clean_line
from throughline.schools.log import note
from throughline.schools.models import Membership


@transaction.atomic
def begin_element(
    *, kind: str, title: str, language: str, outline: list[dict[str, str]], by: Membership
) -> Element:
    """Begin one of the five with a copy of its template. Raises `ValidationError` when it has begun already."""
    may_begin(by).enforce()
    if kind not in ElementKind.values:
        raise ValidationError({"kind": _("Choose one of the five elements.")})
    if not clean_line(title):
        raise ValidationError({"title": _("Give it a title.")})
    try:
        with transaction.atomic():
            element = Element.objects.create(
                organisation_id=by.organisation_id,
                kind=kind,
                title=clean_line(title),
                language=language,
                outline=outline,
                begun_by=by,
            )
    except IntegrityError:
        raise ValidationError({"kind": _("Somebody has begun this element already.")}) from None
    StageChange.objects.create(
        organisation_id=by.organisation_id, element=element, stage=Stage.DRAFTING, on=clock.today(), by=by
    )
    note("element.begun", by=by, subject=element, title=element.title)
    return element


@transaction.atomic
def invite_participant(*, element: Element, member: Membership, may: str, by: Membership) -> Participant:
    """Let someone who is no staff take part in this one element; a second time changes what they may."""
    may_invite(element, by).enforce()
    if may not in May.values:
        raise ValidationError({"may": _("Choose what they may do.")})
    if member.organisation_id != element.organisation_id or member.left_at:
        raise ValidationError({"member": _("This person doesn’t belong to this organization.")})
    participant, made = Participant.objects.get_or_create(
        organisation_id=element.organisation_id,
        element=element,
        membership=member,
        ended_at=None,
        defaults={"may": may, "invited_by": by},
    )
    if participant.may != may:
        participant.may = may
        participant.save(update_fields=["may"])
    note(
        "element.invited" if made else "element.may-changed",
        by=by,
        subject=element,
        title=element.title,
        name=member.name,
    )
    return participant


@transaction.atomic
def end_participation(*, participant: Participant, by: Membership) -> None:
    """Take an invitation back; what the person wrote stays."""
    may_invite(participant.element, by).enforce()
    held = (
        Participant.objects.select_for_update().select_related("element", "membership").get(pk=participant.pk)
    )
    if held.ended_at:
        return
    held.ended_at = clock.now()
    held.save(update_fields=["ended_at"])
    note(
        "element.uninvited", by=by, subject=held.element, title=held.element.title, name=held.membership.name
    )
