"""What stands on the page of a piece of evidence that cites the plan: what was frozen, and what has changed since."""

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from throughline.plans.citing.frozen import changed_since, rows_of, values_of
from throughline.plans.citing.queries import cited_by
from throughline.plans.models import Cited
from throughline.plans.policy import may_see_plan
from throughline.records.models import Evidence
from throughline.schools.tenant import MemberRequest


def cited_body(request: MemberRequest, evidence: Evidence) -> SafeString:
    """What was cited, as it was; for those who see the plan also what stands otherwise today. Three queries at most."""
    found, school = cited_by(evidence), request.seat.organisation.slug
    told: dict[str, Any] = {"cited": found, "evidence": evidence, "school": school}
    if found is not None:
        sees = bool(may_see_plan(request.seat))
        told |= {
            "rows": rows_of(found.content),
            "values": values_of(found.content),
            "changed": changed_since(found) if sees else [],
            "sees": sees,
            "there": _address(found, school) if sees else "",
        }
    return mark_safe(render_to_string("plans/_cited.html", told))  # noqa: S308  (a rendered template)


def _address(cited: Cited, school: str) -> str:
    at: dict[str, object] = {"school": school}
    if cited.cycle:
        return reverse("plans:small-test", kwargs={**at, "test_id": cited.cycle.test_id})
    if cited.revision:
        return reverse("plans:policy", kwargs={**at, "policy_id": cited.revision.policy_id})
    if cited.measure_id:
        return reverse("plans:measure", kwargs={**at, "measure_id": cited.measure_id})
    if cited.action_id:
        return reverse("plans:action", kwargs={**at, "action_id": cited.action_id})
    return ""


def still_shown(evidence: Evidence) -> bool:
    """What was frozen stays; only evidence without it shows nothing. One query."""
    return Cited.objects.filter(organisation=evidence.organisation_id, evidence=evidence).exists()
