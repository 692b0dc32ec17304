"""Where a small test stands, told by its newest cycle. Pure."""

from enum import StrEnum
from typing import Protocol

from django.utils.translation import gettext_lazy as _


class Stands(StrEnum):
    """How far it is."""

    PLANNED = "planned"
    UNDER_WAY = "under-way"
    ADOPTED = "adopt"
    ABANDONED = "abandon"


WORDS = {
    Stands.PLANNED: _("planned"),
    Stands.UNDER_WAY: _("being tried"),
    Stands.ADOPTED: _("adopted"),
    Stands.ABANDONED: _("abandoned"),
}
TONES = {Stands.UNDER_WAY: "info", Stands.ADOPTED: "success"}
OVER = frozenset({Stands.ADOPTED, Stands.ABANDONED})


class Turn(Protocol):
    """What is needed of a cycle."""

    @property
    def has_begun(self) -> bool: ...
    @property
    def outcome(self) -> str: ...


def stands(newest: Turn) -> Stands:
    """By its newest cycle. One that is to be adapted always has a next one, which says how far it is."""
    if newest.outcome in (Stands.ADOPTED, Stands.ABANDONED):
        return Stands(newest.outcome)
    return Stands.UNDER_WAY if newest.has_begun else Stands.PLANNED
