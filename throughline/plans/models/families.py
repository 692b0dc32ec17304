"""The page for families: its drafts, what was published of it, its translations, and the questions that people ask."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughline.activity.ledger import append_only
from throughline.kit import clock
from throughline.kit.ids import opaque_id
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.schools.models import Membership, TenantModel


class PageForFamilies(TenantModel):
    """The one page of an organization, and who can read it. Of its link only the hash is kept.

    `checked_on` is the day on which somebody last said that what stands there is right.
    """

    class Way(models.TextChoices):
        NOBODY = "nobody", _("nobody outside")
        LINK = "link", _("whoever has the link")
        EVERYONE = "everyone", _("everyone")

    language = models.CharField(max_length=10)
    way = models.CharField(max_length=8, choices=Way.choices, default=Way.NOBODY)
    may_be_found = models.BooleanField(default=False)
    # A page that was open to everyone says so kindly after it was withdrawn; one that never was does not exist.
    was_open = models.BooleanField(default=False)
    takes_questions = models.BooleanField(default=True)
    token_hash = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001  (two empty ones are not the same)
    checked_on = models.DateField(null=True)
    begun_by = TenantForeignKey(Membership, related_name="+")
    begun_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name_plural = "pages for families"
        constraints = [
            *tenant_keys("plans_pageforfamilies", begun_by="schools_membership"),
            models.UniqueConstraint(fields=["organisation"], name="pageforfamilies_once"),
        ]


class FamilyDraft(TenantModel):
    """One section as it is being written; readers see the edition instead. `content` is as `families.sections` has it."""

    page = TenantForeignKey(PageForFamilies, on_delete=models.CASCADE, related_name="drafts")
    section = models.CharField(max_length=10)
    content = models.JSONField(default=dict)
    changed_by = TenantForeignKey(Membership, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            *tenant_keys("plans_familydraft", page="plans_pageforfamilies", changed_by="schools_membership"),
            models.UniqueConstraint(fields=["organisation", "page", "section"], name="familydraft_once"),
        ]


@append_only
class FamilyEdition(TenantModel):
    """What was published, as a whole: section → content."""

    page = TenantForeignKey(PageForFamilies, related_name="editions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    by = TenantForeignKey(Membership, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            *tenant_keys("plans_familyedition", page="plans_pageforfamilies", by="schools_membership"),
            models.UniqueConstraint(fields=["organisation", "page", "number"], name="familyedition_once"),
        ]


@append_only
class FamilyTranslation(TenantModel):
    """A piece of the page in another language, named by the fingerprint of its words; empty takes one back."""

    page = TenantForeignKey(PageForFamilies, related_name="translations")
    language = models.CharField(max_length=10)
    says = models.CharField(max_length=16)
    text = models.TextField(blank=True)
    by = TenantForeignKey(Membership, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = tenant_keys(
            "plans_familytranslation", page="plans_pageforfamilies", by="schools_membership"
        )
        indexes = [
            models.Index(
                fields=["organisation", "page", "language", "says", "at"], name="familytranslation_of"
            )
        ]


class FamilyQuestion(TenantModel):
    """What somebody without an account asked: held until answered. It keeps the day, and nothing of who asked.

    `text` is what was asked; readers see `wording`, which the school may shorten, and the answer.
    """

    class State(models.TextChoices):
        HELD = "held", _("waits for an answer")
        ANSWERED = "answered", _("answered")
        LEFT_OUT = "left-out", _("left out")

    id = models.UUIDField(primary_key=True, default=opaque_id, editable=False)
    page = TenantForeignKey(PageForFamilies, on_delete=models.CASCADE, related_name="questions")
    language = models.CharField(max_length=10)
    text = models.TextField()
    on = models.DateField(default=clock.today)
    state = models.CharField(max_length=8, choices=State.choices, default=State.HELD)
    wording = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True)
    moderated_by = TenantForeignKey(Membership, null=True, related_name="+")

    class Meta:
        constraints = tenant_keys(
            "plans_familyquestion", page="plans_pageforfamilies", moderated_by="schools_membership"
        )
        indexes = [models.Index(fields=["organisation", "state", "on"], name="familyquestion_state")]
