"""What is to be translated of the page into a language, and what is behind: its words changed since."""

from dataclasses import dataclass

from throughline.frameworks.languages import name_of
from throughline.plans.families.document import Unit, name_of_text, units_of
from throughline.plans.families.queries import draft_document, editions_of, questions_of
from throughline.plans.families.words import fixed_units, speaks
from throughline.plans.models import FamilyQuestion, FamilyTranslation, PageForFamilies


def to_translate(page: PageForFamilies, language: str) -> list[Unit]:
    """The pieces of the page as it is being written, of its questions, and its fixed words where the product has none."""
    found: dict[str, Unit] = {}
    if language != page.language:
        found = {each.name: each for each in units_of(draft_document(page))}
    for question in questions_of(page).filter(state=FamilyQuestion.State.ANSWERED).select_related(None):
        told = [("wording", question.wording, question.language), ("answer", question.answer, page.language)]
        for field, text, own in told:
            if own != language:
                name = name_of_text(text)
                found.setdefault(name, Unit(name, text, f"question.{question.pk}.{field}", "questions"))
    if not speaks(language):
        found |= {each.name: each for each in fixed_units()}
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Late:
    """A translation of what a piece said before: those words, and the translation."""

    was: str
    row: FamilyTranslation


def late_in(page: PageForFamilies, units: list[Unit], said: dict[str, FamilyTranslation]) -> dict[str, Late]:
    """For pieces without a translation: the one of what stood in the same place in the last two editions. One query."""
    wanted = {each.place: each.name for each in units if each.name not in said}
    found: dict[str, Late] = {}
    if not wanted:
        return found
    for edition in editions_of(page)[:2]:
        for before in units_of(edition.document):
            name = wanted.get(before.place)
            if name and name not in found and before.name != name and before.name in said:
                found[name] = Late(before.text, said[before.name])
    return found


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a language is."""

    code: str
    done: int
    total: int
    behind: int

    @property
    def name(self) -> str:
        """What the language calls itself."""
        return name_of(self.code)


def progress_of(page: PageForFamilies, language: str, said: dict[str, FamilyTranslation]) -> Progress:
    """How many pieces are translated, and how many say what stood there before. Three queries at most."""
    units = to_translate(page, language)
    done = sum(each.name in said for each in units)
    return Progress(language, done, len(units), len(late_in(page, units, said)))
