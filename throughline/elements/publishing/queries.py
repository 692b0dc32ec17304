"""Named reads of what is published and of translations."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from throughline.elements.adopting.queries import edition_in_force, editions_of
from throughline.elements.models import BlockTranslation, Edition, Element, Publication, PublicLine
from throughline.elements.publishing.units import newest
from throughline.schools.tenant import is_there


def publication_of(element: Element) -> Publication | None:
    """Whether it is open to everyone; None when nobody ever said so. One query."""
    rows = Publication.objects.filter(organisation=element.organisation_id, element=element)
    return rows.select_related("by").first()


def public_element(place: str, kind: str) -> tuple[Element, Publication] | None:
    """The element at a public address, when its school has opened it; the publication knows whether the throughline
    `has_line`. One query."""
    line = PublicLine.objects.filter(organisation=OuterRef("organisation"), is_open=True)
    rows: QuerySet[Publication] = Publication.objects.filter(
        is_there(), organisation__slug=place, element__kind=kind, is_open=True
    ).annotate(has_line=Exists(line))
    found = rows.select_related("element", "organisation").first()
    if found is None:
        return None
    found.element.organisation = found.organisation
    return found.element, found


def shown_edition(element: Element) -> Edition | None:
    """What everyone reads: the edition in force. Two queries."""
    return edition_in_force(element)


def said_in(element: Element, language: str) -> dict[str, BlockTranslation]:
    """What has been translated into a language, by what it says. One query."""
    return newest(_rows(element).filter(language=language))


def _rows(element: Element) -> Any:
    rows = BlockTranslation.objects.filter(organisation=element.organisation_id, element=element)
    return rows.order_by("at", "pk")


def languages_of(element: Element) -> list[str]:
    """The languages into which something has been translated, in their order. One query."""
    return sorted(set(_rows(element).order_by().values_list("language", flat=True).distinct()))


def edition_to_translate(element: Element) -> Edition | None:
    """The newest edition: translated before it comes into force, so that it can be read on the first day. One query."""
    return editions_of(element).first()


def edition_before(edition: Edition) -> Edition | None:
    """The one before it. One query."""
    return editions_of(edition.element).filter(number__lt=edition.number).first()
