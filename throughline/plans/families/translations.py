"""What is to be translated of the page into a language, and what is behind: its words changed since."""

from dataclasses import dataclass

from throughline.frameworks.languages import name_of
from throughline.plans.families.document import Document, Unit, name_of_text, says_something, units_of
from throughline.plans.families.queries import draft_document, editions_of, questions_of, said_in_all
from throughline.plans.families.words import fixed_units, speaks
from throughline.plans.models import FamilyQuestion, FamilyTranslation, PageForFamilies


@dataclass(frozen=True, slots=True)
class Sources:
    """What is translated: the page as it is being written, the questions that were answered, and the last two editions."""

    draft: Document
    questions: list[FamilyQuestion]
    before: list[Document]


def sources_of(
    page: PageForFamilies, draft: Document | None = None, before: list[Document] | None = None
) -> Sources:
    """All of it, as far as it isn’t at hand. Three queries at most."""
    answered = questions_of(page).filter(state=FamilyQuestion.State.ANSWERED).select_related(None)
    return Sources(
        draft_document(page) if draft is None else draft,
        list(answered),
        [each.document for each in editions_of(page)[:2]] if before is None else before,
    )


def to_translate(page: PageForFamilies, language: str, sources: Sources | None = None) -> list[Unit]:
    """The pieces of the page as it is being written, of its questions, and its fixed words where the product has none."""
    sources = sources or sources_of(page)
    found: dict[str, Unit] = {}
    if language != page.language:
        found = {each.name: each for each in units_of(sources.draft)}
    for question in sources.questions:
        told = [("wording", question.wording, question.language), ("answer", question.answer, page.language)]
        for field, text, own in told:
            if own != language and says_something(text):
                name = name_of_text(text)
                found.setdefault(name, Unit(name, text, f"question.{question.pk}.{field}", "questions", own))
    if not speaks(language):
        found |= {each.name: each for each in fixed_units()}
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Late:
    """A translation of what a piece said before: those words, and the translation."""

    was: str
    row: FamilyTranslation


def late_in(sources: Sources, units: list[Unit], said: dict[str, FamilyTranslation]) -> dict[str, Late]:
    """For pieces without a translation: the one of what stood in the same place in the last two editions."""
    wanted = {each.place: each.name for each in units if each.name not in said}
    found: dict[str, Late] = {}
    for document in sources.before:
        for before in units_of(document):
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


def progress_of(page: PageForFamilies, sources: Sources) -> list[Progress]:
    """How far each language is, and how much of it says what stood there before. One query."""
    known = said_in_all(page)
    codes = sorted({*known} - {page.language})
    if not speaks(page.language):
        codes.insert(0, page.language)
    found = []
    for code in codes:
        units, said = to_translate(page, code, sources), known.get(code, {})
        done = sum(each.name in said for each in units)
        found.append(Progress(code, done, len(units), len(late_in(sources, units, said))))
    return found
