"""Languages stand side by side, each knows when it is behind, and one that the product doesn’t speak brings its own fixed words."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from throughline.plans.families.actions.translating import Typed, translate_page
from throughline.plans.families.actions.writing import publish_page, write_section
from throughline.plans.families.queries import family_page, page_for, said_in
from throughline.plans.families.translations import Progress, progress_of, sources_of, to_translate
from throughline.plans.families.words import english, fixed_units, holds_the_same
from throughline.plans.models import PageForFamilies
from throughline.schools.models import Membership, Organisation
from throughline.testing import client_of

pytestmark = pytest.mark.django_db
HERE = "/families/harbour-bridge/"


def say(page: PageForFamilies, lead: Membership, language: str = "es", **says: str) -> None:
    """Translate what begins with these words."""
    said = said_in(page, language)
    typed = {}
    for unit in to_translate(page, language):
        text = next((text for start, text in says.items() if unit.text.startswith(start)), None)
        if text is not None:
            typed[unit.name] = Typed(text, said[unit.name].pk if unit.name in said else None)
    assert len(typed) == len(says)
    translate_page(page=page, language=language, typed=typed, by=lead)


def progress(page: PageForFamilies) -> Progress:
    """How far Spanish is."""
    return progress_of(page, sources_of(page))[0]


def test_a_language_shows_what_is_translated_and_the_rest_in_its_own(
    page: PageForFamilies, lead: Membership, translated: None
) -> None:
    say(page, lead, Tests="Los exámenes se repiten", Grade="Grado 9")
    read = Client().get(HERE, {"in": "es"}).content.decode()
    assert "<h3>Los exámenes se repiten</h3>" in read and "Qué cambia este año" in read
    assert '<div class="family-text" lang="en" dir="ltr">' in read and "The better result counts." in read
    assert "Los exámenes" not in Client().get(HERE).content.decode()


def test_the_language_follows_the_browser_and_the_address(page: PageForFamilies, lead: Membership) -> None:
    say(page, lead, Tests="Los exámenes se repiten")
    assert Client(headers={"accept-language": "es-MX,en;q=0.5"}).get(HERE)["Content-Language"] == "es"
    assert Client(headers={"accept-language": "es-MX"}).get(HERE, {"in": "en"})["Content-Language"] == "en"
    answer = Client(headers={"accept-language": "fr"}).get(HERE)
    assert answer["Content-Language"] == "en" and "Accept-Language" in answer["Vary"]


def test_a_changed_piece_is_behind_and_says_what_it_said_before(
    page: PageForFamilies, lead: Membership, school: Organisation
) -> None:
    say(page, lead, Our="Pedimos más.", Tests="Los exámenes se repiten")
    write_section(page=page, section="why", told={"text": "Our students need more."}, by=lead)
    assert progress(page) == Progress("es", 1, 6, 1)
    work = client_of(lead).get(f"/s/{school.slug}/plan/families/translations/es/").content.decode()
    assert "behind" in work and "Our students ask for more." in work and "Pedimos más." in work
    assert "Pedimos más." in Client().get(HERE, {"in": "es"}).content.decode()
    publish_page(page=page, by=lead)
    read = Client().get(HERE, {"in": "es"}).content.decode()
    assert "Pedimos más." not in read and "Our students need more." in read
    assert progress(page).behind == 1
    page_of_keepers = client_of(lead).get(f"/s/{school.slug}/plan/families/").content.decode()
    assert "no translation of" in page_of_keepers


def test_two_who_translate_one_piece_are_told(
    page: PageForFamilies, lead: Membership, team: Membership
) -> None:
    unit = to_translate(page, "es")[0]
    translate_page(page=page, language="es", typed={unit.name: Typed("Uno", None)}, by=lead)
    kept = translate_page(page=page, language="es", typed={unit.name: Typed("Dos", None)}, by=team)
    assert kept.number == 0 and kept.clashes == {unit.name}
    assert said_in(page, "es")[unit.name].text == "Uno"


def test_whoever_translates_reads_in_which_section_a_piece_stands_and_nobody_else_is_led_there(
    page: PageForFamilies, lead: Membership, educator: Membership, school: Organisation
) -> None:
    say(page, lead, Our="Pedimos más.")
    there = f"/s/{school.slug}/plan/families/translations/"
    shown = client_of(lead).get(f"{there}es/").content.decode()
    assert "Fixed words of the page" not in shown  # the product speaks Spanish
    places = [
        shown.index(words) for words in ("Why we are changing", "Our students", "What changes this year")
    ]
    assert places == sorted(places) and shown.count('class="pair-heading"') == 3
    assert "Fixed words of the page" in client_of(lead).get(f"{there}ar/").content.decode()
    assert f'href="{there}es/"' in client_of(lead).get(there).content.decode()
    listed = client_of(educator).get(there).content.decode()
    assert "español" in listed and f'href="{there}es/"' not in listed
    assert client_of(educator).get(f"{there}es/").status_code == 403


def test_a_language_from_right_to_left_with_its_own_fixed_words(
    page: PageForFamilies, lead: Membership, school: Organisation
) -> None:
    say(
        page,
        lead,
        "ar",
        Tests="يمكن إعادة الاختبار",
        **{"What changes": "ما الذي يتغير", "by %": "قبل %(date)s"},
    )
    answer = Client().get(HERE, {"in": "ar"})
    read = answer.content.decode()
    assert '<html lang="ar" dir="rtl"' in read and "ما الذي يتغير" in read and "يمكن إعادة الاختبار" in read
    found = family_page(school, "ar")
    assert found is not None and found.direction == "rtl" and found.parts[1].lines[0].when.startswith("قبل ")


def test_a_fixed_word_keeps_the_place_of_its_date(page: PageForFamilies, lead: Membership) -> None:
    unit = next(each for each in fixed_units() if each.text == english("by"))
    with pytest.raises(ValidationError):
        translate_page(page=page, language="ar", typed={unit.name: Typed("قبل", None)}, by=lead)
    assert holds_the_same("by %(date)s", "%(date)s قبل")
    assert not holds_the_same("planned", "50 %") and not holds_the_same("planned", "%(date)s")


def test_the_language_of_the_page_itself_is_not_translated_into(
    page: PageForFamilies, lead: Membership, school: Organisation
) -> None:
    work = f"/s/{school.slug}/plan/families/translations/"
    client = client_of(lead)
    assert client.get(f"{work}en/").status_code == 404 and client.get(f"{work}xx/").status_code == 404
    assert client.get(f"{work}fr/").status_code == 200
    held = page_for(school)
    assert held is not None and to_translate(held, "en") == []
