"""The tables of rating on paper: sheets with a code, and those who are named to key them in.

Rows of `models.py` are named here and not imported, because it imports these.
"""

from typing import ClassVar

from django.db import models

from throughline.kit.ids import opaque_id
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.schools.models import Membership, TenantModel


class Sheet(TenantModel):
    """A printed rating sheet. No time is kept and the id tells nothing.

    While names are hidden nothing ties it to a person: people take one at random, and once it is keyed in `rater` is a
    rater without a membership. Where names show, `rater` is the person for whom it was printed. `typing` holds what is
    typed and not handed in yet; only `typing_by` sees it, and nothing of it is left afterwards but from which page
    (`done`) it was handed in.
    """

    id = models.UUIDField(primary_key=True, default=opaque_id, editable=False)
    round = TenantForeignKey("journeys.Round", on_delete=models.CASCADE, related_name="sheets")
    code = models.CharField(max_length=8)
    domains = models.JSONField(default=list)
    rater = TenantForeignKey("journeys.Rater", on_delete=models.CASCADE, null=True, related_name="sheets")
    is_in = models.BooleanField(default=False)
    typing = models.JSONField(default=dict)
    typing_by = TenantForeignKey(Membership, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            *tenant_keys(
                "journeys_sheet",
                round="journeys_round",
                rater="journeys_rater",
                typing_by="schools_membership",
            ),
            models.UniqueConstraint(fields=["organisation", "round", "code"], name="sheet_code_once"),
        ]


class Typist(TenantModel):
    """Somebody named to key in the paper sheets of a round."""

    round = TenantForeignKey("journeys.Round", on_delete=models.CASCADE, related_name="typists")
    membership = TenantForeignKey(Membership, related_name="+")
    named_by = TenantForeignKey(Membership, related_name="+")

    class Meta:
        constraints: ClassVar = [
            *tenant_keys(
                "journeys_typist",
                round="journeys_round",
                membership="schools_membership",
                named_by="schools_membership",
            ),
            models.UniqueConstraint(fields=["organisation", "round", "membership"], name="typist_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "membership"], name="typist_of")]
