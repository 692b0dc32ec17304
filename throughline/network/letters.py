"""The letter that asks a school whether it would help, in its reader's language."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse

from throughline.frameworks.tree import tree
from throughline.people.letters import queue_letter
from throughline.schools.models import Membership


def queue_question(
    lead: Membership, *, by: Membership, framework: UUID, competency_id: UUID, text: str, key: str
) -> None:
    """To one lead of the school; the answer goes to whoever asks, and to nobody else."""
    language = lead.person.language or lead.organisation.language
    queue_letter(
        "network/letters/question",
        to=lead.person.email,
        context={
            "name": lead.name,
            "asker": by.name,
            "asked_by": by.organisation.name,
            "reply_to": by.person.email,
            "competency": tree(framework, language).by_id[competency_id].name,
            "text": text,
            "link": settings.SITE_ADDRESS
            + reverse("journeys:list", kwargs={"school": lead.organisation.slug}),
        },
        language=language,
        key=key,
        organisation_id=lead.organisation_id,
    )
