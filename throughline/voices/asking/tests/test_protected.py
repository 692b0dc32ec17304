"""A school's own words that may touch what US law protects: found in English and Spanish, and not everywhere."""

import pytest

from throughline.voices import bank
from throughline.voices.asking.background import PRESETS, preset_in
from throughline.voices.asking.protected import AREAS, areas_in

TOUCH = [
    ("political", ["Does your family vote?", "¿A qué partido político apoya?"]),
    ("mental", ["How often do you feel depressed?", "¿Con qué frecuencia sientes ansiedad?"]),
    ("sexual", ["Do you have a boyfriend?", "¿Qué sabes de sexualidad?"]),
    ("illegal", ["How often do you vape?", "¿Has visto drogas?"]),
    ("critical", ["How often does your father read?", "¿Con qué frecuencia discuten tus padres?"]),
    ("in confidence", ["What did your doctor say?", "¿Qué te dijo el abogado?"]),
    ("religious", ["How often do you pray?", "¿A qué iglesia vas?"]),
    ("income", ["How much money is there?", "¿Cuál es el sueldo de tu casa?"]),
]


@pytest.mark.parametrize(("area", "texts"), TOUCH)
def test_each_area_is_found_in_both_languages(area: str, texts: list[str]) -> None:
    for text in texts:
        assert any(area in str(each.name) for each in areas_in([text])), text


def test_there_are_eight_areas_as_in_the_law() -> None:
    assert len(AREAS) == len(TOUCH) == 8


def test_ordinary_questions_are_left_alone() -> None:
    ordinary = [
        "How often do you learn at your own pace?",
        "How poorly is the gym lit?",
        "Are you in sexto grado?",
        "How often do teachers listen to you?",
        "¿Con qué frecuencia se guardan las cosas en el armario?",
        "Do you enrich your notes?",
    ]
    assert areas_in(ordinary) == []


def test_the_questions_that_come_along_hardly_ever_touch_one() -> None:
    """A warning that is always there is read by nobody: fewer than one in twenty of the bank's words set it off."""
    texts = [words.text for item in bank.items() if item.group == "learner" for words in item.words.values()]
    found = [text for text in texts if areas_in([text])]
    assert len(texts) > 40
    assert len(found) < len(texts) / 20, found


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_is_asked_of_the_person_sets_none_off(language: str) -> None:
    for preset in PRESETS:
        text, choices = preset_in(preset, language)
        assert areas_in([text, *choices]) == [], preset.code
