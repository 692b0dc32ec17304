"""How hard a text is to read: its sentences, its school words, and what a formula says where one was made for its language.

Pure but for `level_of`, which asks a process apart (docs/decisions/0044).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from throughline.kit.apart import Apart, Broke
from throughline.plans.families.school_words import BUILT_IN

LONG = 25  # words in one sentence
FEWEST = 30  # words; a formula says nothing of less
SHORTEST = 3  # words of a sentence that is measured: the library leaves shorter ones out of its count
AIM, YOUNGEST, OLDEST = 12, 6, 18  # years; beyond it a formula tells no age
EASY_IN_SPANISH = 55  # on the scale of Szigriszt Pazos as INFLESZ reads it: "normal" begins here
MOST_MARKS = 12
WORD = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*")
_ENDS = re.compile(r"(?<=[.!?…؟。])[\"'”’»)]*\s+|\n+")
# What follows a word that is explained where it stands.
_EXPLAINED = re.compile(
    r"\s*(?:\(|[:–—]\s|,?\s*(?:that is|which means|means|this means|is when|o sea|es decir|significa|quiere decir)\b)",
    re.IGNORECASE,
)
_formulas = Apart("throughline.plans.families.formulas_apart", seconds=20)


@dataclass(frozen=True, slots=True)
class Level:
    """What a formula says. `age` in years, None where none is known or the text is too short; `why` says which."""

    age: int | None = None
    fine: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A sentence or word that could be plainer, and a suggestion. `own` when it comes from the school's vocabulary."""

    kind: str  # long, word
    text: str
    suggestion: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """All of it, for one text."""

    level: Level
    marks: list[Mark]
    words: int


def sentences(text: str) -> list[str]:
    """One by one; a line ends one too."""
    return [each.strip() for each in _ENDS.split(text) if each.strip()]


def reading_of(text: str, language: str, terms: Iterable[tuple[str, str]]) -> Reading:
    """How a text reads. `terms`: what the school's vocabulary explains."""
    marks = [*_long(text), *_school_words(text, language, terms)]
    return Reading(level_of(text, language), marks[:MOST_MARKS], len(WORD.findall(text)))


def _long(text: str) -> list[Mark]:
    found = []
    for sentence in sentences(text):
        number = len(WORD.findall(sentence))
        if number > LONG:
            said = _("This sentence has %(number)d words. Could it be two? Aim for 15 to 20.") % {
                "number": number
            }
            found.append(Mark("long", sentence, said))
    return found


def _school_words(text: str, language: str, terms: Iterable[tuple[str, str]]) -> list[Mark]:
    found: dict[str, Mark] = {}
    for term, meaning in terms:
        used = _unexplained(term, text)
        if used and meaning.strip():
            told = _("Your shared vocabulary says: %(meaning)s") % {"meaning": meaning.strip()[:300]}
            found[term.casefold()] = Mark("word", used, told, own=True)
    for term, plain in _longest_first(language):
        used = _unexplained(term, text)
        if used and not any(term in known or known in term for known in found):
            found[term] = Mark("word", used, _said(plain))
    return list(found.values())


def _longest_first(language: str) -> list[tuple[str, str]]:
    """So that a word isn’t found in a longer one that says more."""
    return sorted(BUILT_IN.get(language.split("-")[0], {}).items(), key=lambda pair: -len(pair[0]))


def _said(plain: str) -> str:
    return _("Say it in everyday words, or explain it here: %(plain)s") % {"plain": plain}


def _unexplained(term: str, text: str) -> str:
    """The word as it first stands in the text, in the singular or the plural, unless that place explains it."""
    if not term.strip():
        return ""
    pattern = rf"(?<!\w){re.escape(term.strip())}(?:s|es)?(?!\w)"
    first = re.search(pattern, text, re.IGNORECASE)
    if first is None or _EXPLAINED.match(text, first.end()):
        return ""
    return first.group()


def level_of(text: str, language: str) -> Level:
    """What the formulas made for its language say of a text."""
    root = language.split("-")[0]
    if root not in ("en", "es"):
        return Level(why=_("No reading formula is known for this language. The marks below still help."))
    whole = [each for each in sentences(text) if len(WORD.findall(each)) >= SHORTEST]
    measured = "\n".join(each if each[-1] in ".!?…" else f"{each}." for each in whole)
    if len(WORD.findall(measured)) < FEWEST:
        return Level(why=_("Too short to measure: a formula needs %(number)d words.") % {"number": FEWEST})
    try:
        told, _content = _formulas.ask({"language": root}, measured.encode())
    except Broke:
        return Level(why=_("The reading level can’t be measured just now. Your text is saved."))
    age = min(max(round(told["grade"]) + 6, YOUNGEST), OLDEST)
    fine = age <= AIM if root == "en" else told["ease"] >= EASY_IN_SPANISH
    return Level(age, fine)
