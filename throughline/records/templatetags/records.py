"""Components of the grammar: the credit profile with its legend and table, standings, decisions, evidence."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any
from uuid import UUID

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from throughline.frameworks.tree import CompetencyItem
from throughline.kit.addresses import addresses
from throughline.records.drawing.profile import ProfilePicture, draw_profile
from throughline.records.evidence import markup as pieces
from throughline.records.models import Evidence, Record, StandingValue
from throughline.records.profile import picture as pictures
from throughline.records.profile.picture import ProfileTable
from throughline.records.reading import DecisionRead

register = template.Library()


@register.simple_tag
def credit_profile(picture: ProfilePicture) -> SafeString:
    """The credit profile as SVG. A table with the same content (`profile_table`) always follows it."""
    return mark_safe(draw_profile(picture))  # noqa: S308  (the drawing escapes every word it is given)


@register.inclusion_tag("records/components/legend.html")
def profile_legend(picture: ProfilePicture) -> dict[str, Any]:
    """What the marks mean: those that occur in the picture."""
    return {"entries": pictures.legend_of(picture)}


@register.simple_tag
def profile_table(table: ProfileTable) -> SafeString:
    """The table that follows a credit profile."""
    return _laid_out(table, get_language() or "")


@lru_cache(maxsize=256)
def _laid_out(table: ProfileTable, language: str) -> SafeString:
    """Kept, like the drawing beside it: a record is looked at far more often than it changes. `language` is that of
    the headings."""
    return render_to_string("records/components/profile_table.html", {"table": table})


@register.simple_tag
def standing_mark(standing: str, hue: int = 0, recheck: bool = False, set_aside: bool = False) -> SafeString:
    """The mark alone, hidden from screen readers: words must stand beside it (see `standing`)."""
    return pictures.mark_of(str(standing), hue, bool(recheck), bool(set_aside))


@register.simple_tag
def standing_words(value: str) -> str:
    """The word of a standing alone."""
    return str(StandingValue(value).label)


@register.inclusion_tag("records/components/standing.html")
def standing(value: str, hue: int = 0, recheck: bool = False, set_aside: bool = False) -> dict[str, Any]:
    """A standing as mark and word, with *to re-check* where it applies."""
    return {
        "mark": pictures.mark_of(str(value), hue, bool(recheck), bool(set_aside)),
        "words": _("left out") if set_aside else StandingValue(value).label,
        "recheck": recheck and not set_aside,
    }


@register.inclusion_tag("records/components/decision_line.html", takes_context=True)
def decision_line(context: Context, decision: DecisionRead, hue: int = 0) -> dict[str, Any]:
    """One decision: from → to, who, how, when, why, dissent, and the evidence it stands on.

    Takes what `reading.decision_read` made of a decision.
    """
    return {"decision": decision, "hue": hue, "seat": context.get("seat")}


@register.simple_tag(takes_context=True)
def evidence_card(
    context: Context, evidence: Evidence, heading: int = 3, competencies: Iterable[CompetencyItem] = ()
) -> SafeString:
    """One piece of evidence: title, what it can show, when and where, who brought it, stale or withdrawn.

    `heading` is the level of its title; `competencies` names what it shows, in a list of mixed evidence.
    """
    return pieces.evidence_card(evidence, _evidence_page(context, evidence), heading, competencies)


@register.simple_tag(takes_context=True)
def evidence_line(context: Context, evidence: Evidence) -> SafeString:
    """One piece of evidence in one line, for lists under something else."""
    return pieces.evidence_line(evidence, _evidence_page(context, evidence))


def _evidence_page(context: Context, evidence: Evidence) -> str:
    seat = context.get("seat")
    return _evidence_pages(seat.organisation.slug)(evidence.pk) if seat else ""


@lru_cache(maxsize=64)
def _evidence_pages(school: str) -> Callable[[UUID], str]:
    return addresses("records:evidence", of="evidence_id", school=school)


@register.simple_tag(takes_context=True)
def evidence_url(context: Context, evidence_id: UUID) -> str:
    """The page of a piece of evidence, wherever many are listed."""
    return _evidence_pages(context["seat"].organisation.slug)(evidence_id)


@register.simple_tag(takes_context=True)
def competency_url(context: Context, record: Record, competency: CompetencyItem) -> str:
    """The page of a competency of a record."""
    ids = {"record_id": record.pk, "competency_id": competency.id}
    return reverse("records:competency", kwargs={"school": context["seat"].organisation.slug, **ids})
