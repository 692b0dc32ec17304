"""The text of an element: every change that was ever accepted, in one order, and now and then the whole of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughline.activity.ledger import append_only
from throughline.elements.models.element import Element
from throughline.elements.models.packed import PackedField
from throughline.files.models import StoredFile
from throughline.kit import clock
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.schools.models import Membership, TenantModel


class ChangeKind(models.TextChoices):
    """By what way a change came."""

    TYPED = "typed", _("typed")
    FORM = "form", _("sent by form")
    IMPORTED = "imported", _("imported")
    RESTORED = "restored", _("restored")
    SUGGESTED = "suggested", _("suggested and accepted")


@append_only
class Change(TenantModel):
    """A batch of ProseMirror steps that was accepted together, by one author.

    `start` is the version that they apply to (0: the empty document), `end` the one after them; versions count steps. The
    unique start is what keeps two servers from accepting two changes of one version.
    `batch` is the name under which an editor sent them, the same when it sends them again because it got no answer;
    `places` says which steps of the batch these are, where some of it could not be placed (empty: the first, the second …).
    """

    element = TenantForeignKey(Element, related_name="changes")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    steps = models.JSONField()
    kind = models.CharField(max_length=10, choices=ChangeKind.choices, default=ChangeKind.TYPED)
    # Which open editor it came from: that one hears that its own change was taken.
    client = models.CharField(max_length=32, blank=True)
    batch = models.UUIDField(null=True)
    places = models.JSONField(default=list)
    by = TenantForeignKey(Membership, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            *tenant_keys("elements_change", element="elements_element", by="schools_membership"),
            models.UniqueConstraint(fields=["organisation", "element", "start"], name="change_one_order"),
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="change_moves_on"),
        ]


class TextState(TenantModel):
    """The whole text at one version: derived from the changes, kept so that no reader replays them all."""

    element = TenantForeignKey(Element, on_delete=models.CASCADE, related_name="states")
    version = models.PositiveIntegerField()
    document = PackedField()

    class Meta:
        constraints = [
            *tenant_keys("elements_textstate", element="elements_element"),
            models.UniqueConstraint(fields=["organisation", "element", "version"], name="textstate_once"),
        ]


class Picture(TenantModel):
    """A file that the text of an element shows or has shown: earlier versions show it still, so it stays."""

    element = TenantForeignKey(Element, on_delete=models.CASCADE, related_name="pictures")
    file = TenantForeignKey(StoredFile, related_name="+")

    class Meta:
        constraints = [
            *tenant_keys("elements_picture", element="elements_element", file="files_storedfile"),
            models.UniqueConstraint(fields=["organisation", "element", "file"], name="picture_once"),
        ]
        indexes = [models.Index(fields=["organisation", "file"], name="picture_file")]


class Presence(TenantModel):
    """An editor that is open now: whose it is and where its caret stands. Rows go when it closes, or falls silent."""

    element = TenantForeignKey(Element, on_delete=models.CASCADE, related_name="present")
    membership = TenantForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    client = models.CharField(max_length=32)
    anchor = models.PositiveIntegerField(default=0)
    head = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    seen = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            *tenant_keys("elements_presence", element="elements_element", membership="schools_membership"),
            models.UniqueConstraint(fields=["organisation", "element", "client"], name="presence_once"),
        ]
