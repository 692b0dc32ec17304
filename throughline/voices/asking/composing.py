"""From competencies to the questions of a group: those of the bank, or, for another framework, its indicators as they stand.

Only what a group can witness is asked of it. A question of another framework asks how far its indicator is true.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from throughline.frameworks.tree import CompetencyItem, DomainItem, Tree, tree
from throughline.kit.familiar import familiar
from throughline.voices import bank
from throughline.voices.groups import BY_CODE
from throughline.voices.models import Question


@dataclass(frozen=True, slots=True)
class Drafted:
    """A question before it stands in the database."""

    code: str
    kind: str
    domain: str
    competency: str = ""
    indicator: str = ""
    scale: str = ""
    words: dict[str, Any] = field(default_factory=dict, hash=False)


def questions_for(
    version: UUID, group: str, competencies: Iterable[str], languages: Iterable[str]
) -> list[Drafted]:
    """The questions of a group about these competencies, in the framework's order, each domain's open one at its end."""
    wanted, spoken = set(competencies), list(languages)
    trees = {language: tree(version, language) for language in spoken}
    first = trees[spoken[0]]
    found: list[Drafted] = []
    for domain in first.domains:
        asked = [
            drafted
            for each in domain.competencies
            if each.code in wanted
            for drafted in _of_competency(trees, domain, each, group)
        ]
        if asked:
            found += asked
            found += _in_own_words(trees, domain, group)
    return found


def _of_competency(
    trees: dict[str, Tree], domain: DomainItem, competency: CompetencyItem, group: str
) -> Iterator[Drafted]:
    items = {item.code: item for item in bank.items()}
    for indicator in competency.indicators:
        item = items.get(f"{competency.code}.{indicator.code}.{group}")
        place = {"domain": domain.code, "competency": competency.code, "indicator": indicator.code}
        if item is not None and item.domain == domain.code:
            words = {language: _told(item.words, language) for language in trees}
            yield Drafted(item.code, Question.Kind.STEPS, scale=item.scale, words=words, **place)
        elif group in indicator.witnesses and not _in_bank(competency.code):
            code = f"{competency.code}.{indicator.code}.{group}"
            words = {
                language: _as_it_stands(of, indicator.id, _spoken(group, language))
                for language, of in trees.items()
            }
            yield Drafted(code, Question.Kind.STEPS, scale="how-far", words=words, **place)


def _spoken(group: str, language: str) -> str:
    return familiar(language) if BY_CODE[group].children else language


def _in_bank(competency: str) -> bool:
    return any(item.competency == competency for item in bank.items())


def _told(words: dict[str, bank.Words], language: str) -> dict[str, str]:
    told = words.get(language) or words[bank.SOURCE]
    return {"text": told.text, **({"simple": told.simple} if told.simple else {})}


def _as_it_stands(of: Tree, indicator: UUID, language: str) -> dict[str, str]:
    text = next(each.text for item in of.competencies for each in item.indicators if each.id == indicator)
    with override(language):
        return {"text": _("How far is this so where you are? “%(statement)s”") % {"statement": text}}


def _in_own_words(trees: dict[str, Tree], domain: DomainItem, group: str) -> list[Drafted]:
    known = next(
        (each for each in bank.open_items() if (each.domain, each.group) == (domain.code, group)), None
    )
    words = {
        language: _told(known.words, language)
        if known
        else _anything_else(of, domain.code, _spoken(group, language))
        for language, of in trees.items()
    }
    return [Drafted(f"open.{domain.code}", Question.Kind.OPEN, domain.code, words=words)]


def _anything_else(of: Tree, domain: str, language: str) -> dict[str, str]:
    name = next(each.name for each in of.domains if each.code == domain)
    with override(language):
        return {"text": _("What else should we know about %(domain)s?") % {"domain": name}}
