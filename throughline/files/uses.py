"""What files are for is known by the rooms above; each says here whom its files are for and which it still cites.

# in the room's AppConfig.ready()
uses.register("evidence", visible=visible_evidence_files, cited=cited_evidence_files)
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q

from throughline.schools.tenant import Seat


@dataclass(frozen=True, slots=True)
class Use:
    """`visible(seat)`: a condition on StoredFile, e.g. `Q(pk__in=Evidence….values("file"))`; `cited()`: likewise, all."""

    visible: Callable[[Seat], Q]
    cited: Callable[[], Q]


_uses: dict[str, Use] = {}


def register(name: str, *, visible: Callable[[Seat], Q], cited: Callable[[], Q]) -> None:
    """Make a use of files known. Registering a name again replaces it."""
    _uses[name] = Use(visible, cited)


def all_uses() -> list[Use]:
    """Every use that was registered."""
    return list(_uses.values())
