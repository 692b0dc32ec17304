"""Named reads of replies and their editions."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from throughline.frameworks.tree import tree
from throughline.journeys.models import Journey, Priority
from throughline.voices.models import Asked, Listening, Reply, ReplyEdition
from throughline.voices.replying.document import Document, Line, lines_of
from throughline.voices.replying.suggesting import Draft, draft_about, drafts
from throughline.voices.results.queries import result_in


def replies_of(listening: Listening) -> list[Reply]:
    """The lines as they are being written, in their order. One query."""
    rows = Reply.objects.filter(organisation=listening.organisation_id, listening=listening)
    return list(rows.select_related("priority").order_by("position", "pk"))


def reply_in(listening: Listening, reply_id: UUID) -> Reply | None:
    """One line of a listening. One query."""
    rows = Reply.objects.filter(organisation=listening.organisation_id, listening=listening, pk=reply_id)
    return rows.select_related("priority").first()


def newest_edition(listening: Listening) -> ReplyEdition | None:
    """What is published now, with who published it. One query."""
    rows = ReplyEdition.objects.filter(organisation=listening.organisation_id, listening=listening)
    return rows.select_related("by").order_by("-number").first()


def priorities_of(listening: Listening) -> list[Priority]:
    """The priorities of the journey that were not dropped, the newest first. One query."""
    rows = Priority.objects.filter(
        organisation=listening.organisation_id, journey=listening.journey_id, dropped_at__isnull=True
    )
    return list(rows.select_related("competency").order_by("-chosen_at", "position"))


def priorities_in(listening: Listening, document: Document) -> Mapping[str, Priority]:
    """The priorities that an edition names, as they stand now. One query, none where it names none."""
    keys = {each["priority"] for each in document["lines"] if each["priority"]}
    if not keys:
        return {}
    rows = Priority.objects.filter(organisation=listening.organisation_id, pk__in=keys)
    return {str(each.pk): each for each in rows}


def names_of(listening: Listening, language: str) -> dict[str, str]:
    """What the competencies of the journey are called. One query."""
    version = Journey.objects.values_list("record__version_id", flat=True).get(
        organisation=listening.organisation_id, pk=listening.journey_id
    )
    return {each.code: each.name for each in tree(version, language).competencies}


def drafts_for(listening: Listening, lines: Sequence[Reply]) -> list[Draft]:
    """Lines to begin with, about what no line speaks of yet. Callers ask `may_write_replies` first. One query."""
    result = result_in(listening)
    spoken = {each.competency for each in lines}
    return drafts(result, listening.languages, without=spoken) if result else []


def draft_named(listening: Listening, key: str, competency: str) -> Draft | None:
    """The draft that a link names, by its key or its competency. Callers ask `may_write_replies` first. One query."""
    result = result_in(listening) if key or competency else None
    if result is None:
        return None
    if not key:
        return draft_about(result, competency, listening.languages)
    offered = drafts(result, listening.languages, without=set())
    return next((each for each in offered if each.key == key), None)


def places_of(listening: Listening) -> list[Asked]:
    """The groups that were asked: at the address of each it is read. One query."""
    return list(
        Asked.objects.filter(organisation=listening.organisation_id, listening=listening).order_by("pk")
    )


def lines_read(listening: Listening, document: Document, language: str) -> list[Line]:
    """The lines of a document as they are read in a language today. At most two queries."""
    priorities, names = priorities_in(listening, document), names_of(listening, language)
    return lines_of(document, language, priorities, names)
