"""What people said, as it is frozen when it becomes evidence: plain JSON, readable without anything else.

Of a listening: what may be shown about one competency, as `figures.reading` reads it, without the cuts for equity. It
stays when raw answers are deleted. Of a conversation: the note as it stood.
"""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from throughline.elements.adopting.freezing import digest_of
from throughline.ui.times import day_in_words
from throughline.voices.conversations.bands import BANDS
from throughline.voices.figures.reading import Result, result_of
from throughline.voices.groups import BY_CODE
from throughline.voices.models import Conversation, Figures

RESULT, TALK = "listening", "conversation"


def result_content(figures: Figures, competency: str, name: str) -> dict[str, Any]:
    """What may be shown about a competency. No query."""
    whole = figures.content
    questions = [each for each in whole["questions"] if each["competency"] == competency]
    keys = {each["key"] for each in questions}
    units = []
    for unit in whole["units"]:
        shown = [{**each, "cuts": {}} for each in unit["shown"] if each["key"] in keys]
        if shown:
            units.append({**unit, "cuts": {}, "shown": shown})
    return {
        "what": RESULT,
        "competency": competency,
        "name": name,
        "whole": figures.digest,
        "figures": {**whole, "background": [], "questions": questions, "units": units},
    }


def says_nothing(content: dict[str, Any]) -> bool:
    """Whether no figure about it may be shown."""
    result = result_in(content)
    return not any(figure.is_shown for figure in result.figures)


def talk_content(conversation: Conversation) -> dict[str, Any]:
    """The note as it stands. No query."""
    return {
        "what": TALK,
        "group": conversation.group,
        "held_on": conversation.held_on.isoformat(),
        "how_many": conversation.how_many,
        "competencies": list(conversation.competencies),
        "heard": conversation.heard,
        "differs": conversation.differs,
    }


def result_in(content: dict[str, Any]) -> Result:
    """What was frozen of a listening, to be read as results are."""
    return result_of(Figures(content=content["figures"], digest=content["whole"]))


def frozen(content: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """A content and the digest of it."""
    return content, digest_of(content)


def talk_rows(content: dict[str, Any]) -> list[tuple[str, str]]:
    """What was frozen of a conversation, in words."""
    return [
        (words, said)
        for words, said in (
            (_("Who was heard"), str(BY_CODE[content["group"]].name)),
            (_("When"), day_in_words(date.fromisoformat(content["held_on"]))),
            (_("How many were there"), str(BANDS.get(content["how_many"], ""))),
            (_("What was heard"), content["heard"]),
            (_("Where they saw it differently"), content["differs"]),
        )
        if said
    ]


def changed_since(content: dict[str, Any], conversation: Conversation) -> bool:
    """Whether the note says something else today."""
    return talk_content(conversation) != content
