"""How places are called in a language, from Babel, in a process apart (`kit.apart`): its tables take 4 MB, and few ask."""

from collections import defaultdict
from collections.abc import Collection

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import get_timezone_location, get_timezone_name

from throughline.kit.apart import Told, serve
from throughline.people.us_places import CITIES, STATES

MEGABYTES = 256


def named(asked: Told, _content: bytes) -> tuple[Told, bytes]:
    """The cities that are `zones`, each with its country (`own`), states and cities of the United States (`more`), and the
    other names of zones (`aliases`)."""
    locale = _locale(asked["language"])
    aliases = defaultdict(list)
    for other, zone in get_global("zone_aliases").items():
        aliases[zone].append(other)
    more = {
        _label(place, locale.territories["US"], zone, locale): zone
        for place, zone in (STATES | CITIES).items()
    }
    return {"own": _own(locale, frozenset(asked["zones"])), "more": more, "aliases": aliases}, b""


def _own(locale: Locale, zones: Collection[str]) -> dict[str, str]:
    found = {"UTC": "UTC"}
    for zone, territory in get_global("zone_territories").items():
        if zone in zones and territory in locale.territories:
            city = get_timezone_location(zone, locale=locale, return_city=True).rpartition("/")[2]
            found[_label(city, locale.territories[territory], zone, locale)] = zone
    return found


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def _label(place: str, country: str, zone: str, locale: Locale) -> str:
    name = get_timezone_name(zone, locale=locale)
    return f"{place}, {country}" if "(" in name else f"{place}, {country} · {name}"


if __name__ == "__main__":
    serve(named, megabytes=MEGABYTES)
