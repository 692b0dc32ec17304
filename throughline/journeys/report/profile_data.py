"""A credit profile as plain data for `records/paper/profile.typ`: the words of its picture, legend and table."""

from typing import Any

from django.utils.translation import gettext as _

from throughline.frameworks.models import Competency
from throughline.journeys.report.words import standing_in_words
from throughline.records.models import StandingValue
from throughline.records.paper.compiling import theirs
from throughline.records.profile.picture import in_words
from throughline.records.queries import Profile, ProfileItem


def profile_data(profile: Profile, earlier: Profile | None) -> dict[str, Any]:
    """What `profile-picture` and `profile-table` lay out; the drawing itself travels as the picture `profile`."""
    return {
        "picture": _("The credit profile as a picture. %(counts)s The table below says the same.")
        % {"counts": in_words(profile)},
        "legend": legend(profile),
        "legend_notes": legend_notes(profile, earlier),
        "table": profile_table(profile, earlier),
    }


def legend(profile: Profile) -> list[dict[str, str]]:
    """The marks that occur, and what they mean."""
    counted = {str(item.standing) for item in profile.items if item.counts}
    order = (StandingValue.EARNED, StandingValue.IN_PROGRESS, StandingValue.NOT_STARTED)
    found = [{"mark": each.value, "words": str(each.label)} for each in order if each.value in counted]
    if not all(item.counts for item in profile.items):
        found.append({"mark": "set-aside", "words": _("left out, not counted")})
    return found


def legend_notes(profile: Profile, earlier: Profile | None) -> list[str]:
    """What else the picture shows."""
    said = []
    then = earlier.by_competency() if earlier else {}
    if any(item.counts and item.recheck for item in profile.items):
        said.append(_("A small clock: it’s time to check the evidence again."))
    if any(then[item.competency.id].standing != item.standing for item in profile.items if then):
        said.append(_("The strip at the inner edge shows where it stood before."))
    return said


def profile_table(profile: Profile, earlier: Profile | None) -> dict[str, Any]:
    """The table beside the picture, for `records/paper/profile.typ`."""
    then = earlier.by_competency() if earlier else {}
    now = profile.by_competency()
    columns = [_("Number"), _("Competency"), _("Level"), _("Standing")]
    if then:
        columns.insert(3, _("Before"))
    return {
        "columns": columns,
        "unchanged": _("unchanged"),
        "groups": [
            {
                "name": domain.name,
                "hue": domain.hue,
                "rows": [_row(now[each.id], then.get(each.id), bool(then)) for each in domain.competencies],
            }
            for domain in profile.tree.domains
        ],
    }


def _row(item: ProfileItem, then: ProfileItem | None, compared: bool) -> dict[str, Any]:
    changed = then is not None and (then.standing, then.counts) != (item.standing, item.counts)
    return {
        "number": str(item.competency.number),
        "name": item.competency.name,
        "level": str(Competency.Level(item.competency.level).label),
        "mark": str(item.standing) if item.counts else "set-aside",
        "standing": standing_in_words(item),
        "recheck": item.counts and item.recheck,
        "aside": theirs(item.set_aside or ""),
        "compared": compared,
        "before": standing_in_words(then) if then and changed else "",
        "before_mark": (str(then.standing) if then.counts else "set-aside") if then else "",
    }
