"""Where an element stands with the community, and what was adopted: frozen, hashed, citable."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughline.activity.ledger import append_only
from throughline.files.models import StoredFile
from throughline.kit import clock
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.records.models import Evidence
from throughline.schools.models import Membership, TenantModel


class Stage(models.TextChoices):
    """Where an element stands. Any may follow any: schools skip steps and return to drafting."""

    DRAFTING = "drafting", _("being drafted")
    PROPOSED = "proposed", _("proposed")
    CONSULTATION = "consultation", _("in consultation")
    ADOPTED = "adopted", _("adopted")
    IN_FORCE = "in-force", _("in force")
    SUPERSEDED = "superseded", _("superseded")


@append_only
class Edition(TenantModel):
    """What was adopted: the text, what is structured in it, or a file; never changed afterwards.

    `digest` is the SHA-256 of the frozen content (`adopting.freezing`). `version` is the text's version it was taken from.
    """

    element = TenantForeignKey("elements.Element", related_name="editions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=10)
    version = models.PositiveIntegerField()
    document = models.JSONField()
    items = models.JSONField(default=list)
    file = TenantForeignKey(StoredFile, null=True, related_name="+")
    digest = models.CharField(max_length=64)
    adopted_by_body = models.CharField(max_length=200)
    adopted_on = models.DateField()
    note = models.TextField(blank=True)
    by = TenantForeignKey(Membership, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            *tenant_keys(
                "elements_edition",
                element="elements_element",
                file="files_storedfile",
                by="schools_membership",
            ),
            models.UniqueConstraint(fields=["organisation", "element", "number"], name="edition_one_order"),
        ]


@append_only
class StageChange(TenantModel):
    """That an element came to a stage on a day, and why."""

    element = TenantForeignKey("elements.Element", related_name="stage_changes")
    stage = models.CharField(max_length=14, choices=Stage.choices)
    edition = TenantForeignKey(Edition, null=True, related_name="stage_changes")
    on = models.DateField()
    reason = models.TextField(blank=True)
    by = TenantForeignKey(Membership, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = tenant_keys(
            "elements_stagechange",
            element="elements_element",
            edition="elements_edition",
            by="schools_membership",
        )
        indexes = [models.Index(fields=["organisation", "element", "at"], name="stagechange_of")]


class EditionShown(TenantModel):
    """That a piece of evidence in a record is an edition: what was adopted shows something of the school's journey."""

    evidence = TenantForeignKey(Evidence, on_delete=models.CASCADE, related_name="editions_shown")
    edition = TenantForeignKey(Edition, related_name="shown_in")

    class Meta:
        constraints = [
            *tenant_keys("elements_editionshown", evidence="records_evidence", edition="elements_edition"),
            models.UniqueConstraint(fields=["organisation", "evidence"], name="editionshown_once"),
        ]
        indexes = [models.Index(fields=["organisation", "edition"], name="editionshown_of")]
