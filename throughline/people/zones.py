"""Time zones that a person can choose."""

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


def checked_zone(value: str) -> str:
    """`value` when it is a zone that can be chosen."""
    if value not in zone_names():
        raise ValidationError({"time_zone": _("Choose a place from the list.")})
    return value
