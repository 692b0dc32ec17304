"""Verbs of mentoring. What two do together leaves no line in any log; that a lead arranged a pair does, without names."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from throughline.kit import clock
from throughline.kit.text import clean_text
from throughline.kit.verdict import refuse
from throughline.plans.mentoring.policy import is_staff, may_agree, may_arrange, may_end, may_use
from throughline.plans.mentoring.rhythm import MOST_WEEKS
from throughline.plans.models import Pair, PairNote
from throughline.plans.sealing import sealed
from throughline.schools.log import note
from throughline.schools.models import Membership

WORDS_LIMIT, MOST_NOTES, MOST_PAIRS = 5_000, 500, 2_000
STAYS = timedelta(days=90)


@transaction.atomic
def arrange_pair(*, mentor: Membership, mentee: Membership, every_weeks: int, by: Membership) -> Pair:
    """Bring two others together. It begins at once, and either may end it. Raises `ValidationError`."""
    may_arrange(by).enforce()
    if by.pk in (mentor.pk, mentee.pk):
        raise ValidationError({"mentor": _("Propose a pair of your own instead: then the other one agrees.")})
    made = _make(mentor, mentee, every_weeks, by)
    made.arranged, made.agreed_on = True, clock.today()
    made.save()
    note("plan.pair-arranged", by=by)
    return made


@transaction.atomic
def propose_pair(*, other: Membership, as_mentor: bool, every_weeks: int, by: Membership) -> Pair:
    """Ask somebody to be one's mentee (`as_mentor`) or one's mentor. It begins when they agree. Raises `ValidationError`."""
    if not is_staff(by):
        refuse(_("Mentoring is for staff.")).enforce()
    mentor, mentee = (by, other) if as_mentor else (other, by)
    made = _make(mentor, mentee, every_weeks, by)
    made.proposed_by = by
    made.save()
    return made


def _make(mentor: Membership, mentee: Membership, every_weeks: int, by: Membership) -> Pair:
    two = (mentor, mentee)
    if any(each.organisation_id != by.organisation_id or not is_staff(each) for each in two):
        raise ValidationError(_("Choose two people of the staff."))
    if mentor.pk == mentee.pk:
        raise ValidationError(_("Nobody is their own mentor."))
    _check_weeks(every_weeks)
    here = Pair.objects.filter(organisation=by.organisation_id)
    if here.count() >= MOST_PAIRS:
        raise ValidationError(_("There can be at most %(most)d pairs.") % {"most": MOST_PAIRS})
    same = Q(mentor=mentor, mentee=mentee) | Q(mentor=mentee, mentee=mentor)
    # Whoever is not in it learns nothing by trying: a pair that two made by themselves may stand beside an arranged one.
    known = Q() if by.pk in (mentor.pk, mentee.pk) else Q(arranged=True)
    if here.filter(same & known, ended_on__isnull=True).exists():
        raise ValidationError(_("These two are a pair already."))
    return Pair(organisation_id=by.organisation_id, mentor=mentor, mentee=mentee, every_weeks=every_weeks)


def _check_weeks(every_weeks: int) -> None:
    if not 1 <= every_weeks <= MOST_WEEKS:
        raise ValidationError(
            {"every_weeks": _("Enter a number of weeks from 1 to %(most)d.") % {"most": MOST_WEEKS}}
        )


def _held(pair: Pair) -> Pair:
    return Pair.objects.select_for_update(of=("self",)).get(pk=pair.pk, organisation_id=pair.organisation_id)


@transaction.atomic
def agree_pair(*, pair: Pair, by: Membership) -> Pair:
    """Agree to what the other one proposed: the pair begins."""
    held = _held(pair)
    may_agree(held, by).enforce()
    held.agreed_on = clock.today()
    held.save(update_fields=["agreed_on"])
    return held


@transaction.atomic
def end_pair(*, pair: Pair, by: Membership) -> Pair | None:
    """End a pair: both can read its notes for 90 days more, then it is deleted. One that has not begun is deleted at once."""
    held = _held(pair)
    may_end(held, by).enforce()
    if held.agreed_on is None:
        held.delete()
        return None
    held.ended_on, held.forget_on = clock.today(), clock.today() + STAYS
    held.save(update_fields=["ended_on", "forget_on"])
    return held


@transaction.atomic
def set_rhythm(*, pair: Pair, every_weeks: int, by: Membership) -> Pair:
    """Say every how many weeks the two meet. Raises `ValidationError`."""
    held = _held(pair)
    may_use(held, by).enforce()
    _check_weeks(every_weeks)
    held.every_weeks = every_weeks
    held.save(update_fields=["every_weeks"])
    return held


@transaction.atomic
def keep_meeting(
    *, pair: Pair, on: date, by: Membership, text: str = "", next_on: date | None = None
) -> PairNote | None:
    """Say that the two met, with a note for both or without one, and when they meet next. Raises `ValidationError`."""
    held = _held(pair)
    may_use(held, by).enforce()
    words = clean_text(text)
    errors = {}
    if on > clock.today():
        errors["on"] = _("This day hasn’t come yet.")
    if next_on is not None and next_on <= on:
        errors["next_on"] = _("Choose a day after this meeting.")
    if len(words) > WORDS_LIMIT:
        errors["text"] = _("Please keep this under %(most)s characters.") % {"most": WORDS_LIMIT}
    if errors:
        raise ValidationError(errors)
    here = PairNote.objects.filter(organisation=held.organisation_id, pair=held)
    if words and here.count() >= MOST_NOTES:
        raise ValidationError(_("You have too many notes. Delete some of the old ones first."))
    if held.met_on is None or on >= held.met_on:
        held.met_on, held.next_on = on, next_on
        held.save(update_fields=["met_on", "next_on"])
    if not words:
        return None
    made = PairNote(organisation_id=held.organisation_id, pair=held, author=by, on=on)
    made.sealed = sealed(words, whose=made.whose)
    made.save()
    return made


@transaction.atomic
def delete_pair_note(*, pair_note: PairNote, by: Membership) -> None:
    """Take away for good what one wrote oneself, also when the pair has ended."""
    held = PairNote.objects.select_for_update(of=("self",)).get(
        pk=pair_note.pk, organisation_id=pair_note.organisation_id
    )
    if not by.is_active or by.organisation_id != held.organisation_id or held.author_id != by.pk:
        refuse(_("Only the person who wrote this note can delete it.")).enforce()
    held.delete()
