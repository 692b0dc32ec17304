"""The groups of a school's community, as elements speak of them: whose voice something is, and who is missing."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from throughline.schools.models import Role

GROUPS: tuple[tuple[str, str | Promise], ...] = (
    ("learners", _("Learners")),
    ("families", _("Families")),
    ("educators", _("Educators")),
    ("alumni", _("Alumni")),
    ("community", _("Community")),
    ("leaders", _("Leadership")),
    ("board", _("Board")),
)
NAMES: dict[str, str | Promise] = dict(GROUPS)
OF_ROLE = {
    Role.LEARNER.value: "learners",
    Role.FAMILY.value: "families",
    Role.EDUCATOR.value: "educators",
    Role.REGISTRAR.value: "educators",
    Role.ALUMNUS.value: "alumni",
    Role.COMMUNITY.value: "community",
    Role.BOARD.value: "board",
}


def groups_of(roles: Iterable[str]) -> set[str]:
    """The groups that someone with these roles speaks for."""
    return {OF_ROLE.get(role, "leaders") for role in roles}


def names_of(groups: Iterable[str]) -> list[str]:
    """The names of groups in their usual order."""
    wanted = set(groups)
    return [str(name) for group, name in GROUPS if group in wanted]
