"""Pages and letters for a member outside of a request of theirs: in their language, with times in their zone."""

import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone, translation

from throughline.people.middleware import zone_named
from throughline.schools.models import Membership, Organisation


def language_for(member: Membership) -> str:
    """Their own, otherwise the organisation's. `member` comes with its person and organisation."""
    return member.person.language or member.organisation.language


def zone_for(member: Membership) -> zoneinfo.ZoneInfo:
    """Their own, otherwise the organisation's."""
    return zone_named(member.person.time_zone) or zone_of(member.organisation)


def zone_of(organisation: Organisation) -> zoneinfo.ZoneInfo:
    """Where its days begin and end."""
    return zone_named(organisation.time_zone) or zoneinfo.ZoneInfo("UTC")


@contextmanager
def as_read_by(member: Membership) -> Iterator[None]:
    """Words in their language; days as their organisation counts them."""
    with translation.override(language_for(member)), timezone.override(zone_of(member.organisation)):
        yield
