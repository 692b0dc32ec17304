"""Organisations (the tenants), groups inside them, who belongs, in which roles, and who is invited."""

import hashlib
import secrets

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from throughline.kit import clock
from throughline.kit.ids import opaque_id, time_ordered_id
from throughline.kit.tenancy import TenantForeignKey, tenant_keys


class Organisation(models.Model):
    """A network, a district or a school: the tenant that owns every private row."""

    class Kind(models.TextChoices):
        SCHOOL = "school", _("school")
        DISTRICT = "district", _("district")
        NETWORK = "network", _("network")

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.SCHOOL)
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80, unique=True)
    language = models.CharField(max_length=10, default="en")
    time_zone = models.CharField(max_length=60, default="UTC")
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.name


class TenantModel(models.Model):
    """A row that belongs to one organisation. Concrete models list `tenant_keys(...)` among their constraints."""

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    # The unique (organisation, id) and the indexes that start with the organisation serve this key.
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, db_index=False, related_name="+")

    class Meta:
        abstract = True


class Role(models.TextChoices):
    """What someone is to an organisation. One person can hold several."""

    LEAD = "lead", _("journey lead")
    TEAM = "team", _("leadership team")
    BOARD = "board", _("board member")
    EDUCATOR = "educator", _("educator")
    LEARNER = "learner", _("learner")
    FAMILY = "family", _("family member")
    ALUMNUS = "alumnus", _("alumnus")
    COMMUNITY = "community", _("community member")
    REGISTRAR = "registrar", _("counselor or registrar")
    DISTRICT_LEAD = "district-lead", _("district lead")
    NETWORK_STAFF = "network-staff", _("network staff")


class MemberState(models.TextChoices):
    """Where someone stands between invitation and leaving."""

    IN = "in", _("member")
    INVITED = "invited", _("invited")
    LEFT = "left", _("left")
    WITHDRAWN = "withdrawn", _("invitation withdrawn")


# Who looks after an organisation besides its journey leads.
KEEPERS: dict[str, frozenset[str]] = {
    Organisation.Kind.SCHOOL.value: frozenset({Role.LEAD.value}),
    Organisation.Kind.DISTRICT.value: frozenset({Role.LEAD.value, Role.DISTRICT_LEAD.value}),
    Organisation.Kind.NETWORK.value: frozenset({Role.LEAD.value, Role.NETWORK_STAFF.value}),
}


def roles_in(kind: str) -> list[Role]:
    """The roles that can be held in an organisation of this kind, in the usual order."""
    elsewhere = {Role.DISTRICT_LEAD.value, Role.NETWORK_STAFF.value} - KEEPERS[kind]
    return [role for role in Role if role.value not in elsewhere]


class Membership(TenantModel):
    """One person in one organisation. Tenant rows name people by this, so that a non-member cannot be written in.

    Invited while `joined_at` is empty; gone when `left_at` is set. Only those who have joined and not left are in.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    name = models.CharField(max_length=200)
    invited_at = models.DateTimeField(default=clock.now)
    joined_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *tenant_keys("schools_membership"),
            models.UniqueConstraint(fields=["organisation", "person"], name="membership_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        """Has joined and not left."""
        return self.joined_at is not None and self.left_at is None

    @property
    def state(self) -> "MemberState":
        """Invited, in, left, or invited in vain."""
        if self.left_at is not None:
            return MemberState.LEFT if self.joined_at else MemberState.WITHDRAWN
        return MemberState.IN if self.joined_at else MemberState.INVITED

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles held, as they were when first asked for; verbs load the member afresh."""
        return frozenset(holding.role for holding in self.holdings.all())


class RoleHolding(TenantModel):
    """A role that a member holds."""

    membership = TenantForeignKey(Membership, on_delete=models.CASCADE, related_name="holdings")
    role = models.CharField(max_length=20, choices=Role.choices)

    class Meta:
        constraints = [
            *tenant_keys("schools_roleholding", membership="schools_membership"),
            models.UniqueConstraint(fields=["organisation", "membership", "role"], name="role_once"),
        ]


class Group(TenantModel):
    """A subject area, classroom or team inside an organisation: it can earn competencies too."""

    class Kind(models.TextChoices):
        SUBJECT = "subject", _("subject area")
        CLASSROOM = "classroom", _("classroom")
        TEAM = "team", _("team")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=clock.now)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *tenant_keys("schools_group"),
            models.UniqueConstraint("organisation", "kind", Lower("name"), name="group_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class GroupMember(TenantModel):
    """Who belongs to a group."""

    group = TenantForeignKey(Group, on_delete=models.CASCADE, related_name="members")
    membership = TenantForeignKey(Membership, on_delete=models.CASCADE, related_name="groups")

    class Meta:
        constraints = [
            *tenant_keys("schools_groupmember", group="schools_group", membership="schools_membership"),
            models.UniqueConstraint(fields=["organisation", "group", "membership"], name="groupmember_once"),
        ]


class Affiliation(TenantModel):
    """The tie of an organisation to a district or network: asked for by one side, real once the other has agreed.

    It gives no right to read anything: what a district sees is what a school publishes to it.
    """

    to = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="affiliates")
    asked_by_member = models.BooleanField()
    asked_at = models.DateTimeField(default=clock.now)
    agreed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *tenant_keys("schools_affiliation"),
            models.UniqueConstraint(
                fields=["organisation", "to"],
                condition=models.Q(ended_at__isnull=True),
                name="affiliation_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(organisation=models.F("to")), name="affiliation_not_self"
            ),
        ]


def hash_of(token: str) -> str:
    """Tokens of links are stored as this only, so that the table opens no door."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """256 random bits for a link."""
    return secrets.token_urlsafe(32)


class Invitation(TenantModel):
    """An expiring invitation with two personal links: one that a lead can hand over, one that only the mail holds.

    Coming in by the second shows that the address is theirs.
    """

    id = models.UUIDField(primary_key=True, default=opaque_id, editable=False)
    membership = TenantForeignKey(Membership, on_delete=models.CASCADE, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    mail_hash = models.CharField(max_length=64, unique=True)
    made_by = TenantForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = tenant_keys(
            "schools_invitation", membership="schools_membership", made_by="schools_membership"
        )
        indexes = [models.Index(fields=["organisation", "membership"], name="invitation_of")]

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("open")
        EXPIRED = "expired", _("expired")
        WITHDRAWN = "withdrawn", _("withdrawn")
        USED = "used", _("used")

    @property
    def state(self) -> "Invitation.State":
        """Whether the link still opens the door, and if not, why."""
        if self.accepted_at is not None:
            return self.State.USED
        if self.withdrawn_at is not None:
            return self.State.WITHDRAWN
        return self.State.OPEN if clock.now() < self.expires_at else self.State.EXPIRED
