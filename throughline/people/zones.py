"""Time zones that a person can choose, under their part of the world."""

import zoneinfo
from functools import cache

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_PARTS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


@cache
def zone_names() -> frozenset[str]:
    """Every zone that is named for a place, and UTC."""
    places = {name for name in zoneinfo.available_timezones() if name.partition("/")[0] in _PARTS}
    return frozenset(places | {"UTC"})


@cache
def zone_choices() -> list[tuple[str, str | list[tuple[str, str]]]]:
    """For a select: UTC, then a part of the world after the other with its places."""
    parts: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(zone_names() - {"UTC"}):
        part, _slash, place = name.partition("/")
        parts.setdefault(part, []).append((name, place.replace("_", " ").replace("/", ", ")))
    return [("UTC", "UTC"), *parts.items()]


def checked_zone(value: str, *, field: str = "time_zone") -> str:
    """`value` when it is a zone that can be chosen."""
    if value not in zone_names():
        raise ValidationError({field: _("Choose a time zone from the list.")})
    return value
