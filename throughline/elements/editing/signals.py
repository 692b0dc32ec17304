"""Who in this process wants to know at once that a text has changed: those who listen to it (`live`)."""

from collections.abc import Callable
from uuid import UUID

from throughline.kit.registry import Registry

listeners = Registry[Callable[[UUID], None]]()


def written(element: UUID) -> None:
    """Something was written and is committed."""
    for tell in listeners:
        tell(element)
