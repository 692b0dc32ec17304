"""The guide for a conversation, as a tagged PDF: what to say first, what to ask, room to write, what comes after."""

from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from throughline.journeys.models import Journey
from throughline.kit import clock
from throughline.records.paper.compiling import Way, make_pdf
from throughline.voices import bank
from throughline.voices.groups import BY_CODE
from throughline.voices.models import Asked, Listening, Question

LAYOUT = Path(__file__).with_name("guide.typ")
MOST = 8  # questions: an hour has no room for more


def questions_for(listening: Listening | None, group: str, competencies: Sequence[str]) -> list[str]:
    """What to ask a group, in this language: what the listening asks it, or what comes along. At most two queries.

    Open questions stand first; of the others one for each indicator, spread over what it is about.
    """
    if listening is not None:
        asked = Asked.objects.filter(
            organisation=listening.organisation_id, listening=listening, group=group
        ).first()
        if asked is not None:
            rows = list(
                Question.objects.filter(organisation=listening.organisation_id, asked=asked).order_by(
                    "position"
                )
            )
            return _some([(each.competency, _told(each.words, asked.young)) for each in rows])
    opens = [("", _text(item.words)) for item in bank.open_items() if item.group == group]
    about = set(competencies)
    found = [
        (item.competency, _text(item.words))
        for item in bank.items()
        if item.group == group and item.competency in about
    ]
    return _some([*opens[:2], *found])


def _some(rows: Sequence[tuple[str, str]]) -> list[str]:
    """The open ones, then one of each competency in turn."""
    found = [text for competency, text in rows if not competency]
    by_competency: dict[str, list[str]] = {}
    for competency, text in rows:
        if competency:
            by_competency.setdefault(competency, []).append(text)
    turns = max(map(len, by_competency.values()), default=0)
    for turn in range(turns):
        found += [texts[turn] for texts in by_competency.values() if turn < len(texts)]
    return list(dict.fromkeys(text for text in found if text))[:MOST]


def _told(words: dict[str, dict[str, str]], young: bool) -> str:
    spoken = get_language() or bank.SOURCE
    said = words.get(spoken) or words.get(spoken.split("-")[0]) or next(iter(words.values()), {})
    return (said.get("simple", "") if young else "") or said.get("text", "")


def _text(words: dict[str, bank.Words]) -> str:
    spoken = (get_language() or bank.SOURCE).split("-")[0]
    return (words.get(spoken) or words[bank.SOURCE]).text


def guide_pdf(journey: Journey, group: str, questions: Sequence[str], paper: str) -> bytes:
    """The guide in the language in force. The same words on the same day give the same bytes."""
    made_at = timezone.make_aware(datetime.combine(clock.today(), time()))
    return make_pdf(LAYOUT, told(journey, group, questions), way=Way.now(paper), made_at=made_at)


def told(journey: Journey, group: str, questions: Sequence[str]) -> dict[str, Any]:
    """What `guide.typ` lays out."""
    title = _("A conversation with: %(group)s") % {"group": str(BY_CODE[group].name)}
    return {
        "title": title,
        "author": journey.name,
        "footer": f"{journey.name} · {title}",
        "page": _("Page %(page)s of %(pages)s"),
        "whose": {"text": journey.name, "direction": ""},
        "day": _("Day"),
        "how_many": _("How many: up to 5 · 6 to 10 · more"),
        "parts": [
            (_("Before"), before()),
            (_("Say this first"), first()),
        ],
        "ask": _("Ask"),
        "asking": _(
            "Begin with: “Tell us about a day when it went well.” Then take two or three of these. What matters is what comes after “Can you give an example?”"
        ),
        "questions": [{"text": each, "direction": ""} for each in questions],
        "heard": _("What we heard, in their words, without names"),
        "differs": _("Where they saw it differently"),
        "after": (_("At the end, and after"), after()),
    }


def before() -> list[str]:
    """What to do beforehand."""
    return [
        _("Five to eight people and an hour; with very small groups everybody, or two at a time."),
        _("Two of you: one asks, one writes. Nobody who grades, pays or supervises those who talk."),
        _("Children come because they want to, their families know the questions, and they may leave."),
        _("Sit in a circle, in a room that they know. No recording."),
    ]


def first() -> list[str]:
    """What to say to those who came."""
    return [
        _("“We want to know how it is for you, not what we would like to hear.”"),
        _("“We write down what is said, not who said it. Please leave out names, also those of others.”"),
        _("“You need not answer, and can stop whenever you like.”"),
        _(
            "“If somebody is in danger, we cannot keep that to ourselves. We would tell you first what we do.”"
        ),
    ]


def after() -> list[str]:
    """What to do at the end and afterwards."""
    return [
        _("Read aloud what you wrote, and ask: “Is this right? What shall we leave out?”"),
        _("Say when and where they hear what came of it."),
        _("Write it into Throughline on the same day, then destroy this sheet."),
    ]
