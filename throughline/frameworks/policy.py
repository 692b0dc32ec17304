"""Who may do what with frameworks."""

from django.utils.translation import gettext_lazy as _

from throughline.frameworks.models import Crosswalk, Framework
from throughline.kit.verdict import ALLOWED, Verdict, refuse
from throughline.schools.models import Membership, Organisation, Role, RoleHolding
from throughline.schools.policy import keeps


def may_publish(by: Membership, owner: Organisation | None) -> Verdict:
    """Leads publish frameworks of their own organisation; shared ones come with the product."""
    if owner is None or owner.pk != by.organisation_id:
        return refuse(_("Only the person who runs this server can load a framework for everyone."))
    if not by.is_active or not RoleHolding.objects.filter(membership=by, role=Role.LEAD).exists():
        return refuse(_("Only a journey lead can publish a framework here."))
    return ALLOWED


def may_open(by: Membership, framework: Framework) -> Verdict:
    """Whoever looks after an organisation opens its own frameworks to everyone, and closes them."""
    if framework.owner_id is None or framework.owner_id != by.organisation_id:
        return refuse(_("Only frameworks of this organization can be opened to everyone here."))
    if not keeps(by):
        return refuse(_("Only the leads of this organization can open its frameworks to everyone."))
    return ALLOWED


def may_crosswalk(by: Membership, crosswalk: Crosswalk | None = None) -> Verdict:
    """Whoever looks after an organisation writes its crosswalks; those that come with the product change with it."""
    if crosswalk is not None and crosswalk.owner_id != by.organisation_id:
        return refuse(_("Only crosswalks of this organization can be changed here."))
    if not keeps(by):
        return refuse(_("Only the leads of this organization can write its crosswalks."))
    return ALLOWED


def may_translate(by: Membership, framework: Framework) -> Verdict:
    """Leads and the leadership team translate frameworks of their own organisation."""
    if framework.owner_id is None or framework.owner_id != by.organisation_id:
        return refuse(_("Only frameworks of this organization can be translated here."))
    if not by.is_active or not (keeps(by) or Role.TEAM in by.roles):
        return refuse(_("Only leads and the leadership team can translate a framework."))
    return ALLOWED
