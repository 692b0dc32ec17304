"""The groups that can be asked, named as a framework names who can witness an indicator, and two that a school adds."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Group:
    """A group; `expected` is how many of a hundred invited usually answer, until a school knows better.

    Children's groups have their words read by a named adult first, and their families can read every question before.
    """

    code: str
    name: str | Promise
    expected: int
    children: bool = False


# The shares are cautious guesses for answers that nobody is made to give; a school sets its own for each listening.
GROUPS = (
    Group("learner", _("Learners"), 70, children=True),
    Group("family", _("Families"), 30),
    Group("educator", _("Educators"), 70),
    Group("leader", _("School leaders"), 80),
    Group("community", _("Community"), 20),
    Group("board", _("Board"), 80),
    Group("alumni", _("Alumni"), 20),
    Group("partner", _("Employers and partners"), 30),
)
BY_CODE = {group.code: group for group in GROUPS}
CHOICES = [(group.code, group.name) for group in GROUPS]


def in_order(codes: Iterable[str]) -> list[Group]:
    """These groups in their usual order; unknown codes are left out."""
    wanted = set(codes)
    return [group for group in GROUPS if group.code in wanted]
