"""What people write for themselves: what changed in their practice, and reflections. None of it leaves a line in any log."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.elements.models import Item, ItemKind
from throughline.kit import clock
from throughline.kit.text import clean_text
from throughline.kit.verdict import refuse
from throughline.plans.models import Offering, Reader, Reflection, TakingPart, TraitReview
from throughline.plans.policy import may_change_plan
from throughline.plans.professional.policy import is_staff, may_change_reflection
from throughline.plans.sealing import sealed
from throughline.schools.log import note
from throughline.schools.models import Membership

WORDS_LIMIT, MOST_REFLECTIONS = 5_000, 1_000


def _words(text: str, *, needed: bool) -> str:
    words = clean_text(text)
    if needed and not words:
        raise ValidationError({"text": _("Write something first.")})
    if len(words) > WORDS_LIMIT:
        raise ValidationError(
            {"text": _("Please keep this under %(most)s characters.") % {"most": WORDS_LIMIT}}
        )
    return words


@transaction.atomic
def say_what_changed(*, offering: Offering, text: str, by: Membership, shared: bool = False) -> TakingPart:
    """Write what changed in one's practice; `shared` shows it to the staff with one's name. Nothing deletes it.

    Possible for as long as one belongs here, also when the offering is long over.
    """
    if not by.is_active or by.organisation_id != offering.organisation_id:
        refuse(_("Only people who belong to this organization can do this.")).enforce()
    held = TakingPart.objects.select_for_update(of=("self",)).filter(
        organisation=offering.organisation_id, offering=offering, membership=by
    )
    taking = held.first()
    if taking is None:
        raise ValidationError(_("You haven’t signed up."))
    words = _words(text, needed=False)
    taking.sealed = sealed(words, whose=taking.whose) if words else ""
    taking.shared = shared and bool(words)
    taking.save(update_fields=["sealed", "shared"])
    return taking


@transaction.atomic
def set_review(*, trait: Item, review_on: date | None, by: Membership) -> None:
    """Say when the school looks at an educator competency again; None takes the day away."""
    may_change_plan(by).enforce()
    held = _trait(trait, by)
    here = TraitReview.objects.filter(organisation=by.organisation_id, trait=held)
    if review_on is None:
        here.delete()
    else:
        TraitReview.objects.update_or_create(
            organisation_id=by.organisation_id, trait=held, defaults={"review_on": review_on, "by": by}
        )
    note("plan.trait-review", by=by, subject=held, title=held.title)


def _trait(trait: Item, by: Membership) -> Item:
    return Item.objects.get(
        pk=trait.pk, organisation_id=by.organisation_id, kind=ItemKind.EDUCATOR_COMPETENCY
    )


@transaction.atomic
def write_reflection(*, trait: Item, text: str, by: Membership) -> Reflection:
    """Write about one educator competency, for oneself. Raises `ValidationError`."""
    if not is_staff(by):
        refuse(_("Reflections are written by staff.")).enforce()
    held = _trait(trait, by)
    words = _words(text, needed=True)
    if Reflection.objects.filter(organisation=by.organisation_id, author=by).count() >= MOST_REFLECTIONS:
        raise ValidationError(_("You have too many reflections. Delete some of the old ones first."))
    made = Reflection(organisation_id=by.organisation_id, author=by, trait=held, on=clock.today())
    made.sealed = sealed(words, whose=made.whose)
    made.save()
    return made


def _held(reflection_id: UUID, by: Membership) -> Reflection:
    held = Reflection.objects.select_for_update(of=("self",)).get(
        pk=reflection_id, organisation_id=by.organisation_id
    )
    may_change_reflection(held, by).enforce()
    return held


@transaction.atomic
def change_reflection(*, reflection: Reflection, text: str, by: Membership) -> Reflection:
    """Write it anew; whoever was chosen to read it reads the new words. What it said before is gone."""
    held = _held(reflection.pk, by)
    held.sealed = sealed(_words(text, needed=True), whose=held.whose)
    held.save(update_fields=["sealed"])
    return held


@transaction.atomic
def delete_reflection(*, reflection: Reflection, by: Membership) -> None:
    """Take it away for good, from whoever was chosen to read it too."""
    _held(reflection.pk, by).delete()


@transaction.atomic
def share_reflection(*, reflection: Reflection, reader: Membership, by: Membership) -> Reader:
    """Let one more person read it. Raises `ValidationError`."""
    held = _held(reflection.pk, by)
    if reader.pk == by.pk or reader.organisation_id != by.organisation_id or not is_staff(reader):
        raise ValidationError({"reader": _("Choose somebody else of the staff.")})
    made, _new = Reader.objects.get_or_create(
        organisation_id=held.organisation_id, reflection=held, membership=reader
    )
    return made


@transaction.atomic
def unshare_reflection(*, reflection: Reflection, reader: Membership, by: Membership) -> None:
    """Take it back: from now on this person does not see that it exists."""
    held = _held(reflection.pk, by)
    gone, _rows = Reader.objects.filter(
        organisation=held.organisation_id, reflection=held, membership=reader
    ).delete()
    if not gone:
        raise ValidationError(_("This person could not read it."))
