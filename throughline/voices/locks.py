"""What verbs hold while they change a listening, so that two come one after the other.

On PostgreSQL any number of people hand in at once, each sharing a lock on their listening that leaves no trace in any
row; who finishes the listening holds it alone. On SQLite one transaction writes at a time, and nothing else is needed.
"""

from uuid import UUID

from django.db import connection

from throughline.schools.models import Membership
from throughline.voices.models import Listening
from throughline.voices.policy import may_compose
from throughline.voices.queries import part_of

_SHARE = "SELECT pg_advisory_xact_lock_shared(hashtextextended('voices ' || %s, 0))"
_SHARE_BY_DRAFT = (
    "SELECT pg_advisory_xact_lock_shared(hashtextextended('voices ' || asked.listening_id::text, 0)) "
    "FROM voices_draft draft JOIN voices_asked asked ON asked.id = draft.asked_id WHERE draft.token_hash = %s"
)
_ALONE = "SELECT pg_advisory_xact_lock(hashtextextended('voices ' || %s, 0))"


def held(listening: Listening, by: Membership) -> Listening:
    """The listening, held until the end of the transaction. None of another organisation: `DoesNotExist`."""
    return (
        Listening.objects.select_for_update(of=("self",))
        .select_related("journey")
        .get(pk=listening.pk, organisation_id=by.organisation_id)
    )


def held_to_compose(listening: Listening, by: Membership) -> Listening:
    """The listening, held, for somebody who may compose it now. Raises `Refused`, `Listening.DoesNotExist`."""
    found = held(listening, by)
    may_compose(part_of(found, by)).enforce()
    return found


def share(listening_id: UUID) -> None:
    """Until the end of this transaction nobody finishes the listening. Read what it depends on after this, not before."""
    _postgres(_SHARE, str(listening_id))


def share_by_draft(token_hash: str) -> None:
    """`share` for the listening of a draft; nothing where there is none."""
    _postgres(_SHARE_BY_DRAFT, token_hash)


def alone(listening_id: UUID) -> None:
    """Wait for all who write an answer at this moment; until the end of this transaction nobody else does."""
    _postgres(_ALONE, str(listening_id))


def _postgres(statement: str, value: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(statement, [value])
