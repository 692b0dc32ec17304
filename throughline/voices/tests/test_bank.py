"""The questions that ship: complete in every language, one idea each, and in words that each group knows."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from throughline import frameworks
from throughline.kit.apart import Apart
from throughline.kit.spelling import british_in
from throughline.voices import bank
from throughline.voices.groups import GROUPS
from throughline.voices.scales import SCALES

JOURNEY = Path(frameworks.__file__).parent / "data" / "journey.toml"
LANGUAGES = ("en", "es")
WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
# Words in one question: as it is asked, and as younger learners are asked. Spanish takes a few more to say the same.
LONGEST = {"en": (22, 14), "es": (24, 16)}
EASY = 5  # years of school that the simple questions of a domain may ask for, taken together
EASY_ALONE = 9  # and one of them: of so few words a formula says little
EASY_IN_SPANISH = 55  # on the scale of Szigriszt Pazos as INFLESZ reads it: "normal" begins here
COPIED = 7  # words in a row that a question may not share with its indicator

# The beginning that makes the steps of a scale an answer. In Spanish "none … all" are masculine, so is what is counted.
FITS = {
    "en": {
        "how-often": r"\bhow often\b",
        "how-far": r"\bhow (?:far|well|much|fully|clear|clearly|closely)\b",
        "how-many": r"\bhow many\b",
    },
    "es": {
        "how-often": r"\bcon qué frecuencia\b",
        "how-far": r"\b(?:hasta qué punto|qué tan|qué tanto|cuánto)\b",
        "how-many": r"\bcuántos\b",
    },
}
# Groups that need not know how schools speak among themselves.
PLAIN = {"learner", "family", "community", "alumni", "partner"}
JARGON = {
    "en": r"\b(?:master(?:y|ed)|competenc\w+|indicators?|stakeholders?|rubrics?|equit\w+|graduate profile|curricul\w+"
    r"|proficien\w+|formative|summative|pedagog\w+|implement\w*|portfolios?|learning outcomes?|alignment)\b",
    "es": r"\b(?:dominio|competencias?|indicador\w*|partes interesadas|rúbricas?|equidad|perfil de egreso|currícul\w+"
    r"|formativ\w+|sumativ\w+|pedag\w+|implement\w+|portafolios?|resultados de aprendizaje|alineación)\b",
}
# What no learner is asked about: home, belief, health, origin, conduct, money, politics.
PRIVATE = {
    "en": r"\b(?:parents?|mother|father|brothers?|sisters?|religio\w*|church|pray\w*|health\w*|sick\w*|illness|medic\w*"
    r"|immigra\w*|citizen\w*|passport|income|money|poor|rich|politic\w*|vote\w*|behav\w*|punish\w*|police|drugs?)\b",
    "es": r"\b(?:padres?|madres?|papás?|mamás?|herman[ao]s?|religi\w*|iglesias?|rez\w+|salud\w*|enferm\w*|médic\w*"
    r"|inmigra\w*|ciudadan\w*|ingresos?|dinero|pobres?|ric[ao]s?|polític\w*|vot\w+|conducta|castig\w*|policía|drogas?)\b",
}
JOINED = {"en": r"\b(?:and|or|nor)\b", "es": r"\b(?:y|e|o|u|ni)\b"}
# What these words join here is one thing.
ONE_THING = ("hija o hijo", "hijo o hija", "niña o un niño", "uno u otro", "one or another")
# In Spanish learners are *tú*, everybody else is *usted*.
FAMILIAR = r"\b(?:tú|te|ti|tus?|tuy[oa]s?|contigo)\b"
NEGATIVE = {
    "en": r"\b(?:no|not|never|none|nobody|nothing|without|\w+n't)\b",
    "es": r"\b(?:no|nunca|nadie|nada|ningun\w*|sin)\b",
}


def indicators() -> dict[str, dict[str, Any]]:
    """Each indicator of the framework that ships, by `competency.indicator`, with the domain it belongs to."""
    told = tomllib.loads(JOURNEY.read_text(encoding="utf-8"))
    return {
        f"{competency['code']}.{indicator['code']}": {**indicator, "domain": domain["code"]}
        for domain in told["domains"]
        for competency in domain["competencies"]
        for indicator in competency["indicators"]
    }


def asked(language: str, *, simple: bool | None = None) -> Iterator[tuple[bank.Item, str]]:
    """Each question with steps in one language: as it is asked, in simple words, or (None) both."""
    for item in bank.items():
        words = item.words[language]
        if simple is not True:
            yield item, words.text
        if simple is not False and words.simple:
            yield item, words.simple


def every_question() -> list[bank.Item | bank.OpenItem]:
    return [*bank.items(), *bank.open_items()]


def every_text(language: str) -> list[str]:
    given = [one.words[language] for one in every_question()]
    return [text for words in given for text in (words.text, words.simple) if text]


def found(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE) is not None


def length(text: str) -> int:
    return len(WORD.findall(text))


# Complete ------------------------------------------------------------------------------------------------------


def test_every_question_belongs_to_an_indicator_a_group_and_a_scale() -> None:
    known, groups = indicators(), {group.code for group in GROUPS}
    wrong = [
        item.code
        for item in bank.items()
        if known.get(f"{item.competency}.{item.indicator}", {}).get("domain") != item.domain
        or item.code != f"{item.competency}.{item.indicator}.{item.group}"
        or item.group not in groups
        or item.scale not in SCALES
    ]
    assert wrong == []
    assert [code for code, times in Counter(item.code for item in bank.items()).items() if times > 1] == []


def test_every_group_that_can_witness_a_competency_is_asked_about_it() -> None:
    wanted = {(code.split(".")[0], group) for code, one in indicators().items() for group in one["witnesses"]}
    assert len({competency for competency, _group in wanted}) == 24
    assert wanted - {(item.competency, item.group) for item in bank.items()} == set()


def test_every_indicator_is_asked_about_by_all_who_witness_it() -> None:
    wanted = {f"{code}.{group}" for code, one in indicators().items() for group in one["witnesses"]}
    assert wanted - {item.code for item in bank.items()} == set()


def test_former_learners_and_partners_are_asked_in_every_domain() -> None:
    domains = {one["domain"] for one in indicators().values()}
    for group in ("alumni", "partner"):
        assert domains - {item.domain for item in bank.items() if item.group == group} == set(), group


def test_every_group_may_say_something_in_its_own_words_about_every_domain() -> None:
    wanted = {(one["domain"], group.code) for one in indicators().values() for group in GROUPS}
    assert {(item.domain, item.group) for item in bank.open_items()} == wanted


def test_every_question_can_be_asked_in_every_language() -> None:
    assert bank.languages() == LANGUAGES
    assert [item for item in every_question() if set(item.words) != set(LANGUAGES)] == []


def test_no_translation_is_left_of_a_question_that_is_gone() -> None:
    for source in bank.FOLDER.glob("*.es.toml"):
        english = tomllib.loads((bank.FOLDER / source.name.replace(".es.", ".")).read_text(encoding="utf-8"))
        spanish = tomllib.loads(source.read_text(encoding="utf-8"))
        assert list(spanish["items"]) == [item["code"] for item in english["items"]], source.name
        assert list(spanish["open"]) == list(english["open"]), source.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_learners_and_nobody_else_are_asked_in_simple_words_too(language: str) -> None:
    assert [
        one for one in every_question() if bool(one.words[language].simple) != (one.group == "learner")
    ] == []


# Well asked ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_fits_the_steps_it_is_answered_with(language: str) -> None:
    fits = FITS[language]
    assert [text for item, text in asked(language, simple=False) if not found(fits[item.scale], text)] == []
    counted = [
        text for item, text in asked(language) if (item.scale == "how-many") != found(fits["how-many"], text)
    ]
    assert counted == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_is_one_sentence_that_asks(language: str) -> None:
    # In Spanish the mark opens the question itself: a clause that sets the scene stands before it.
    shape = r"(?:[^¿?]+, )?¿[^¿?,][^¿?]*[^¿?\s]\?" if language == "es" else r"[^¿?]+[^?\s]\?"
    assert [text for text in every_text(language) if not re.fullmatch(shape, text)] == []
    assert [text for text in every_text(language) if re.search(r"[.!;¡\"]|\s\s", text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_is_short(language: str) -> None:
    longest, simple = LONGEST[language]
    given = [one.words[language] for one in every_question()]
    assert [words.text for words in given if length(words.text) > longest] == []
    assert [words.simple for words in given if length(words.simple) > simple] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_asks_one_thing(language: str) -> None:
    def joins(text: str) -> bool:
        for phrase in ONE_THING:
            text = text.replace(phrase, "")
        return found(JOINED[language], text)

    assert [text for text in every_text(language) if joins(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_denied_twice(language: str) -> None:
    denied = re.compile(NEGATIVE[language], re.IGNORECASE)
    assert [text for text in every_text(language) if len(denied.findall(text)) > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_question_is_asked_twice(language: str) -> None:
    assert [text for text, times in Counter(every_text(language)).items() if times > 1] == []


def test_a_question_is_about_what_one_has_seen_oneself() -> None:
    """Whoever does not work here is asked as "you"; whoever does may also be asked about "us"."""
    spoken = {True: r"\byou(?:r|rs|rself)?\b", False: r"\b(?:you(?:r|rs|rself)?|we|our|us)\b"}
    given = [(item.group in PLAIN | {"board"}, text) for item, text in asked("en", simple=False)]
    assert [text for outside, text in given if not found(spoken[outside], text)] == []


def test_spanish_says_tu_to_learners_and_usted_to_everybody_else() -> None:
    for each in every_question():
        words = each.words["es"]
        if each.group == "learner":
            assert not found(r"\busted\b", f"{words.text} {words.simple}"), words
        else:
            assert not found(FAMILIAR, words.text), words


def test_nobody_is_asked_to_agree() -> None:
    assert [
        text
        for _item, text in asked("en")
        if found(r"\b(?:dis)?agrees?\b|\bdo you (?:think|believe)\b", text)
    ] == []


def test_a_question_does_not_repeat_its_indicator() -> None:
    known = indicators()

    def runs(text: str) -> set[tuple[str, ...]]:
        words = WORD.findall(text.casefold())
        return {tuple(words[at : at + COPIED]) for at in range(len(words) - COPIED + 1)}

    said = {code: runs(one["text"]) for code, one in known.items()}
    assert [
        text for item, text in asked("en") if runs(text) & said[f"{item.competency}.{item.indicator}"]
    ] == []


# Words that people know ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_no_educator_meets_no_words_of_the_trade(language: str) -> None:
    given = [(one.group, words) for one in every_question() for words in [one.words[language]]]
    plain = [text for group, words in given if group in PLAIN for text in (words.text, words.simple)]
    assert [text for text in plain if found(JARGON[language], text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_learner_is_asked_about_what_is_nobody_s_business(language: str) -> None:
    given = [one.words[language] for one in every_question() if one.group == "learner"]
    assert [words for words in given if found(PRIVATE[language], f"{words.text} {words.simple}")] == []


def test_english_is_spelled_as_americans_do() -> None:
    assert british_in("\n".join(every_text("en"))) == set()


def test_the_simple_questions_are_simple() -> None:
    """By the formulas that `plans` measures pages for families with; Flesch-Kincaid would have to be downloaded."""
    with Apart("throughline.plans.families.formulas_apart", seconds=60) as formulas:

        def grade(language: str, texts: list[str]) -> dict[str, Any]:
            return formulas.ask({"language": language}, "\n".join(texts).encode())[0]

        def simple_of(language: str, domain: str) -> list[str]:
            return [text for item, text in asked(language, simple=True) if item.domain == domain]

        for domain in sorted({item.domain for item in bank.items()}):
            assert grade("en", simple_of("en", domain))["grade"] <= EASY, domain
            assert [
                text for text in simple_of("en", domain) if grade("en", [text])["grade"] > EASY_ALONE
            ] == []
            assert grade("es", simple_of("es", domain))["ease"] >= EASY_IN_SPANISH, domain
        as_for_adults = [text for item, text in asked("en", simple=False) if item.group == "leader"]
        assert grade("en", as_for_adults)["grade"] > EASY, "the measure tells nothing apart"
