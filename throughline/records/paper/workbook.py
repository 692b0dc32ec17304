"""The workbook: a whole framework to read, tick and write in, with a page for each competency that is described."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from throughline.frameworks.labels import witness_names
from throughline.frameworks.tree import CompetencyItem, Tree
from throughline.records.paper.compiling import Way, make_pdf, theirs
from throughline.records.paper.parts import Part
from throughline.records.paper.words import common, level_of, paragraphs, plain, steps_of

LONG_NAME = 120
LAYOUT = Path(__file__).with_name("workbook.typ")


def workbook_pdf(framework: Tree, part: Part, *, words: str, way: Way, made_at: datetime) -> bytes:
    """The workbook of a framework, or of a part of it. `words` is the language of the framework's texts."""
    return make_pdf(LAYOUT, as_data(framework, part, words), way=way, made_at=made_at)


def as_data(framework: Tree, part: Part, words: str) -> dict[str, Any]:
    """What `workbook.typ` lays out."""
    return {
        **common(framework, _("Workbook"), part.name, words),
        "summary": paragraphs(framework.content.get("summary", "")),
        "belongs": _("This workbook belongs to"),
        "begun": _("Begun on"),
        # the list of what is in it stays on a page or two
        "long": any(len(each.name) > LONG_NAME for domain in part.domains for each in domain.competencies),
        "how": [
            _("Read a competency, talk about it, and check the step that describes you today."),
            _(
                "Write down what shows it: who saw it, where, and when. One honest example is worth more than a list."
            ),
            _(
                "You don’t have to fill in everything, and the order is up to you. Skip anything that doesn’t matter to you right now."
            ),
            _("Come back later with another color and another date."),
        ],
        "labels": {
            "how": _("How to use it"),
            "steps": _("The four steps"),
            "contents": _("What is in it"),
            "where": _("Where are we today?"),
            "indicators": _("What you would see"),
            "evidence": _("What shows it"),
            "notes": _("Notes and next steps"),
            "source": _("Where it comes from"),
            "date": _("Date"),
            "competencies": _("Competencies"),
        },
        "steps": [
            {"digit": str(number), "label": plain(step.label), "words": plain(step.hint)}
            for number, step in enumerate(framework.step_labels, start=1)
        ],
        "domains": [
            {
                "name": theirs(domain.name),
                "hue": domain.hue,
                "question": paragraphs(domain.lede and domain.question),
                "competencies": [_competency(each, framework) for each in domain.competencies],
            }
            for domain in part.domains
        ],
    }


def _competency(each: CompetencyItem, framework: Tree) -> dict[str, Any]:
    return {
        "number": str(each.number),
        "name": plain(each.name),
        "level": level_of(each),
        "description": paragraphs(each.lede and each.description),
        "described": bool(each.steps or each.indicators),
        "steps": steps_of(each, framework) if each.steps else [],
        "indicators": [
            {"text": plain(indicator.text), "who": _who(indicator.witnesses)} for indicator in each.indicators
        ],
    }


def _who(witnesses: tuple[str, ...]) -> str:
    names = witness_names(witnesses)
    return _("Seen by: %(who)s") % {"who": ", ".join(names)} if names else ""
