"""What this room adds to the records of a journey: the panel that says what was adopted, and editions as evidence."""

from uuid import UUID

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from throughline.elements.adopting.queries import Road
from throughline.elements.adopting.words import standing_in_words
from throughline.elements.models import EditionShown, ElementKind, StageChange
from throughline.elements.policy import STAFF
from throughline.frameworks.tree import CompetencyItem, tree
from throughline.kit.prepared import prepared
from throughline.records.models import Evidence, Record
from throughline.records.panels import Panel
from throughline.schools.tenant import MemberRequest

# What frameworks call the element that a domain is about.
DESIGN_ELEMENT: dict[str, str] = {
    kind: "framework-for-mastery-learning" if kind == ElementKind.LEARNING_FRAMEWORK else kind
    for kind in ElementKind.values
}
_KIND = {name: kind for kind, name in DESIGN_ELEMENT.items()}


def adopted_here(request: MemberRequest, record: Record, competency: CompetencyItem) -> Panel | None:
    """What was adopted of the element that this competency's domain is about. One query, none without such an element."""
    domains = tree(record.version_id).domains
    about = next((each.design_element for each in domains if competency in each.competencies), "")
    kind = _KIND.get(about)
    if kind is None or not request.seat.has(*STAFF):
        return None
    road = Road(tuple(_road(record.organisation_id, kind)))
    if road.last is None:
        return None
    element = road.last.element
    known = {"school": request.seat.organisation.slug, "kind": kind}
    told = {
        "element": element,
        "told": standing_in_words(road),
        "url": reverse("elements:stage", kwargs=known),
        "edition": road.edition,
        "edition_url": reverse("elements:edition", kwargs={**known, "number": road.edition.number})
        if road.edition
        else "",
    }
    content = mark_safe(render_to_string("elements/_adopted_here.html", told))  # noqa: S308  (a rendered template)
    return Panel(_("What the school has adopted"), content, order=20)


@prepared
def _road(organisation: UUID, kind: str) -> QuerySet[StageChange]:
    """The element's changes of stage, the newest first, with as much of it and of its editions as a panel says."""
    edition = (f"edition__{name}" for name in ("number", "adopted_on", "adopted_by_body"))
    return (
        StageChange.objects.filter(organisation=organisation, element__kind=kind)
        .select_related("edition", "element")
        .only("stage", "on", "element__title", "element__stage", *edition)
        .order_by("-at", "-pk")
    )


def _shown(evidence: Evidence) -> EditionShown | None:
    rows = EditionShown.objects.filter(organisation=evidence.organisation_id, evidence=evidence)
    return rows.select_related("edition__element").defer("edition__document", "edition__items").first()


def edition_body(request: MemberRequest, evidence: Evidence) -> SafeString:
    """What stands on the page of the evidence: which edition, and the way to it. One query."""
    row = _shown(evidence)
    told = {"edition": row.edition if row else None, "school": request.seat.organisation.slug}
    return mark_safe(render_to_string("elements/_edition_body.html", told))  # noqa: S308  (a rendered template)


def edition_stands(evidence: Evidence) -> bool:
    """An edition stays what it is; only evidence without one shows nothing. One query."""
    return _shown(evidence) is not None
