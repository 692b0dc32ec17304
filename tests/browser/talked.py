"""What is said about an element of a school, for `world`."""

from dataclasses import dataclass, field
from typing import Any

from tests.trust.world_elements import bring_talk
from throughline.schools.models import Membership, Organisation, Role


@dataclass
class Talked:
    """What `bring_talk` is told and tells."""

    organisation: Organisation
    members: dict[str, Membership]
    ids: dict[str, list[Any]] = field(default_factory=dict)

    def keep(self, name: str, *found: Any) -> None:
        """Remember what may stand in an address."""
        self.ids.setdefault(name, []).extend(found)


def talked_about(school: Organisation, lead: Membership, kinds: list[str]) -> dict[str, list[str]]:
    """What is said about the last of its elements, and a version of its text with a name."""
    if school.slug != "harbor-bridge" or not kinds:
        return {"thread_id": [], "remark_id": [], "named_id": [], "version": []}
    held = Talked(school, {Role.LEAD: lead}, {"kind": kinds[-1:]})
    bring_talk(held, "Tide مدّ")
    return {name: [str(each) for each in found] for name, found in held.ids.items()} | {"kind": kinds}
