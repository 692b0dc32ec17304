"""Offer something to learn, sign up, say who came. That somebody signs up or comes leaves no line in any log."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.kit import clock
from throughline.kit.text import clean_line, clean_text
from throughline.plans.models import Offering, TakingPart, Teaches
from throughline.plans.policy import may_change_plan
from throughline.plans.professional.policy import (
    LONGEST,
    is_running,
    is_staff,
    may_see_names,
    may_take_part,
)
from throughline.plans.professional.queries import traits_of
from throughline.plans.serving import serve_exactly
from throughline.schools.log import note
from throughline.schools.models import Membership

TITLE_LIMIT, LINE_LIMIT, TEXT_LIMIT, MOST_OFFERINGS, MOST_PEOPLE = 300, 200, 2_000, 1_000, 1_000


@dataclass(frozen=True, slots=True)
class Offer:
    """What is offered."""

    title: str
    starts_on: date
    kind: str = Offering.Kind.WORKSHOP
    ends_on: date | None = None
    about: str = ""
    led_by: str = ""
    place: str = ""
    run_by: Membership | None = None
    competencies: tuple[UUID, ...] = ()
    teaches: tuple[UUID, ...] = ()


@transaction.atomic
def add_offering(*, offer: Offer, by: Membership) -> Offering:
    """Offer something to learn. Without another name, whoever adds it runs it. Raises `ValidationError`."""
    may_change_plan(by).enforce()
    if Offering.objects.filter(organisation=by.organisation_id).count() >= MOST_OFFERINGS:
        raise ValidationError(_("There can be at most %(most)d offerings.") % {"most": MOST_OFFERINGS})
    offering = Offering(organisation_id=by.organisation_id, made_by=by)
    _keep(offering, offer, by)
    note("plan.offering-added", by=by, subject=offering, title=offering.title)
    return offering


@transaction.atomic
def change_offering(*, offering: Offering, offer: Offer, by: Membership) -> Offering:
    """Change what is offered. Once names are gone, its days and who runs it stay, so that they never come back."""
    held = _held(offering)
    may_change_plan(by).enforce()
    if held.organisation_id != by.organisation_id:
        raise ValidationError(_("This belongs to another organization."))
    ran, runs = held.run_by_id, offer.run_by.pk if offer.run_by else by.pk
    days = (held.starts_on, held.ends_on or held.starts_on)
    if not is_running(held) and (ran != runs or days != (offer.starts_on, offer.ends_on or offer.starts_on)):
        raise ValidationError(_("This is over: its days and who ran it can’t be changed any more."))
    held.version += 1
    _keep(held, offer, by)
    note("plan.offering-changed", by=by, subject=held, title=held.title)
    if held.run_by_id != ran and held.run_by is not None:
        note("plan.offering-run-by", by=by, subject=held, title=held.title, name=held.run_by.name)
    return held


def _held(offering: Offering) -> Offering:
    return Offering.objects.select_for_update(of=("self",)).get(
        pk=offering.pk, organisation_id=offering.organisation_id
    )


def _keep(offering: Offering, offer: Offer, by: Membership) -> None:
    runs = offer.run_by or by
    lines = {name: clean_line(getattr(offer, name)) for name in ("title", "led_by", "place")}
    about = clean_text(offer.about)
    errors = {
        name: _("Please keep this under %(most)s characters.") % {"most": LINE_LIMIT}
        for name in ("led_by", "place")
        if len(lines[name]) > LINE_LIMIT
    }
    if not lines["title"] or len(lines["title"]) > TITLE_LIMIT:
        errors["title"] = _("Give it a name of at most %(most)d characters.") % {"most": TITLE_LIMIT}
    if len(about) > TEXT_LIMIT:
        errors["about"] = _("Please keep this under %(most)s characters.") % {"most": TEXT_LIMIT}
    if offer.kind not in Offering.Kind.values:
        errors["kind"] = _("Choose one of the kinds.")
    if offer.ends_on and offer.ends_on < offer.starts_on:
        errors["ends_on"] = _("It can’t end before it begins.")
    elif offer.ends_on and offer.ends_on - offer.starts_on > LONGEST:
        errors["ends_on"] = _(
            "Something that goes on for more than a year needs a new entry for the next one."
        )
    if runs.organisation_id != by.organisation_id or not is_staff(runs):
        errors["run_by"] = _("Choose somebody of the staff.")
    known = {each.pk for each in traits_of(by.organisation)}
    standing = {
        each.trait_id for each in Teaches.objects.filter(organisation=by.organisation_id, offering=offering)
    }
    if not set(offer.teaches) <= known | standing:
        errors["teaches"] = _("Choose educator competencies of this school.")
    if errors:
        raise ValidationError(errors)
    offering.title, offering.led_by, offering.place = lines["title"], lines["led_by"], lines["place"]
    offering.about, offering.kind, offering.run_by = about, offer.kind, runs
    offering.starts_on, offering.ends_on = offer.starts_on, offer.ends_on
    offering.save()
    serve_exactly(offering, offer.competencies, by)
    _teach(offering, set(offer.teaches), standing)


def _teach(offering: Offering, wanted: set[UUID], standing: set[UUID]) -> None:
    here = {"organisation_id": offering.organisation_id, "offering": offering}
    Teaches.objects.filter(trait__in=standing - wanted, **here).delete()
    Teaches.objects.bulk_create(Teaches(trait_id=each, **here) for each in wanted - standing)


@transaction.atomic
def sign_up(*, offering: Offering, by: Membership) -> TakingPart:
    """Take part. Everybody signs themselves up."""
    held = _held(offering)
    may_take_part(held, by).enforce()
    here = TakingPart.objects.filter(organisation=held.organisation_id, offering=held)
    if here.count() >= MOST_PEOPLE:
        raise ValidationError(_("No more than %(most)d people can take part.") % {"most": MOST_PEOPLE})
    taking, _made = TakingPart.objects.get_or_create(
        organisation_id=held.organisation_id, offering=held, membership=by
    )
    return taking


@transaction.atomic
def withdraw(*, offering: Offering, by: Membership) -> None:
    """Leave again: nothing is kept, the words that somebody wrote about it included."""
    held = _held(offering)
    may_take_part(held, by).enforce()
    gone, _rows = TakingPart.objects.filter(
        organisation=held.organisation_id, offering=held, membership=by
    ).delete()
    if not gone:
        raise ValidationError(_("You haven’t signed up."))


@transaction.atomic
def say_who_came(
    *, offering: Offering, came: Collection[UUID], by: Membership, more: Iterable[Membership] = ()
) -> Offering:
    """Say which of those who signed up came (ids of `TakingPart`), and who came besides. Raises `ValidationError`."""
    held = _held(offering)
    may_see_names(held, by).enforce()
    if held.starts_on is not None and held.starts_on > clock.today():
        raise ValidationError(_("It hasn’t begun yet."))
    others = {each.pk: each for each in more}
    if any(each.organisation_id != held.organisation_id or not is_staff(each) for each in others.values()):
        raise ValidationError({"more": _("Choose somebody of the staff.")})
    here = TakingPart.objects.filter(organisation=held.organisation_id, offering=held)
    here.filter(pk__in=came).update(came=True)
    here.exclude(pk__in=came).update(came=False)
    for each in others.values():
        TakingPart.objects.update_or_create(
            organisation_id=held.organisation_id, offering=held, membership=each, defaults={"came": True}
        )
    held.counted_on, held.version = clock.today(), held.version + 1
    held.save(update_fields=["counted_on", "version"])
    note("plan.offering-counted", by=by, subject=held, title=held.title)
    return held
