"""Parts of the plan that are evidence in a journey: what was cited, frozen as it stood."""

from functools import reduce
from operator import or_

from django.db import models

from throughline.activity.ledger import append_only
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.plans.models.measures import Measure
from throughline.plans.models.plan import Action
from throughline.plans.models.policies import PolicyRevision
from throughline.plans.models.tested import Cycle
from throughline.records.models import Evidence
from throughline.schools.models import TenantModel

CITABLE = {
    "action": "plans_action",
    "cycle": "plans_cycle",
    "measure": "plans_measure",
    "revision": "plans_policyrevision",
}


def _only(part: str) -> models.Q:
    return models.Q(**{f"{other}__isnull": other != part for other in CITABLE})


@append_only
class Cited(TenantModel):
    """That a piece of evidence is an action, a cycle, a measure up to a day, or a revision of a policy.

    `content` is what it said then, `digest` the SHA-256 of that as it is written down; who cited it says the evidence.
    """

    evidence = TenantForeignKey(Evidence, related_name="+")
    action = TenantForeignKey(Action, null=True, related_name="cited_in")
    cycle = TenantForeignKey(Cycle, null=True, related_name="cited_in")
    measure = TenantForeignKey(Measure, null=True, related_name="cited_in")
    revision = TenantForeignKey(PolicyRevision, null=True, related_name="cited_in")
    content = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            *tenant_keys("plans_cited", evidence="records_evidence", **CITABLE),
            models.CheckConstraint(condition=reduce(or_, map(_only, CITABLE)), name="cited_one_part"),
            models.UniqueConstraint(fields=["organisation", "evidence"], name="cited_once"),
        ]
