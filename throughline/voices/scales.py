"""The answers that a question offers: five labelled steps of how often, how far or how many, and two ways not to answer.

No step is a number: nothing here is ever added up to a mean. Labels for younger learners are simpler, the steps the same.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

DOES_NOT_APPLY, RATHER_NOT = -1, -2
STEPS = range(5)


@dataclass(frozen=True, slots=True)
class Scale:
    """Five labels from least to most; the two most favourable are what `often or always` counts."""

    code: str
    labels: tuple[str | Promise, ...]
    simple: tuple[str | Promise, ...]


SCALES = {
    scale.code: scale
    for scale in (
        Scale(
            "how-often",
            (_("Never"), _("Rarely"), _("Sometimes"), _("Often"), _("Always")),
            (_("Never"), _("Hardly ever"), _("Sometimes"), _("A lot"), _("Always")),
        ),
        Scale(
            "how-far",
            (_("Not at all"), _("A little"), _("Partly"), _("Mostly"), _("Completely")),
            (_("Not at all"), _("A little bit"), _("Half and half"), _("Mostly"), _("All the way")),
        ),
        Scale(
            "how-many",
            (
                pgettext_lazy("how many", "None"),
                pgettext_lazy("how many", "A few"),
                _("About half"),
                pgettext_lazy("how many", "Most"),
                pgettext_lazy("how many", "All"),
            ),
            (
                pgettext_lazy("how many", "None"),
                pgettext_lazy("how many", "A few"),
                _("Half"),
                pgettext_lazy("how many", "Most"),
                pgettext_lazy("how many", "All"),
            ),
        ),
    )
}
NOT_ANSWERING = {DOES_NOT_APPLY: _("Does not apply to me"), RATHER_NOT: _("I would rather not say")}


def is_step(given: object) -> bool:
    """Whether this is one of the five steps, or one of the two ways not to answer."""
    return (
        isinstance(given, int) and not isinstance(given, bool) and (given in STEPS or given in NOT_ANSWERING)
    )
