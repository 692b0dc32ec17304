"""Take a question from outside; answer it, or leave it out."""

import re
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.activity.tries import take
from throughline.frameworks.languages import language_names
from throughline.kit import clock
from throughline.kit.text import clean_text
from throughline.people.devices import wait_in_words
from throughline.plans.families import limits
from throughline.plans.families.policy import may_write_page
from throughline.plans.families.queries import in_zone
from throughline.plans.models import FamilyQuestion, PageForFamilies
from throughline.schools.log import note
from throughline.schools.models import Membership

State = FamilyQuestion.State
# What would let somebody be reached: nobody is answered by it, and it would lie here unasked.
REACHABLE = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+|(?:\+|\b)\d(?:[\s().-]?\d){8,}")


def ask(*, page: PageForFamilies, text: str, language: str, key: UUID, address: str) -> FamilyQuestion:
    """Keep a question until somebody has answered it. Raises `ValidationError` when it is too long or too soon.

    The count of who comes too often is kept whatever becomes of the question: call this outside of a transaction.
    Whether the page is open to whoever asks is for the caller to know.
    """
    said = clean_text(text)
    if not page.takes_questions or page.way == PageForFamilies.Way.NOBODY:
        raise ValidationError(
            _("This page takes no questions now. Copy what you wrote if you want to keep it.")
        )
    if not said:
        raise ValidationError({"text": _("Write your question.")})
    if len(said) > limits.LONGEST_QUESTION:
        raise ValidationError({"text": keep_below(limits.LONGEST_QUESTION)})
    if REACHABLE.search(said):
        raise ValidationError(
            {
                "text": _(
                    "Please leave out email addresses and phone numbers. Nobody can answer you privately from "
                    "here, and we don’t want to keep them."
                )
            }
        )
    here = {"organisation_id": page.organisation_id, "page": page}
    if (sent := FamilyQuestion.objects.filter(pk=key, **here).first()) is not None:
        return sent
    _not_too_often(page, address)
    if FamilyQuestion.objects.filter(state=State.HELD, **here).count() >= limits.MOST_WAITING:
        raise ValidationError(_("Many questions wait already. Please come back in a few days."))
    known = language if language in language_names() else page.language
    with in_zone(page.organisation):
        return FamilyQuestion.objects.create(id=key, language=known, text=said, on=clock.today(), **here)


def _not_too_often(page: PageForFamilies, address: str) -> None:
    """The counts stand in the database under hashes: no row tells an address (docs/decisions/0028)."""
    wait = take(
        {
            f"families|here|{page.pk}|{address}": limits.HERE,
            f"families|address|{address}": limits.ADDRESS,
            f"families|everywhere|{page.pk}": limits.EVERYWHERE,
        }
    )
    if wait:
        raise ValidationError(wait_in_words(wait), code="too_soon", params={"wait": wait})


def keep_below(most: int) -> str:
    """The sentence for text over its limit."""
    return _("Keep this below %(most)s characters.") % {"most": most}


def _held(question: FamilyQuestion, by: Membership) -> FamilyQuestion:
    may_write_page(by).enforce()
    return FamilyQuestion.objects.select_for_update(of=("self",)).get(
        pk=question.pk, organisation_id=by.organisation_id
    )


@transaction.atomic
def answer_question(*, question: FamilyQuestion, wording: str, answer: str, by: Membership) -> FamilyQuestion:
    """Answer a question: both stand on the page from now on. `wording` is how readers see what was asked."""
    here = _held(question, by)
    asked, said = clean_text(wording) or here.text, clean_text(answer)
    errors = {}
    if not said:
        errors["answer"] = _("Write your answer.")
    elif len(said) > limits.LONGEST_ANSWER:
        errors["answer"] = keep_below(limits.LONGEST_ANSWER)
    if len(asked) > limits.LONGEST_QUESTION:
        errors["wording"] = keep_below(limits.LONGEST_QUESTION)
    if errors:
        raise ValidationError(errors)
    if (here.state, here.wording, here.answer) == (State.ANSWERED, asked, said):
        return here
    here.answered_on = here.answered_on or clock.today()
    here.state, here.wording, here.answer, here.moderated_by = State.ANSWERED, asked, said, by
    here.save(update_fields=["state", "wording", "answer", "answered_on", "moderated_by"])
    note("family.answered", by=by, subject=here)
    return here


@transaction.atomic
def set_aside(*, question: FamilyQuestion, state: str, by: Membership) -> FamilyQuestion:
    """Leave a question out, or hold it again; one that was answered leaves the page. Its answer is kept."""
    here = _held(question, by)
    if state not in (State.LEFT_OUT, State.HELD):
        raise ValidationError({"state": _("Choose what becomes of it.")})
    if here.state != state:
        here.state, here.moderated_by = state, by
        here.save(update_fields=["state", "moderated_by"])
        note("family.left-out" if state == State.LEFT_OUT else "family.held", by=by, subject=here)
    return here
