"""Verbs on crosswalks: begin one, link competencies, take links away, load them from a table, delete it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.frameworks.blueprint import TITLE_LIMIT
from throughline.frameworks.crosswalks.csv_table import NOTE_LIMIT, Row
from throughline.frameworks.models import Competency, Crosswalk, CrosswalkLink, Framework, FrameworkVersion
from throughline.frameworks.policy import may_crosswalk
from throughline.frameworks.queries import versions_visible_to
from throughline.kit.text import clean_line, clean_text
from throughline.people.wording import checked_line
from throughline.schools.log import note as log
from throughline.schools.models import Membership

MOST_AT_ONCE = 400
MOST_LINKS = 5000


@dataclass(frozen=True, slots=True)
class Sides:
    """The versions that a person looks at while linking: codes are theirs."""

    left: FrameworkVersion
    right: FrameworkVersion


@transaction.atomic
def start_crosswalk(
    *, by: Membership, left: Framework, right: Framework, title: str, note: str = "", source: str = ""
) -> Crosswalk:
    """Begin a crosswalk between two frameworks that the organisation may see; it belongs to the organisation."""
    may_crosswalk(by).enforce()
    if left.pk == right.pk:
        raise ValidationError({"right": _("Choose two different frameworks.")})
    for name, framework in (("left", left), ("right", right)):
        if not versions_visible_to(by.organisation).filter(framework=framework).exists():
            raise ValidationError({name: _("This framework is not open to your organization.")})
    crosswalk = Crosswalk.objects.create(
        owner=by.organisation,
        left=left,
        right=right,
        title=_title(title),
        note=clean_text(note),
        source=clean_text(source),
    )
    log("crosswalk.started", by=by, subject=crosswalk, title=crosswalk.title)
    return crosswalk


@transaction.atomic
def change_crosswalk(
    *, crosswalk: Crosswalk, by: Membership, title: str, note: str = "", source: str = ""
) -> Crosswalk:
    """Other words about it; its links stay."""
    held = _held(crosswalk, by)
    held.title, held.note, held.source = _title(title), clean_text(note), clean_text(source)
    held.save(update_fields=["title", "note", "source"])
    log("crosswalk.changed", by=by, subject=held, title=held.title)
    return held


@transaction.atomic
def link_competencies(
    *,
    crosswalk: Crosswalk,
    by: Membership,
    sides: Sides,
    left: Sequence[str],
    right: Sequence[str],
    relation: str,
    note: str = "",
) -> int:
    """Link each of the left codes with each of the right ones. Says how many links are new; known ones are reworded."""
    held = _held(crosswalk, by)
    if not left or not right:
        raise ValidationError(_("Choose at least one competency on each side."))
    if len(left) * len(right) > MOST_AT_ONCE:
        raise ValidationError(_("That is too many links at once. Choose fewer competencies."))
    rows = [Row(one, other, relation, clean_line(note)) for one in left for other in right]
    made = _keep(held, sides, rows)
    log("crosswalk.linked", by=by, subject=held, title=held.title, count=made)
    return made


@transaction.atomic
def load_links(*, crosswalk: Crosswalk, by: Membership, sides: Sides, rows: Sequence[Row]) -> int:
    """Keep every row of a table, or none. Says how many links are new."""
    held = _held(crosswalk, by)
    made = _keep(held, sides, rows)
    log("crosswalk.linked", by=by, subject=held, title=held.title, count=made)
    return made


@transaction.atomic
def unlink_competencies(*, crosswalk: Crosswalk, by: Membership, links: Iterable[UUID]) -> int:
    """Take links away; evidence is no longer shown through them."""
    held = _held(crosswalk, by)
    gone, _what = held.links.filter(pk__in=list(links)).delete()
    if gone:
        log("crosswalk.unlinked", by=by, subject=held, title=held.title, count=gone)
    return gone


@transaction.atomic
def delete_crosswalk(*, crosswalk: Crosswalk, by: Membership) -> None:
    """Delete it with its links; frameworks, records and evidence stay."""
    held = _held(crosswalk, by)
    log("crosswalk.deleted", by=by, subject=held, title=held.title)
    held.delete()


def _held(crosswalk: Crosswalk, by: Membership) -> Crosswalk:
    may_crosswalk(by, crosswalk).enforce()
    return Crosswalk.objects.select_for_update(of=("self",)).get(pk=crosswalk.pk, owner=by.organisation_id)


def _title(said: str) -> str:
    return checked_line(said, field="title", missing=_("Give the crosswalk a title."), limit=TITLE_LIMIT)


def _keep(held: Crosswalk, sides: Sides, rows: Sequence[Row]) -> int:
    if (sides.left.framework_id, sides.right.framework_id) != (held.left_id, held.right_id):
        raise ValidationError(_("These versions do not belong to the frameworks of this crosswalk."))
    for side, codes in ((sides.left, {r.left for r in rows}), (sides.right, {r.right for r in rows})):
        known = set(Competency.objects.filter(version=side, code__in=codes).values_list("code", flat=True))
        if codes - known:
            raise ValidationError(
                _("There is no competency “%(code)s” on this side.") % {"code": min(codes - known)}
            )
    links = {(row.left, row.right): row for row in rows}
    wrong = {row.relation for row in rows} - set(CrosswalkLink.Relation.values)
    if wrong:
        raise ValidationError({"relation": _("Choose how they are related.")})
    if any(len(row.note) > NOTE_LIMIT for row in rows):
        raise ValidationError(
            {"note": _("A note can have at most %(limit)d characters.") % {"limit": NOTE_LIMIT}}
        )
    before = held.links.count()
    if before + len(links) > MOST_LINKS:
        raise ValidationError(_("A crosswalk can have at most %(most)s links.") % {"most": MOST_LINKS})
    CrosswalkLink.objects.bulk_create(
        [
            CrosswalkLink(
                crosswalk=held,
                left_number=sides.left.number,
                left_code=row.left,
                right_number=sides.right.number,
                right_code=row.right,
                relation=row.relation,
                note=row.note,
            )
            for row in links.values()
        ],
        update_conflicts=True,
        unique_fields=["crosswalk", "left_code", "right_code", "left_number", "right_number"],
        update_fields=["relation", "note"],
    )
    return held.links.count() - before
