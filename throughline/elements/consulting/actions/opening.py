"""Open a consultation, make and withdraw its link, end or prolong it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.elements.adopting.actions import Seen, change_stage
from throughline.elements.adopting.freezing import frozen, says_nothing
from throughline.elements.consulting import limits
from throughline.elements.models import Consultation, Element, Stage
from throughline.elements.policy import Part, may_decide
from throughline.kit import clock
from throughline.kit.days import slip_in
from throughline.kit.text import clean_line, clean_text
from throughline.people.secret_links import SHORTEST_PASSCODE
from throughline.schools.log import note
from throughline.schools.models import Membership, hash_of, new_token


@dataclass(frozen=True, slots=True)
class Call:
    """What a community is asked, and until when."""

    opens_on: date
    closes_on: date
    introduction: str = ""
    questions: tuple[str, ...] = ()
    passcode: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """The consultation and the secret of its link, which is kept nowhere."""

    consultation: Consultation
    token: str


@transaction.atomic
def open_consultation(*, element: Element, call: Call, seen: Seen, by: Membership) -> Opened:
    """Freeze the draft and put it to whoever has the link. The element is in consultation from the first day."""
    may_decide(Part(element, by)).enforce()
    _check_call(call)
    held = Element.objects.select_for_update().get(pk=element.pk, organisation=by.organisation_id)
    now = frozen(held)
    if says_nothing(now.document):
        raise ValidationError(_("There is nothing to read yet: the text is empty."))
    change_stage(element=held, to=Stage.CONSULTATION, on=min(call.opens_on, clock.today()), seen=seen, by=by)
    token = new_token()
    made = Consultation.objects.create(
        organisation_id=held.organisation_id,
        element=held,
        title=held.title,
        language=held.language,
        version=now.version,
        document=now.document,
        items=now.items,
        digest=now.digest,
        introduction=clean_text(call.introduction),
        questions=_questions(call.questions),
        opens_on=call.opens_on,
        closes_on=call.closes_on,
        token_hash=hash_of(token),
        passcode=_passcode(call.passcode),
        made_by=by,
    )
    note("consultation.opened", by=by, subject=made, title=held.title)
    return Opened(made, token)


def _questions(asked: Iterable[str]) -> list[str]:
    return [line for each in asked if (line := clean_line(each))]


def _passcode(typed: str) -> str:
    passcode = clean_line(typed)
    if passcode and len(passcode) < SHORTEST_PASSCODE:
        raise ValidationError(
            {
                "passcode": _("A passcode needs at least %(number)s characters.")
                % {"number": SHORTEST_PASSCODE}
            }
        )
    return make_password(passcode) if passcode else ""


def _check_call(call: Call) -> None:
    errors = {}
    if wrong := slip_in(call.opens_on):
        errors["opens_on"] = wrong
    if call.closes_on < call.opens_on:
        errors["closes_on"] = _("It can’t end before it begins.")
    elif wrong := wrong_end(call.closes_on):
        errors["closes_on"] = wrong
    questions = _questions(call.questions)
    if len(questions) > limits.MOST_QUESTIONS:
        errors["questions"] = _("Ask at most %(most)s questions.") % {"most": limits.MOST_QUESTIONS}
    elif any(len(each) > limits.LONGEST_QUESTION for each in questions):
        errors["questions"] = _("Keep each question below %(most)s characters.") % {
            "most": limits.LONGEST_QUESTION
        }
    if len(clean_text(call.introduction)) > limits.LONGEST_INTRODUCTION:
        errors["introduction"] = limits.keep_below(limits.LONGEST_INTRODUCTION)
    if errors:
        raise ValidationError(errors)


def wrong_end(day: date) -> str:
    """What is wrong with the last day of a consultation."""
    if day < clock.today():
        return _("Choose today or a date in the future.")
    if day > clock.today() + limits.LONGEST_OPEN:
        return _("A consultation can be open for a year at most.")
    return ""


def _decided(consultation: Consultation, by: Membership) -> Consultation:
    """The row, held, for those who decide about its element."""
    held = (
        Consultation.objects.select_for_update(of=("self",))
        .select_related("element")
        .get(pk=consultation.pk, organisation=by.organisation_id)
    )
    may_decide(Part(held.element, by)).enforce()
    return held


@transaction.atomic
def replace_link(*, consultation: Consultation, by: Membership, passcode: str = "") -> Opened:
    """A new link, with another passcode or none. The one before opens nothing any more."""
    held = _decided(consultation, by)
    kept, token = _passcode(passcode), new_token()
    held.token_hash, held.passcode = hash_of(token), kept
    held.save(update_fields=["token_hash", "passcode"])
    note("consultation.link-replaced", by=by, subject=held, title=held.title)
    return Opened(held, token)


@transaction.atomic
def withdraw_link(*, consultation: Consultation, by: Membership) -> Consultation:
    """The link opens nothing from now on. Safe to repeat; what was said stays."""
    held = _decided(consultation, by)
    if held.token_hash:
        held.token_hash, held.passcode = None, ""
        held.save(update_fields=["token_hash", "passcode"])
        note("consultation.link-withdrawn", by=by, subject=held, title=held.title)
    return held


@transaction.atomic
def end_consultation(*, consultation: Consultation, by: Membership) -> Consultation:
    """Take no more comments, before the last day. The link goes on to show what was heard. Safe to repeat."""
    held = _decided(consultation, by)
    if not held.is_over:
        held.ended_at = clock.now()
        held.save(update_fields=["ended_at"])
        note("consultation.ended", by=by, subject=held, title=held.title)
    return held


@transaction.atomic
def prolong_consultation(*, consultation: Consultation, until: date, by: Membership) -> Consultation:
    """Another last day; one that was over is open again."""
    held = _decided(consultation, by)
    wrong = wrong_end(until) or (_("It can’t end before it begins.") if until < held.opens_on else "")
    if wrong:
        raise ValidationError({"until": wrong})
    held.closes_on, held.ended_at = until, None
    held.save(update_fields=["closes_on", "ended_at"])
    note("consultation.prolonged", by=by, subject=held, title=held.title)
    return held
