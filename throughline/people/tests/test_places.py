"""A time zone is asked by place: a city, a US state, a country; understood on the server whatever the browser does."""

import pytest
from django import forms
from django.test import override_settings
from django.utils import translation

from throughline.people.places import PlaceField, label_of, places, zones_for
from throughline.people.us_places import CITIES, STATES
from throughline.people.zones import zone_names


class Asked(forms.Form):
    where = PlaceField(propose=True)


def answer(typed: str) -> tuple[str, str]:
    """The zone, or what is said about what was typed."""
    form = Asked({"where": typed})
    good = form.is_valid()
    return (form.cleaned_data["where"], "") if good else ("", str(form.errors["where"][0]))


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Chicago, United States · Central Time", "America/Chicago"),
        ("chicago", "America/Chicago"),
        ("  Ohio ", "America/New_York"),
        ("Boston", "America/New_York"),
        ("washington dc", "America/New_York"),
        ("Washington State", "America/Los_Angeles"),
        ("sao paulo", "America/Sao_Paulo"),
        ("São Paulo", "America/Sao_Paulo"),
        ("St Louis", "America/Chicago"),
        ("Portland, Oregon", "America/Los_Angeles"),
        ("Germany", "Europe/Berlin"),
        ("America/Denver", "America/Denver"),
        ("Asia/Calcutta", "Asia/Calcutta"),
        ("utc", "UTC"),
    ],
)
def test_a_place_is_understood(typed: str, zone: str) -> None:
    assert answer(typed) == (zone, "")


def test_what_is_not_plain_is_asked_back_with_the_places_that_fit() -> None:
    for typed, first, second in (("Portland", "Maine", "Oregon"), ("Georgia", "Tbilisi", "Georgia (US)")):
        zone, said = answer(typed)
        assert zone == "" and "Which one do you mean?" in said and first in said and second in said
    assert "Which one do you mean?" in answer("Calif")[1], "the beginning of a word is a guess"
    assert "Many places fit" in answer("United States")[1]
    for typed in ("Atlantis", "!?"):
        assert "don’t know this place" in answer(typed)[1]


def test_every_place_of_the_list_leads_to_its_own_zone() -> None:
    for language in ("en", "es"):
        listed = places(language)
        assert len(listed) > 450 and set(listed.values()) <= zone_names()
        for label, zone in listed.items():
            assert list(zones_for(label, language).zones) == [zone], label
    assert set((STATES | CITIES).values()) <= zone_names()


def test_places_stand_in_the_readers_language_and_are_understood_in_english_too() -> None:
    assert label_of("Europe/Madrid", "es").startswith("Madrid, España")
    with translation.override("es"):
        assert answer("España, Madrid")[0] == "Europe/Madrid"
        assert answer("Madrid, Spain")[0] == "Europe/Madrid"


def test_the_list_needs_no_script_and_a_kept_zone_is_shown_as_its_place() -> None:
    form = str(Asked(initial={"where": "America/Chicago"})["where"])
    assert 'value="Chicago, United States · Central Time"' in form
    assert '<datalist id="id_where_places">' in form and 'list="id_where_places"' in form
    assert 'data-zone="America/Chicago ' in form or 'data-zone="America/Chicago"' in form
    assert str(Asked({"where": "Nowhere"})["where"]).count('value="Nowhere"') == 1


@override_settings(LANGUAGE_CODE="en")
def test_a_language_without_place_names_falls_back_to_english() -> None:
    assert label_of("America/Chicago", "xx-none").startswith("Chicago, United States")
