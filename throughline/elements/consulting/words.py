"""How much was said, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.elements.consulting.queries import Counts
from throughline.elements.models import Belongs, OutsideComment

State = OutsideComment.State


def counted(counts: Counts) -> list[str]:
    """Sentences: how many comments, how many of them are to read, and from which groups they come."""
    if not counts.all:
        return [_("Nobody has commented yet.")]
    said = [ngettext("%(n)d comment.", "%(n)d comments.", counts.all) % {"n": counts.all}]
    held = counts.states.get(State.HELD, 0)
    if held:
        said.append(ngettext("%(n)d is still to read.", "%(n)d are still to read.", held) % {"n": held})
    labels = dict(Belongs.choices)
    groups = [
        f"{labels[group]}: {counts.belongs[group]}" for group in Belongs.values if group in counts.belongs
    ]
    missing = [str(labels[group]) for group in ("learner", "family") if group not in counts.belongs]
    said.append(_("Who spoke: %(groups)s.") % {"groups": ", ".join(groups)})
    if missing:
        said.append(
            _("Who is missing? Nobody yet who says they are %(groups)s.")
            % {"groups": _(" or ").join(missing)}
        )
    return said


def changed_in_words(number: int) -> str:
    """How many were changed."""
    return ngettext("%(n)d comment changed.", "%(n)d comments changed.", number) % {"n": number}
