"""Named reads of replies and their editions."""

from collections.abc import Mapping
from uuid import UUID

from throughline.frameworks.tree import tree
from throughline.journeys.models import Journey, Priority
from throughline.voices.models import Asked, Listening, Reply, ReplyEdition
from throughline.voices.replying.document import Document, Line, lines_of


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


def places_of(listening: Listening) -> list[Asked]:
    """The groups that were asked: at the address of each it is read. One query."""
    return list(
        Asked.objects.filter(organisation=listening.organisation_id, listening=listening).order_by("pk")
    )


def lines_read(listening: Listening, document: Document, language: str) -> list[Line]:
    """The lines of a document as they are read in a language today. At most two queries."""
    priorities, names = priorities_in(listening, document), names_of(listening, language)
    return lines_of(document, language, priorities, names)
