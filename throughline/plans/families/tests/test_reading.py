"""How a text reads: by formulas made for its language, and by marks that need none."""

import pytest

from throughline.plans.families.reading import level_of, reading_of, sentences

EASY = {
    "en": "This year your child can show what they know in more than one way. They can try again when they are not ready "
    "yet. Teachers will say what is strong and what comes next. Report cards stay as they are.",
    "es": "Este año su hijo puede mostrar lo que sabe de más de una manera. Puede intentarlo otra vez cuando todavía no está "
    "listo. Los maestros dicen qué está bien y qué sigue. La boleta no cambia.",
}
HARD = {
    "en": "The implementation of competency-based progression necessitates a comprehensive reconceptualization of "
    "instructional accountability structures, notwithstanding institutional constraints that historically "
    "characterized secondary education throughout innumerable jurisdictions, municipalities, "
    "and comparable administrative organizations, whatever their individual circumstances.",
    "es": "La implementación de la progresión basada en competencias exige una reconceptualización integral de las "
    "estructuras de responsabilidad pedagógica, no obstante las restricciones institucionales que históricamente "
    "caracterizaron la educación secundaria en innumerables jurisdicciones.",
}


@pytest.mark.parametrize("language", ["en", "es"])
def test_easy_words_suit_families_and_hard_ones_do_not(language: str) -> None:
    easy, hard = level_of(EASY[language], language), level_of(HARD[language], language)
    assert easy.fine and easy.age is not None and easy.age <= 12
    assert not hard.fine and hard.age is not None and hard.age >= 16


def test_short_answers_between_do_not_make_it_harder() -> None:
    plain = level_of(EASY["en"], "en")
    assert level_of(EASY["en"].replace("yet. ", "yet. No. Not yet. Yes! "), "en") == plain


def test_other_languages_say_that_none_is_known_and_short_texts_that_they_are_short() -> None:
    assert level_of(EASY["en"], "ar").age is None and "No reading formula" in level_of(EASY["en"], "ar").why
    assert "Too short" in level_of("It stays.", "en").why


def test_a_long_sentence_is_marked_in_any_language() -> None:
    text = "كلمة " * 26 + ". قصيرة."
    marks = reading_of(text, "ar", []).marks
    assert [each.kind for each in marks] == ["long"] and "26 words" in marks[0].suggestion
    assert len(sentences("One. Two?\nThree")) == 3


def test_a_school_word_is_marked_until_it_is_explained() -> None:
    marks = reading_of("We wrote rubrics for each project.", "en", []).marks
    assert [each.text for each in marks] == ["rubrics"] and "good work" in marks[0].suggestion
    assert not reading_of("We wrote rubrics (lists of what good work shows).", "en", []).marks
    assert not reading_of("The scrubrics stay.", "en", []).marks
    assert [each.text for each in reading_of("Una rúbrica ayuda.", "es", []).marks] == ["rúbrica"]


def test_the_shared_vocabulary_comes_before_our_list() -> None:
    terms = [("Mastery", "You can do it alone, and again next month."), ("Empty", "")]
    marks = reading_of("Mastery counts. Empty words do not.", "en", terms).marks
    assert [(each.text, each.own) for each in marks] == [("Mastery", True)]
    assert "again next month" in marks[0].suggestion
