"""What a school shows of its journey to others: one frozen snapshot, to one audience, until it is taken back."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughline.frameworks.models import Competency
from throughline.journeys.models import Snapshot
from throughline.kit import clock
from throughline.kit.ids import opaque_id
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.records.models import Evidence
from throughline.schools.models import Membership, Organisation, TenantModel


class Audience(models.TextChoices):
    """Who is shown a snapshot."""

    STAFF = "staff", _("our staff")
    PEOPLE = "people", _("all our people")
    BOARD = "board", _("our board")
    ORGANISATION = "organisation", _("a district or network")
    LINK = "link", _("anyone with the link")


# Outside the organisation only those who look after it may share, and fewer names are shown.
OUTSIDE = frozenset({Audience.ORGANISATION.value, Audience.LINK.value})


class Share(TenantModel):
    """One snapshot opened to one audience. Nothing is shared by default; the row stays when it is withdrawn.

    `earlier` is the share, with the same readers, of an earlier snapshot: what changed since is shown while both are
    open. Of a link only the hash of its secret is kept; `opens` counts its use and knows nobody.
    """

    id = models.UUIDField(primary_key=True, default=opaque_id, editable=False)
    snapshot = TenantForeignKey(Snapshot, related_name="shares")
    audience = models.CharField(max_length=12, choices=Audience.choices)
    # The district or network, for that audience. Asked together with the schools that belong to it.
    to = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    earlier = TenantForeignKey("self", null=True, related_name="+")
    with_priorities = models.BooleanField(default=True)
    with_reasons = models.BooleanField(default=False)
    # For a district or network only: whether it may write to our leads to ask for help, and cite a standing as evidence.
    may_be_asked = models.BooleanField(default=False)
    may_be_cited = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    made_by = TenantForeignKey(Membership, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = TenantForeignKey(Membership, null=True, related_name="+")
    # A link only.
    token_hash = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001  (two empty ones are not the same)
    passcode = models.CharField(max_length=128, blank=True, default="")
    opens = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *tenant_keys(
                "network_share",
                snapshot="journeys_snapshot",
                earlier="network_share",
                made_by="schools_membership",
                withdrawn_by="schools_membership",
            ),
            models.CheckConstraint(
                condition=models.Q(audience="link", token_hash__isnull=False, ends_at__isnull=False)
                | (~models.Q(audience="link") & models.Q(token_hash__isnull=True, passcode="")),
                name="share_link_has_secret_and_end",
            ),
            models.CheckConstraint(
                condition=models.Q(audience="organisation", to__isnull=False)
                | (~models.Q(audience="organisation") & models.Q(to__isnull=True)),
                name="share_to_an_organisation",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "snapshot"], name="share_of_snapshot"),
            models.Index(fields=["organisation", "to"], name="share_to"),
        ]

    @property
    def is_open(self) -> bool:
        """Neither withdrawn nor ended. For a district or network the tie must stand too (`queries.open_shares`)."""
        return self.withdrawn_at is None and (self.ends_at is None or clock.now() < self.ends_at)

    @property
    def is_link(self) -> bool:
        """Opened by a secret rather than by belonging somewhere."""
        return self.audience == Audience.LINK


class ShareRead(TenantModel):
    """A member has opened a share: so that their home asks them once only. No time is kept and nobody is shown it."""

    id = models.UUIDField(primary_key=True, default=opaque_id, editable=False)
    share = TenantForeignKey(Share, on_delete=models.CASCADE, related_name="+")
    membership = TenantForeignKey(Membership, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            *tenant_keys("network_shareread", share="network_share", membership="schools_membership"),
            models.UniqueConstraint(fields=["organisation", "membership", "share"], name="shareread_once"),
        ]


class CitedShare(TenantModel):
    """A standing that another organisation shows, brought as evidence to a record of ours.

    It belongs to whoever cites and holds nothing of what is cited: it only says where to look. What it shows is read
    each time from a share that is open to us now (`received.cited_now`); the snapshot is of another organisation and
    named by id alone.
    """

    evidence = TenantForeignKey(Evidence, on_delete=models.CASCADE, related_name="cited_shares")
    school = models.ForeignKey(Organisation, on_delete=models.PROTECT, db_index=False, related_name="+")
    snapshot = models.UUIDField()
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, db_index=False, related_name="+")

    class Meta:
        constraints = [
            *tenant_keys("network_citedshare", evidence="records_evidence"),
            models.UniqueConstraint(fields=["organisation", "evidence"], name="citedshare_once"),
        ]
