"""How the questions of a group are dealt out to pages: a domain each, never more than ten on one. Pure rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from throughline.voices.models import Question

MOST = 10  # questions with steps on a page


@dataclass(frozen=True, slots=True)
class Part:
    """A page of the questionnaire. `again` says that the domain began on a page before; `about_you` closes it."""

    number: int
    domain: str
    steps: tuple[Question, ...] = ()
    words: tuple[Question, ...] = ()
    again: bool = False
    about_you: bool = False

    @property
    def codes(self) -> set[str]:
        """What is asked here with answers to choose from."""
        return {each.code for each in self.steps}


def parts_of(questions: Sequence[Question], *, block: int, background: bool) -> tuple[Part, ...]:
    """The pages that somebody in this block answers, in the order of the questions."""
    domains: dict[str, list[Question]] = {}
    for each in questions:
        if each.block in (0, block):
            domains.setdefault(each.domain, []).append(each)
    found: list[Part] = []
    for domain, asked in domains.items():
        steps = [each for each in asked if each.kind == Question.Kind.STEPS]
        words = tuple(each for each in asked if each.kind == Question.Kind.OPEN)
        pages = list(_evenly(steps)) or [()]
        for place, page in enumerate(pages):
            last = place == len(pages) - 1
            found.append(Part(len(found) + 1, domain, page, words if last else (), again=place > 0))
    if background:
        found.append(Part(len(found) + 1, "", about_you=True))
    return tuple(found)


def _evenly(steps: Sequence[Question]) -> Iterator[tuple[Question, ...]]:
    """Pages of nearly the same length, as few as there can be."""
    pages = -(-len(steps) // MOST)
    begun = 0
    for page in range(pages):
        size = len(steps) // pages + (page < len(steps) % pages)
        yield tuple(steps[begun : begun + size])
        begun += size
