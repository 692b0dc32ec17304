"""A framework before it is published: plain values, whatever file they came from. No ORM."""

import hashlib
import json
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.kit.text import clean_line, clean_text

LEVELS = ("foundational", "advanced")
NAME_LIMIT = 600
DOMAIN_NAME_LIMIT = 300
TITLE_LIMIT = 300
CODE_LIMIT = 80
NUMBER_LIMIT = 40
_IDS = UUID("5f2a2c1e-7d0b-5a57-9d53-8a5a3d1c9b60")


class FrameworkProblem(ValidationError):
    """The one error of reading and publishing a framework: a sentence for a person, and where in the file."""

    def __init__(self, sentence: str | Promise, where: str = "") -> None:
        self.where = where
        self.plain = str(sentence)
        self.sentence = f"{where}: {sentence}" if where else str(sentence)
        super().__init__(self.sentence)

    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True, slots=True)
class IndicatorPlan:
    """One idea under a competency and the groups that can witness it."""

    code: str
    text: str
    witnesses: tuple[str, ...] = ()
    source_identifier: str = ""


@dataclass(frozen=True, slots=True)
class CompetencyPlan:
    """A competency to be. No `steps`: the framework's own step labels stand for them."""

    code: str
    name: str
    level: str = "foundational"
    description: str = ""
    steps: tuple[str, ...] = ()
    evidence: tuple[tuple[str, str], ...] = ()
    indicators: tuple[IndicatorPlan, ...] = ()
    source_identifier: str = ""


@dataclass(frozen=True, slots=True)
class DomainPlan:
    """A domain to be."""

    code: str
    name: str
    question: str = ""
    design_element: str = ""
    competencies: tuple[CompetencyPlan, ...] = ()
    source_identifier: str = ""


@dataclass(frozen=True, slots=True)
class Blueprint:
    """A framework version to be. `content` is what is only ever shown (see `models.FrameworkVersion`)."""

    code: str
    number: str
    language: str
    title: str
    content: dict[str, Any]
    domains: tuple[DomainPlan, ...]
    source_identifier: str = ""
    translations: dict[str, dict[str, Any]] = field(default_factory=dict)

    def fingerprint(self) -> str:
        """Says whether two blueprints are the same framework.

        Translations, the number and steps that are the product's own do not count.
        """
        own = {key: value for key, value in self.content.items() if key != "steps" or not self.borrows_steps}
        # The same text as of one table with these four, domain by domain: the whole of it may be large.
        digest = hashlib.sha256(b'{"content": ' + _as_text(own) + b', "domains": [')
        for place, domain in enumerate(self.domains):
            digest.update((b", " if place else b"") + _as_text(_told(domain)))
        digest.update(b'], "language": ' + _as_text(self.language) + b', "title": ')
        digest.update(_as_text(self.title) + b"}")
        return digest.hexdigest()

    @property
    def borrows_steps(self) -> bool:
        """Whether the steps are `default_steps`, because the source has none."""
        return bool(self.content.get("steps_are_default"))

    @property
    def competencies(self) -> tuple[CompetencyPlan, ...]:
        """All competencies in framework order."""
        return tuple(each for domain in self.domains for each in domain.competencies)


def fingerprint_of(value: Any) -> str:
    """SHA-256 of plain values, whatever the order of their keys."""
    return hashlib.sha256(_as_text(value)).hexdigest()


def _told(plan: DomainPlan | CompetencyPlan | IndicatorPlan) -> dict[str, Any]:
    """As `dataclasses.asdict`, which copies every text of a large framework twice."""
    told = {name: getattr(plan, name) for name in plan.__slots__}
    for below in ("competencies", "indicators"):
        if below in told:
            told[below] = [_told(each) for each in told[below]]
    return told


def _as_text(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False).encode(errors="backslashreplace")


def steady_id(*parts: str) -> UUID:
    """The same id for the same codes on every installation, so that references to a shared framework travel."""
    return uuid5(_IDS, json.dumps(parts))


# The wording of the shipped framework: for a framework that brings no steps of its own.
STEP_WORDS = (
    ("not-yet", gettext_lazy("Not yet"), gettext_lazy("This is not part of what we do today.")),
    ("trying", gettext_lazy("Trying"), gettext_lazy("We have begun, and it needs someone to push it.")),
    ("usual", gettext_lazy("Usual"), gettext_lazy("It normally happens, and people count on it.")),
    (
        "how-we-work",
        gettext_lazy("How we work"),
        gettext_lazy("It happens without a push and would outlast any one of us."),
    ),
)


STEPS = len(STEP_WORDS)  # people rate on four: `Rating.step` and the spread know no others


def default_steps() -> list[dict[str, str]]:
    """The four steps for a framework without its own, in the language in force."""
    return [{"code": code, "label": str(label), "hint": str(hint)} for code, label, hint in STEP_WORDS]


def check(plan: Blueprint) -> None:
    """Refuse what could not be shown or stored: no name, no competency, a code twice, a name too long."""
    check_head(plan)
    check_steps(plan)
    _code(plan.code, _("the framework"))
    _once([domain.code for domain in plan.domains])
    _once([competency.code for competency in plan.competencies])
    for domain in plan.domains:
        check_domain(domain)
        for competency in domain.competencies:
            check_competency(competency, len(plan.content["steps"]))


def check_head(plan: Blueprint) -> None:
    """Refuse a framework without title, number or any competency."""
    _fits(plan.title, TITLE_LIMIT, _("the title"))
    if not plan.number or len(plan.number) > NUMBER_LIMIT:
        raise FrameworkProblem(_("A version number can have at most 40 characters."))
    if not plan.competencies:
        raise FrameworkProblem(_("A framework needs at least one competency."))


def check_steps(plan: Blueprint) -> None:
    """Refuse other than four steps."""
    steps = plan.content.get("steps") or ()
    if len(steps) != STEPS:
        raise FrameworkProblem(
            _("A framework needs four steps, because people rate on four. This one has %(count)d.")
            % {"count": len(steps)}
        )


def check_domain(domain: DomainPlan) -> None:
    """Refuse a domain without code or name; what is in it is checked one by one."""
    _code(domain.code, domain.code)
    _fits(domain.name, DOMAIN_NAME_LIMIT, domain.code)


def check_competency(competency: CompetencyPlan, steps: int) -> None:
    """Refuse a competency that is not whole; `steps` is how many the framework has."""
    where = competency.code
    _code(competency.code, where)
    _fits(competency.name, NAME_LIMIT, where)
    if competency.level not in LEVELS:
        raise FrameworkProblem(_("The level must be foundational or advanced."), where)
    if competency.steps and len(competency.steps) != steps:
        raise FrameworkProblem(_("Each step of the framework needs one description."), where)
    for indicator in competency.indicators:
        _fits(indicator.text, 20_000, where)
        _code(indicator.code, where)


def _code(code: str, where: str) -> None:
    if not code or len(code) > CODE_LIMIT or code != clean_line(code):
        raise FrameworkProblem(_("A code must have between 1 and 80 characters."), where)


def _fits(text: str, limit: int, where: str) -> None:
    if not clean_text(text):
        raise FrameworkProblem(_("Text is missing here."), where)
    if len(text) > limit:
        raise FrameworkProblem(_("A text is longer than %(limit)d characters.") % {"limit": limit}, where)


def _once(codes: list[str]) -> None:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise FrameworkProblem(_("This code is used twice."), code)
        seen.add(code)


def without_identifiers(plan: Blueprint) -> Blueprint:
    """The same words, without the identifiers that a package gave them."""
    domains = tuple(
        replace(
            domain,
            source_identifier="",
            competencies=tuple(
                replace(
                    each,
                    source_identifier="",
                    indicators=tuple(replace(idea, source_identifier="") for idea in each.indicators),
                )
                for each in domain.competencies
            ),
        )
        for domain in plan.domains
    )
    return replace(plan, domains=domains, source_identifier="")
