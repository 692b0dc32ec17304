"""Take a comment from outside."""

from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from throughline.activity.tries import take
from throughline.elements.consulting import limits
from throughline.elements.consulting.queries import paragraphs_of
from throughline.elements.models import Belongs, Consultation, OutsideComment
from throughline.kit.ids import opaque_id
from throughline.kit.text import clean_line, clean_text
from throughline.people.devices import wait_in_words


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody from outside says: about a paragraph (its fingerprint), the whole, or in answer to a question."""

    text: str
    belongs: str
    name: str = ""
    about: str = ""
    question: int | None = None
    # Made with the form: sent twice, it is one comment.
    key: UUID = field(default_factory=opaque_id)


def comment_from_outside(*, consultation: Consultation, said: Said, address: str) -> OutsideComment:
    """Keep a comment until somebody has read it. Raises `ValidationError` when it is too long, too late or too soon.

    The count of who comes too often is kept whatever becomes of the comment: call this outside of a transaction.
    """
    text, name = clean_text(said.text), clean_line(said.name)
    errors = {}
    if not consultation.is_open:
        raise ValidationError(
            _("This consultation takes no comments now. Copy what you wrote if you want to keep it.")
        )
    if not text:
        errors["text"] = _("Write your comment.")
    elif len(text) > limits.LONGEST_COMMENT:
        errors["text"] = limits.keep_below(limits.LONGEST_COMMENT)
    if len(name) > limits.LONGEST_NAME:
        errors["name"] = limits.keep_below(limits.LONGEST_NAME)
    if said.belongs not in Belongs.values:
        errors["belongs"] = _("Choose what fits you best.")
    found = paragraphs_of(consultation.document).get(said.about) if said.about else None
    if said.about and found is None:
        errors["text"] = _("This paragraph is not part of the text. Go back and choose it again.")
    if said.question is not None and not 0 <= said.question < len(consultation.questions):
        errors["text"] = _("This question is not asked. Go back and choose it again.")
    if errors:
        raise ValidationError(errors)
    here = {"organisation_id": consultation.organisation_id, "consultation": consultation}
    if (sent := OutsideComment.objects.filter(pk=said.key, **here).first()) is not None:
        return sent
    _not_too_often(consultation, address)
    return OutsideComment.objects.create(
        id=said.key,
        about=said.about,
        place=found.path[0] + 1 if found else 0,
        question=said.question,
        belongs=said.belongs,
        name=name,
        text=text,
        **here,
    )


def _not_too_often(consultation: Consultation, address: str) -> None:
    """The counts stand in the database under hashes: no row tells an address (docs/decisions/0028)."""
    wait = take(
        {
            f"consultation|here|{consultation.pk}|{address}": limits.HERE,
            f"consultation|address|{address}": limits.ADDRESS,
            f"consultation|everywhere|{consultation.pk}": limits.EVERYWHERE,
        }
    )
    if wait:
        raise ValidationError(wait_in_words(wait), code="too_soon", params={"wait": wait})
