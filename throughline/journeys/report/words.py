"""The report's sentences."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from throughline.journeys.models import RoundItem
from throughline.journeys.report.snapshot import FrozenItem
from throughline.records.models import StandingValue
from throughline.records.queries import Profile, ProfileItem

_ALONE = {
    "agree": gettext_lazy("People agreed in their ratings."),
    "lean": gettext_lazy("Ratings were mixed."),
    "split": gettext_lazy("Ratings were split."),
}
_AFTER_TALK = {
    "agree": gettext_lazy("After talking, they agreed."),
    "lean": gettext_lazy("After talking, they were mixed."),
    "split": gettext_lazy("After talking, they were split."),
}


def outcome_in_words(each: FrozenItem) -> str:
    """What the team made of a competency in the round."""
    if each.state == RoundItem.State.AGREED:
        return _("Agreed: “%(step)s”") % {"step": each.step}
    if each.state == RoundItem.State.LEFT_OPEN:
        return _("Left open")
    return _("Left for a later round")


def spread_in_words(word: str) -> str:
    """How far the ratings agreed, as a sentence."""
    return str(_ALONE.get(word, ""))


def after_talk_in_words(word: str) -> str:
    """How far the ratings agreed once people had talked, as a sentence; empty where nobody rated again."""
    return str(_AFTER_TALK.get(word, ""))


def standing_in_words(item: ProfileItem) -> str:
    """A standing, or that it is not counted here."""
    return str(StandingValue(item.standing).label) if item.counts else _("left out")


def since_start_in_words(profile: Profile) -> str:
    """What a first round comes to, compared with the start, when nothing stood on the record yet."""
    standings = [item.standing for item in profile.items if item.counts]
    begun, earned = standings.count(StandingValue.IN_PROGRESS), standings.count(StandingValue.EARNED)
    return ngettext(
        "Since the start, %(count)s competency has changed: %(begun)s in progress, %(earned)s earned.",
        "Since the start, %(count)s competencies have changed: %(begun)s in progress, %(earned)s earned.",
        begun + earned,
    ) % {"count": begun + earned, "begun": begun, "earned": earned}


def how_to_read() -> tuple[str, ...]:
    """What a reader who was not there needs to know."""
    return (
        _(
            "A competency is earned when there’s evidence for each of its indicators, showing what people do or what came of it. Documents alone aren’t enough. In progress means that work on it has begun."
        ),
        _(
            "The step says in plain words how deep a practice goes. The team agreed on it after everyone rated on their own; a step alone never decides whether something is earned."
        ),
        _(
            "This is where the team stood on the date of the report. It isn’t a score and doesn’t rank anyone. It includes no one’s individual ratings, and ratings are never used to evaluate anyone’s work."
        ),
    )
