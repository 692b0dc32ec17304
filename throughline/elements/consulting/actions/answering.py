"""Read comments, group them into themes, answer the themes."""

from collections.abc import Collection
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.elements.consulting import limits
from throughline.elements.consulting.policy import may_moderate
from throughline.elements.models import Consultation, OutsideComment, Theme
from throughline.kit import clock
from throughline.kit.text import clean_line, clean_text
from throughline.schools.log import note
from throughline.schools.models import Membership

State = OutsideComment.State


@transaction.atomic
def moderate(
    *,
    consultation: Consultation,
    comments: Collection[UUID],
    state: str,
    by: Membership,
    theme: UUID | None = None,
) -> int:
    """Take comments in, leave them out, or hold them again; into a theme when one is told. How many there were."""
    _may_moderate(consultation, by)
    if state not in State.values:
        raise ValidationError({"state": _("Choose what becomes of them.")})
    if not comments:
        raise ValidationError({"comments": _("Choose the comments first.")})
    if len(comments) > limits.MOST_AT_ONCE:
        raise ValidationError(
            {"comments": _("Choose at most %(most)s at once.") % {"most": limits.MOST_AT_ONCE}}
        )
    changed = {"state": state, "moderated_by": by}
    if theme is not None:
        changed["theme"] = Theme.objects.get(
            pk=theme, organisation=by.organisation_id, consultation=consultation
        )
    elif state == State.LEFT_OUT:
        changed["theme"] = None
    rows = OutsideComment.objects.filter(
        organisation=by.organisation_id, consultation=consultation, pk__in=list(comments)
    )
    number = rows.update(**changed)
    if number:
        note(f"consultation.{state}", by=by, subject=consultation, title=consultation.title, count=number)
    return number


def _may_moderate(consultation: Consultation, by: Membership) -> None:
    may_moderate(consultation.element, by).enforce()


@transaction.atomic
def add_theme(*, consultation: Consultation, title: str, by: Membership) -> Theme:
    """Begin a theme."""
    _may_moderate(consultation, by)
    line = _theme_title(title)
    last = Theme.objects.filter(organisation=by.organisation_id, consultation=consultation).count()
    made = Theme.objects.create(
        organisation_id=by.organisation_id,
        consultation=consultation,
        title=line,
        position=last,
        changed_by=by,
    )
    note("consultation.theme", by=by, subject=consultation, title=consultation.title, theme=line)
    return made


def _theme_title(title: str) -> str:
    line = clean_line(title)
    if not line:
        raise ValidationError({"title": _("Give the theme a name.")})
    if len(line) > limits.LONGEST_TITLE:
        raise ValidationError({"title": limits.keep_below(limits.LONGEST_TITLE)})
    return line


class AnsweredMeanwhile(Exception):
    """Somebody else changed this theme since; `theme` is as they left it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("answered meanwhile")
        self.theme = theme


@transaction.atomic
def answer_theme(*, theme: Theme, title: str, heard: str, answer: str, seen: int, by: Membership) -> Theme:
    """What was heard, and what the school changed or why not. Raises `AnsweredMeanwhile` when others wrote since `seen`."""
    held = (
        Theme.objects.select_for_update(of=("self",))
        .select_related("consultation__element")
        .get(pk=theme.pk, organisation=by.organisation_id)
    )
    _may_moderate(held.consultation, by)
    line, heard, answer = _theme_title(title), clean_text(heard), clean_text(answer)
    for name, text in (("heard", heard), ("answer", answer)):
        if len(text) > limits.LONGEST_ANSWER:
            raise ValidationError({name: limits.keep_below(limits.LONGEST_ANSWER)})
    if (held.title, held.heard, held.answer) == (line, heard, answer):
        return held
    if held.revision != seen:
        raise AnsweredMeanwhile(held)
    held.title, held.heard, held.answer = line, heard, answer
    held.revision, held.changed_by, held.changed_at = held.revision + 1, by, clock.now()
    held.save(update_fields=["title", "heard", "answer", "revision", "changed_by", "changed_at"])
    note("consultation.answered", by=by, subject=held.consultation, title=held.consultation.title, theme=line)
    return held


@transaction.atomic
def remove_theme(*, theme: Theme, by: Membership) -> None:
    """Take a theme away; its comments stay, without one."""
    held = Theme.objects.select_related("consultation__element").get(
        pk=theme.pk, organisation=by.organisation_id
    )
    _may_moderate(held.consultation, by)
    OutsideComment.objects.filter(organisation=by.organisation_id, theme=held).update(theme=None)
    told = {"title": held.consultation.title, "theme": held.title}
    held.delete()
    note("consultation.theme-removed", by=by, subject=held.consultation, **told)
