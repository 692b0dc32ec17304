"""A family that does not want its child asked says so, without an account; who runs the listening hears of it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.kit.text import clean_line
from throughline.schools.log import note
from throughline.schools.models import Membership
from throughline.voices.groups import BY_CODE
from throughline.voices.locks import held
from throughline.voices.models import Asked, Listening, OptOut
from throughline.voices.policy import may_run
from throughline.voices.queries import part_of

_NAME, _CLASS = 200, 120
MOST = 5_000  # of one group: more come from a machine


@transaction.atomic
def opt_out(asked: Asked, *, child: str, class_or_group: str, told_by: str) -> OptOut:
    """Write down that a child is not to be asked. Twice is once. Raises `ValidationError`."""
    words = {
        "child": clean_line(child),
        "class_or_group": clean_line(class_or_group),
        "told_by": clean_line(told_by),
    }
    if not (BY_CODE[asked.group].children and asked.listening.state != Listening.State.CLOSED):
        raise ValidationError(_("Nobody can be opted out here any more."))
    errors = {name: _("Please fill this in.") for name in ("child", "told_by") if not words[name]}
    errors |= {
        name: _("Please keep this under %(most)s characters.") % {"most": most}
        for name, most in (("child", _NAME), ("class_or_group", _CLASS), ("told_by", _NAME))
        if len(words[name]) > most
    }
    if errors:
        raise ValidationError(errors)
    rows = OptOut.objects.filter(organisation=asked.organisation_id, asked=asked)
    if rows.count() >= MOST:
        raise ValidationError(_("Please tell the school directly."))
    found = rows.filter(child=words["child"], class_or_group=words["class_or_group"]).first()
    return found or OptOut.objects.create(organisation_id=asked.organisation_id, asked=asked, **words)


@transaction.atomic
def forget_opt_out(*, row: OptOut, by: Membership) -> None:
    """Take one away: it was a mistake, or the family thinks otherwise now."""
    listening = held(row.asked.listening, by)
    may_run(part_of(listening, by)).enforce()
    gone, _each = OptOut.objects.filter(pk=row.pk, organisation=by.organisation_id).delete()
    if gone:
        note("voices.opt-out-forgotten", by=by, subject=listening, title=listening.title)
