"""A time zone asked by place: a city, a US state or a country, in the reader's language, typed and chosen from a list.

The list is a `datalist`, which needs no script; what is typed is understood on the server in any case. While nothing is
chosen, the browser proposes where it is (`place.js`).
"""

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from throughline.kit import clock
from throughline.kit.apart import Apart, Told
from throughline.people.zones import zone_names

MOST_NAMED = 5


@lru_cache(maxsize=8)
def _named(language: str) -> Told:
    """The names of places (`place_names.py`)."""
    with Apart("throughline.people.place_names", seconds=60) as babel:
        return babel.ask({"language": language, "zones": sorted(zone_names())})[0]


@lru_cache(maxsize=8)
def places(language: str) -> dict[str, str]:
    """Each place as it stands in the list, with its zone."""
    named = _named(language)
    return dict(sorted((named["own"] | named["more"]).items(), key=lambda pair: _plain(pair[0])))


def _plain(text: str) -> str:
    """Small letters without accents or signs, so that what is typed need not be exact."""
    letters = unicodedata.normalize("NFKD", text.casefold()).replace(".", "")
    return " ".join(
        "".join(
            each if each.isalnum() else " " for each in letters if not unicodedata.combining(each)
        ).split()
    )


def label_of(zone: str, language: str) -> str:
    """How a zone stands in the list: by its own city where there is one."""
    return _stands_for(language).get(zone, zone)


@lru_cache(maxsize=8)
def _stands_for(language: str) -> dict[str, str]:
    """The place that stands for each zone."""
    return {zone: label for label, zone in _named(language)["own"].items()}


@dataclass(frozen=True, slots=True)
class Meant:
    """The zones that somebody can mean, each with the places found. `sure`: whole words were typed, not beginnings."""

    zones: dict[str, list[str]]
    sure: bool = True


def zones_for(typed: str, language: str) -> Meant:
    """Taken is, in this order, an identifier, a whole entry of the list, a place by its name, any place that has these
    words, and as a guess any place with words that begin so."""
    text = typed.strip()
    if text in zone_names():
        return Meant({text: [text]})
    wanted = _plain(text)
    known = [
        (label, zone) for each in dict.fromkeys((language, "en")) for label, zone in places(each).items()
    ]
    for fits in (_is_whole, _is_named, _has_words, _begins) if wanted else ():
        found: dict[str, list[str]] = {}
        for label, zone in known:
            if fits(wanted, label) and label not in found.get(zone, []):
                found.setdefault(zone, []).append(label)
        if found:
            return Meant(found, fits is not _begins)
    return Meant({})


def _is_whole(wanted: str, label: str) -> bool:
    return wanted == _plain(label)


def _is_named(wanted: str, label: str) -> bool:
    """Also “Portland, Oregon”: a comma may belong to the name."""
    return wanted in {_plain(label.partition(",")[0]), _plain(label.rpartition(",")[0])}


def _has_words(wanted: str, label: str) -> bool:
    return set(wanted.split()) <= set(_plain(label).split())


def _begins(wanted: str, label: str) -> bool:
    words = _plain(label).split()
    return all(any(word.startswith(part) for word in words) for part in wanted.split())


@lru_cache(maxsize=8)
def _options(language: str) -> SafeString:
    aliases, own = _named(language)["aliases"], _stands_for(language)
    rows = [
        (label, " ".join([zone, *sorted(aliases.get(zone, []))]) if own[zone] == label else "")
        for label, zone in places(language).items()
    ]
    return format_html_join("", '<option value="{}" data-zone="{}"></option>', rows)


def _keep_the_same_time(zones: list[str]) -> bool:
    """Whether clocks show the same in all of these, in winter and in summer: then it does not matter which is meant."""
    moments = [datetime(clock.today().year, month, 15, 12, tzinfo=UTC) for month in (1, 7)]
    told = {tuple(at.astimezone(ZoneInfo(zone)).utcoffset() for at in moments) for zone in zones}
    return len(told) == 1


class PlaceInput(forms.TextInput):
    """A line with a list of places. `propose`: the browser says where it is while nothing stands there."""

    template_name = "people/widgets/place.html"

    def __init__(self, propose: bool = False) -> None:
        self.propose = propose
        super().__init__(attrs={"autocomplete": "off", "spellcheck": "false"})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        widget["list"] = f"{widget['attrs'].get('id', name)}_places"
        widget["attrs"]["list"] = widget["list"]
        widget["propose"] = self.propose
        widget["options"] = _options(get_language() or "en")
        return context


class PlaceField(forms.CharField):
    """A time zone. What is given and what comes out is its identifier; people see and type places."""

    def __init__(self, *, propose: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Where are you?"))
        super().__init__(max_length=200, widget=PlaceInput(propose=propose), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """An identifier as its place; what was typed as it was typed."""
        return label_of(value, get_language() or "en") if value in zone_names() else value

    def clean(self, value: Any) -> str:
        """The zone of the place; says which ones may be meant where that is not plain."""
        typed = super().clean(value)
        if not typed:
            return ""
        meant = zones_for(typed, get_language() or "en")
        if meant.zones and meant.sure and _keep_the_same_time(list(meant.zones)):
            return next(iter(meant.zones))
        if not meant.zones:
            raise ValidationError(
                _("We don’t know this place. Try a larger city nearby, a US state, or a country.")
            )
        named = [labels[0] for labels in meant.zones.values()]
        if len(named) > MOST_NAMED:
            raise ValidationError(_("Many places fit. Type a city, and choose one from the list."))
        raise ValidationError(_("Which one do you mean? %(places)s") % {"places": "; ".join(named)})
