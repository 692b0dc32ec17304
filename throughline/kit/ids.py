"""Identifiers: UUIDv7 where order in time helps, UUIDv4 where the time of creation must not leak."""

import uuid

from uuid_utils.compat import uuid7 as _uuid7


def time_ordered_id() -> uuid.UUID:
    """A UUIDv7 (RFC 9562): sorts by creation and carries its millisecond. Never for anonymous answers or tokens."""
    return uuid.UUID(bytes=_uuid7().bytes)


def parse_uuid(text: str) -> uuid.UUID | None:
    """The UUID that `text` writes, or None."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def opaque_id() -> uuid.UUID:
    """A UUIDv4: says nothing about when or in which order it was made."""
    return uuid.uuid4()
