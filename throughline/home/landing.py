"""What somebody sees who has not signed in: the picture of the demo school, or of a school that we made up."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.tree import Tree, tree
from throughline.journeys.models import Journey
from throughline.journeys.spread.drawing import draw_spread
from throughline.kit import clock
from throughline.records.drawing.profile import ProfilePicture
from throughline.records.models import StandingValue
from throughline.records.profile.picture import ProfileTable, picture_of, table_of
from throughline.records.queries import Profile, ProfileItem, day_of, profile_of
from throughline.schools.models import Organisation

FRAMEWORK = "journeys-to-mastery-learning"
# One letter for each competency, domain by domain: earned, in progress, not started.
EXAMPLE = "eeiin ein eienen ineini iinn"
SPREAD = (1, 4, 1, 2)
_VALUES = {
    "e": StandingValue.EARNED.value,
    "i": StandingValue.IN_PROGRESS.value,
    "n": StandingValue.NOT_STARTED.value,
}


@dataclass(frozen=True, slots=True)
class Shown:
    """The picture, the table with the same content, and whose it is."""

    picture: ProfilePicture
    table: ProfileTable
    caption: str


def shown() -> Shown | None:
    """A credit profile to look at; None before any framework is loaded."""
    return _of_the_demo() or _made_up()


def _of_the_demo() -> Shown | None:
    if not settings.DEMO:
        return None
    journey = (
        Journey.objects.filter(
            organisation__is_demo=True, organisation__kind=Organisation.Kind.SCHOOL, record__group=None
        )
        .select_related("record", "organisation")
        .order_by("started_at")
        .first()
    )
    if journey is None:
        return None
    profile = profile_of(journey.record, tree(journey.record.version_id))
    return _shown(
        profile, _("%(school)s, a made-up school, after two rounds") % {"school": journey.organisation.name}
    )


def _made_up() -> Shown | None:
    version = FrameworkVersion.objects.filter(framework__code=FRAMEWORK, framework__owner=None).first()
    if version is None:
        return None
    framework = tree(version.pk)
    return _shown(_example(framework), _("A made-up school after two rounds"))


def _example(framework: Tree) -> Profile:
    letters = EXAMPLE.replace(" ", "").ljust(len(framework.competencies), "n")
    items = tuple(
        ProfileItem(
            competency=each,
            standing=_VALUES[letter],
            decision_id=None,
            decided_at=None,
            recheck=False,
            set_aside=None,
        )
        for each, letter in zip(framework.competencies, letters, strict=False)
    )
    return Profile(framework, items, day_of(clock.now()))


def _shown(profile: Profile, caption: str) -> Shown:
    return Shown(picture_of(profile, title=caption), table_of(profile, caption=caption), caption)


def example_spread() -> SafeString:
    """Eight people who see one thing differently."""
    labels = [_("not yet"), _("trying"), _("usual"), _("how we work")]
    title = _("An example of a spread: one says not yet, four trying, one usual, two how we work")
    return mark_safe(draw_spread(SPREAD, labels, title=title))  # noqa: S308  (the drawing escapes its words)
