"""Letters of this room, in the reader's language where it is known, otherwise in the organisation's."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from throughline.people.letters import queue_letter
from throughline.schools.models import Affiliation, Invitation, Membership, Organisation, Role


def link_of(token: str) -> str:
    """The address that opens an invitation."""
    return settings.SITE_ADDRESS + reverse("schools:invitation-link", kwargs={"token": token})


def role_names(roles: Sequence[str]) -> str:
    """Roles in words, in the usual order."""
    return ", ".join(str(role.label) for role in Role if role.value in roles)


def queue_invitation(
    invitation: Invitation,
    *,
    member: Membership,
    roles: Sequence[str],
    made_by: Membership | None,
    token: str,
) -> None:
    """The letter with the link that only this letter holds."""
    language = member.person.language or member.organisation.language
    with translation.override(language):
        context: dict[str, object] = {
            "name": member.name,
            "organisation": member.organisation.name,
            "roles": role_names(roles),
            "inviter": made_by.name if made_by else "",
            "link": link_of(token),
            "expires_at": invitation.expires_at,
        }
    queue_letter(
        "schools/letters/invitation",
        to=member.person.email,
        context=context,
        language=language,
        key=f"invitation:{invitation.pk}",
        organisation_id=member.organisation_id,
    )


def queue_affiliation_question(
    tie: Affiliation, *, lead: Membership, asked_by: Organisation, asked: Organisation
) -> None:
    """Tells a lead that another organisation asks to be tied to theirs."""
    page = reverse("schools:affiliations", kwargs={"school": asked.slug})
    queue_letter(
        "schools/letters/affiliation",
        to=lead.person.email,
        context={
            "name": lead.name,
            "asked_by": asked_by.name,
            "asked": asked.name,
            "joins": tie.asked_by_member,
            "link": settings.SITE_ADDRESS + page,
        },
        language=lead.person.language or asked.language,
        key=f"affiliation:{tie.pk}:{lead.pk}",
        organisation_id=asked.pk,
    )
