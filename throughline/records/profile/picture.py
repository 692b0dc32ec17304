"""A profile in words and as a picture: what the drawing, its legend and its table need, translated and ready to show.

`picture_of` feeds `drawing.profile.draw_profile`, `table_of` the table that always follows it; both come from the same
`Profile`, so they cannot disagree. Words are whole sentences for translators; templates only lay them out.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, cast

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.frameworks.models import Competency
from throughline.frameworks.tree import CompetencyItem, DomainItem
from throughline.kit.addresses import addresses
from throughline.records.drawing import profile as drawing
from throughline.records.drawing.profile import Block, ProfilePicture, Sector, Standing
from throughline.records.models import Record, StandingValue
from throughline.records.queries import Profile, ProfileItem

Link = Callable[[CompetencyItem], str]


def competency_links(record: Record, school: str) -> Link:
    """Addresses of the pages of this record's competencies, in the organisation with the short name `school`."""
    link = addresses("records:competency", of="competency_id", school=school, record_id=record.pk)
    return lambda competency: link(competency.id)


def picture_of(
    profile: Profile,
    *,
    title: str,
    earlier: Profile | None = None,
    link: Link | None = None,
    standalone: bool = False,
) -> ProfilePicture:
    """The credit profile of a record, for `drawing.profile.draw_profile`; `earlier` adds the ghost of another date."""
    now, then = profile.by_competency(), earlier.by_competency() if earlier else {}
    words = _Words.now()
    sectors = tuple(
        Sector(
            domain.name,
            domain.hue,
            tuple(
                _block(now[each.id], then.get(each.id), link(each) if link else "", words)
                for each in domain.competencies
            ),
        )
        for domain in profile.tree.domains
    )
    return ProfilePicture(
        title=title,
        description=in_words(profile),
        sectors=sectors,
        centre=_centre(profile),
        standalone=standalone,
    )


def drawn_on_paper(profile: Profile, *, title: str, earlier: Profile | None) -> str:
    """The picture as a PDF takes it."""
    picture = picture_of(profile, title=title, earlier=earlier, standalone=True)
    return drawing.draw_profile(replace(picture, theme="light"))


@dataclass(frozen=True, slots=True)
class _Words:
    """The names of levels and standings in the language in force, looked up once for a whole profile."""

    levels: dict[str, str]
    standings: dict[str, str]

    @classmethod
    def now(cls) -> "_Words":
        return cls(
            {value: str(label) for value, label in Competency.Level.choices},
            {value: str(label) for value, label in StandingValue.choices},
        )


def _block(item: ProfileItem, then: ProfileItem | None, href: str, words: _Words) -> Block:
    competency = item.competency
    earlier = then.standing if then and then.counts else None
    return Block(
        number=competency.number,
        name=competency.name,
        level=cast('Literal["foundational", "advanced"]', competency.level),
        standing=cast(Standing, str(item.standing)),
        set_aside=not item.counts,
        recheck=item.counts and item.recheck,
        earlier=cast(Standing, str(earlier)) if earlier else None,
        href=href,
        label=_label(item, earlier, words),
    )


def _label(item: ProfileItem, earlier: str | None, words: _Words) -> str:
    """The accessible name of a block: "Timely Support, foundational, in progress, to re-check"."""
    said = {
        "name": item.competency.name,
        "level": words.levels[item.competency.level],
        "standing": words.standings[item.standing],
    }
    if not item.counts:
        return _("%(name)s, %(level)s, left out, not counted") % said
    if earlier and earlier != item.standing:
        said["earlier"] = words.standings[earlier]
        if item.recheck:
            return _("%(name)s, %(level)s, %(standing)s (before: %(earlier)s), to re-check") % said
        return _("%(name)s, %(level)s, %(standing)s (before: %(earlier)s)") % said
    if item.recheck:
        return _("%(name)s, %(level)s, %(standing)s, to re-check") % said
    return _("%(name)s, %(level)s, %(standing)s") % said


def _centre(profile: Profile) -> tuple[tuple[str, str], ...]:
    """Two counts in words; a level of which nothing counts here is left out."""
    lines = []
    for level, words in (("foundational", _("foundational earned")), ("advanced", _("advanced earned"))):
        earned, counted = profile.count(level)
        if counted:
            count = _("%(earned)s of %(counted)s") % {"earned": earned, "counted": counted}
            lines.append((count, words))
    return tuple(lines)


def in_words(profile: Profile) -> str:
    """The counts of a profile as sentences, for those who do not see the picture."""
    said = []
    earned, counted = profile.count("foundational")
    if counted:
        said.append(
            ngettext(
                "%(earned)s of %(counted)s foundational competency is earned.",
                "%(earned)s of %(counted)s foundational competencies are earned.",
                counted,
            )
            % {"earned": earned, "counted": counted}
        )
    earned, counted = profile.count("advanced")
    if counted:
        said.append(
            ngettext(
                "%(earned)s of %(counted)s advanced competency is earned.",
                "%(earned)s of %(counted)s advanced competencies are earned.",
                counted,
            )
            % {"earned": earned, "counted": counted}
        )
    aside = sum(not item.counts for item in profile.items)
    if aside:
        said.append(
            ngettext(
                "%(aside)s competency is left out and not counted.",
                "%(aside)s competencies are left out and not counted.",
                aside,
            )
            % {"aside": aside}
        )
    return " ".join(said)


@lru_cache(maxsize=256)
def mark_of(standing: str, hue: int = 0, recheck: bool = False, set_aside: bool = False) -> SafeString:
    """The small mark of a standing; it says nothing to a screen reader, so words always stand beside it."""
    drawn = drawing.standing_mark(cast(Standing, standing), hue, recheck=recheck, set_aside=set_aside)
    return mark_safe(drawn)  # noqa: S308  (made of our own shapes and no text at all)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One competency in the table. `was` is empty when nothing changed or nothing is compared."""

    number: int
    name: str
    href: str
    level: str
    mark: SafeString
    standing: str
    recheck: bool
    set_aside: str | None
    was_mark: SafeString | str = ""
    was: str = ""
    was_words: str = ""


@dataclass(frozen=True, slots=True)
class TableGroup:
    """A domain and its competencies."""

    name: str
    hue: int
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class ProfileTable:
    """The same content as the picture, for everyone who reads rather than looks."""

    caption: str
    groups: tuple[TableGroup, ...]
    compared: bool

    @property
    def columns(self) -> int:
        """How many columns a domain's heading spans."""
        return 5 if self.compared else 4


def table_of(
    profile: Profile, *, caption: str, earlier: Profile | None = None, link: Link | None = None
) -> ProfileTable:
    """The table that follows a picture; give it the same `earlier` and `link`."""
    now, then = profile.by_competency(), earlier.by_competency() if earlier else {}
    words = _Words.now()

    def group(domain: DomainItem) -> TableGroup:
        rows = (
            _row(now[each.id], then.get(each.id), link(each) if link else "", words)
            for each in domain.competencies
        )
        return TableGroup(domain.name, domain.hue, tuple(rows))

    return ProfileTable(caption, tuple(group(domain) for domain in profile.tree.domains), earlier is not None)


def _row(item: ProfileItem, then: ProfileItem | None, href: str, words: _Words) -> TableRow:
    competency, hue = item.competency, item.competency.hue
    recheck = item.counts and item.recheck
    was, was_mark = "", ""
    if then and (then.standing, then.counts) != (item.standing, item.counts):
        was = words.standings[then.standing] if then.counts else _("left out")
        was_mark = mark_of(then.standing, hue, set_aside=not then.counts)
    return TableRow(
        number=competency.number,
        name=competency.name,
        href=href,
        level=words.levels[competency.level],
        mark=mark_of(item.standing, hue, recheck, not item.counts),
        standing=words.standings[item.standing] if item.counts else _("left out"),
        recheck=recheck,
        set_aside=item.set_aside,
        was_mark=was_mark,
        was=was,
        was_words=_("before: %(standing)s") % {"standing": was} if was else "",
    )


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A mark and what it means."""

    mark: SafeString
    words: str


def legend_of(picture: ProfilePicture) -> tuple[LegendEntry, ...]:
    """The meaning of every mark that occurs in the picture, and of no other."""
    blocks = [block for sector in picture.sectors for block in sector.blocks]
    seen = {block.standing for block in blocks if not block.set_aside}
    order = (StandingValue.EARNED, StandingValue.IN_PROGRESS, StandingValue.NOT_STARTED)
    entries = [LegendEntry(mark_of(each.value), str(each.label)) for each in order if each.value in seen]
    if any(block.set_aside for block in blocks):
        entries.append(
            LegendEntry(mark_of(StandingValue.NOT_STARTED, set_aside=True), _("left out, not counted"))
        )
    if any(block.recheck for block in blocks):
        entries.append(LegendEntry(mark_of(StandingValue.EARNED, recheck=True), _("to re-check")))
    if any(block.earlier not in (None, block.standing) for block in blocks if not block.set_aside):
        entries.append(
            LegendEntry(mark_safe(_BEFORE), _("inner strip: where it stood before"))  # noqa: S308
        )
    return tuple(entries)


_BEFORE = (
    '<svg class="standing-mark before hue-0" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" '
    'focusable="false"><rect x="1" y="1" width="14" height="9" rx="2" fill="none" stroke="var(--quiet)" '
    'stroke-width="1.5"/><rect x="1" y="12" width="14" height="3" rx="1" fill="none" stroke="var(--quiet)" '
    'stroke-width="1.5"/></svg>'
)
