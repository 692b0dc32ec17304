"""What stands on the page of a piece of evidence that cites what people said: what was frozen, in words and figures."""

from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from throughline.journeys.hooks import Offered
from throughline.records.models import Evidence
from throughline.schools.tenant import MemberRequest, Seat
from throughline.voices.citing.frozen import RESULT, changed_since, result_in, talk_rows
from throughline.voices.citing.policy import is_citable, may_cite
from throughline.voices.citing.queries import cited_by
from throughline.voices.figures.reading import Figure
from throughline.voices.figures.words import answered_words, cautions, part_sentence, sentence, unit_words
from throughline.voices.models import Cited, Conversation
from throughline.voices.policy import STAFF


class Told(NamedTuple):
    """What one unit said to one question: the question, the sentence, the whole distribution."""

    question: str
    said: str
    parts: list[str]


class Group(NamedTuple):
    """A unit: who, how many, what to keep in mind, and what it said."""

    name: str
    answered: str
    cautions: list[str]
    told: list[Told]


def groups_in(content: dict[str, Any]) -> list[Group]:
    """What was frozen of a listening, group by group, in words."""
    return [
        Group(
            unit_words(unit),
            answered_words(unit),
            cautions(unit),
            [_told(figure) for figure in unit.figures if figure.is_shown],
        )
        for unit in result_in(content).units
    ]


def _told(figure: Figure) -> Told:
    young = figure.unit.young
    of = figure.of
    parts = [part_sentence(part, of, figure.scale, young=young) for part in figure.parts] if of else []
    return Told(figure.text(), sentence(figure), parts)


def told_of(content: dict[str, Any]) -> dict[str, Any]:
    """What `_heard.html` shows of a frozen content."""
    if content["what"] == RESULT:
        return {"groups": groups_in(content), "name": content["name"]}
    return {"rows": talk_rows(content)}


def cited_body(request: MemberRequest, evidence: Evidence) -> SafeString:
    """What was cited, as it was; the way to where it stands for those who see that. One query."""
    found, seat = cited_by(evidence), request.seat
    told: dict[str, Any] = {"cited": found, "evidence": evidence, "school": seat.organisation.slug}
    if found is not None:
        sees = seat.has(*STAFF)
        changed = found.conversation is not None and changed_since(found.content, found.conversation)
        told |= {
            **told_of(found.content),
            "there": _address(found, told["school"]) if sees else "",
            "changed": changed and sees,
        }
    return mark_safe(render_to_string("voices/_cited.html", told))  # noqa: S308  (a rendered template)


def _address(cited: Cited, school: str) -> str:
    if cited.conversation_id:
        return reverse("voices:conversation", args=[school, cited.conversation_id])
    return reverse("voices:listening", args=[school, cited.listening_id])


def still_shown(evidence: Evidence) -> bool:
    """What was frozen stays; only evidence without it shows nothing. One query."""
    return Cited.objects.filter(organisation=evidence.organisation_id, evidence=evidence).exists()


def on_conversation(conversation: Conversation, seat: Seat) -> Offered | None:
    """The way to make a conversation evidence, for those who may."""
    if not may_cite(seat.membership) or not is_citable(conversation):
        return None
    there = reverse("voices:cite-conversation", args=[seat.organisation.slug, conversation.pk])
    return Offered(there, _("Cite as evidence"), "quote")
