"""What the design elements bring into the browser world: ids for their addresses, a link, what anyone may read."""

from typing import Any

from throughline.elements import models as parts
from throughline.elements.bringing.actions import bring_text
from throughline.elements.bringing.taking_in import taken_in
from throughline.elements.consulting.actions.opening import replace_link
from throughline.elements.gathering.actions import remove_entries
from throughline.elements.line.actions import show_line
from throughline.elements.publishing.actions import publish_element
from throughline.schools.models import Membership, Organisation


def _ids(rows: Any) -> list[str]:
    return [str(each.pk) for each in rows]


def elements_of(school: Organisation) -> dict[str, list[str]]:
    """Kinds of elements, the one with a consultation and the one with an edition first, and what stands in them."""
    here = {"organisation": school}
    asked = parts.Consultation.objects.filter(**here).select_related("element").order_by("made_at").last()
    edition = parts.Edition.objects.filter(**here).select_related("element").order_by("at").first()
    written = parts.Edition.objects.filter(file=None, **here).select_related("element").first()
    first = [each.element.kind for each in (asked, edition, written) if each] or ["graduate-profile"]
    begun = parts.Element.objects.filter(**here).values_list("kind", flat=True)
    return {
        "kind": list(dict.fromkeys([*first, *begun]))[:4],
        "number": ["1"],
        "stage": ["drafting", "in-force"],
        "section": ["opening"],
        "piece": ["1", "all"],
        "what": ["attribute", "credit"],
        "item_id": list(
            {
                each.kind: str(each.pk)
                for each in parts.Item.objects.filter(
                    kind__in=("attribute", "credit", "fact"), **here
                ).order_by("kind")
            }.values()
        ),
        "participant_id": _ids(parts.Participant.objects.filter(**here)[:1]),
        "cluster_id": _ids(parts.Cluster.objects.filter(**here)[:2]),
        "consultation_id": [str(asked.pk)] if asked else [],
        "theme_id": _ids(parts.Theme.objects.filter(consultation=asked)[:1]),
    }


def asked_again(lead: Membership) -> str:
    """The secret of a new link to the consultation that is going on."""
    asked = parts.Consultation.objects.filter(organisation=lead.organisation).order_by("made_at").last()
    assert asked is not None
    return replace_link(consultation=asked, by=lead).token


def bring_a_text(lead: Membership) -> None:
    """A text that the lead has brought and not yet put in."""
    brought = taken_in(None, "<h2>From a paste</h2><p>Words from elsewhere.</p>")
    for element in parts.Element.objects.filter(organisation=lead.organisation):
        bring_text(element=element, brought=brought, by=lead)


def remove_an_entry(lead: Membership) -> None:
    """Something that was said and taken out again."""
    said = parts.Entry.objects.filter(organisation=lead.organisation, removed_at=None).last()
    assert said is not None
    remove_entries(element=said.element, entries=[said.pk], by=lead)


def public_elements(lead: Membership) -> dict[str, list[str]]:
    """The elements that anyone may read, opened here when nobody has."""
    for edition in parts.Edition.objects.filter(organisation=lead.organisation).select_related("element"):
        publish_element(element=edition.element, is_open=True, may_be_found=False, by=lead)
    show_line(is_open=True, may_be_found=False, by=lead)
    kinds = parts.Publication.objects.filter(organisation=lead.organisation, is_open=True)
    return {"place": ["harbor-bridge"], "kind": list(kinds.values_list("element__kind", flat=True))}
