"""The picture of a framework that nobody has begun: its domains and competencies, and nothing about anyone."""

from collections.abc import Callable
from dataclasses import replace

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.frameworks.models import Competency
from throughline.frameworks.tree import CompetencyItem, Tree
from throughline.kit import clock
from throughline.records.drawing.profile import Block, ProfilePicture, draw_profile
from throughline.records.models import StandingValue
from throughline.records.profile.picture import Link, picture_of
from throughline.records.queries import Profile, ProfileItem, day_of

MOST = 200  # above, blocks would be slivers


def blank_profile(whole: Tree, link: Callable[[CompetencyItem], str]) -> SafeString:
    """The SVG for a page; nothing for a framework too large to be drawn."""
    if len(whole.competencies) > MOST:
        return SafeString("")
    return mark_safe(draw_profile(blank_picture(whole, link)))  # noqa: S308  (the drawing escapes its words)


def blank_picture(whole: Tree, link: Link | None = None) -> ProfilePicture:
    """What `drawing.profile.draw_profile` needs to draw a framework without any record."""
    items = tuple(
        ProfileItem(each, StandingValue.NOT_STARTED.value, None, None, recheck=False, set_aside=None)
        for each in whole.competencies
    )
    picture = picture_of(Profile(whole, items, day_of(clock.now())), title=whole.title, link=link)
    sectors = tuple(
        replace(sector, blocks=tuple(_named(block) for block in sector.blocks)) for sector in picture.sectors
    )
    return replace(picture, sectors=sectors, centre=_centre(whole), description=_in_words(whole))


def _named(block: Block) -> Block:
    level = Competency.Level(block.level).label
    return replace(block, label=_("%(name)s, %(level)s") % {"name": block.name, "level": level})


def _centre(whole: Tree) -> tuple[tuple[str, str], ...]:
    lines = []
    for level in Competency.Level:
        count = sum(each.level == level for each in whole.competencies)
        if count:
            lines.append((str(count), str(level.label)))
    return tuple(lines)


def _in_words(whole: Tree) -> str:
    count = len(whole.competencies)
    return ngettext(
        "%(count)s competency, not started.",
        "%(count)s competencies, none of them started.",
        count,
    ) % {"count": count}
