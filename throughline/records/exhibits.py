"""What this room shows on the style page at `/ui/`: its components in every state, made from nothing."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from throughline.kit import clock
from throughline.records.drawing.profile import Block, ProfilePicture, Sector
from throughline.records.models import Evidence, StandingValue
from throughline.records.reading import CitedRead, DecisionRead
from throughline.schools.models import Membership
from throughline.ui import gallery

NOBODY = UUID(int=1)
_STATES = ("earned", "in-progress", "not-started")


def register() -> None:
    """Put the room's pieces on show."""
    gallery.register("Standings", "records/exhibits/standings.html", standings)
    gallery.register("Credit profile", "records/exhibits/profile.html", profile)
    gallery.register("Evidence and decisions", "records/exhibits/evidence.html", evidence)


def standings() -> dict[str, Any]:
    """Each standing in each hue."""
    return {"values": [value for value, _label in StandingValue.choices], "hues": range(6)}


def profile() -> dict[str, Any]:
    """A picture with every state, then and now."""
    sectors = []
    for hue, (name, inner, outer) in enumerate(
        (("Purpose", 3, 2), ("Profile", 2, 1), ("Learning", 4, 2), ("Alignment", 4, 2), ("Lasting", 2, 2)), 1
    ):
        blocks = tuple(
            Block(
                number=place + 1,
                name=f"{name} {place + 1}",
                level="foundational" if place < inner else "advanced",
                standing=_STATES[(place + hue) % 3],  # type: ignore[arg-type]
                set_aside=(hue, place) == (5, 3),
                recheck=(hue, place) == (1, 3),
                earlier="not-started" if place % 2 else None,
                href="#credit-profile",
            )
            for place in range(inner + outer)
        )
        sectors.append(Sector(name, hue, blocks))
    centre = (("5 of 15", _("foundational earned")), ("2 of 8", _("advanced earned")))
    return {"picture": ProfilePicture("A credit profile", "", tuple(sectors), centre)}


def evidence() -> dict[str, Any]:
    """Evidence fresh, stale and withdrawn, and a decision with all that it can carry."""
    now, by = clock.now(), Membership(name="Amara Okafor")
    common = {
        "brought_by": by,
        "mark": "practice",
        "happened_on": clock.today() - timedelta(days=40),
        "text": "They asked each other first.",
    }
    pieces = [
        Evidence(pk=NOBODY, kind="text", title="What we saw", **common),
        Evidence(pk=NOBODY, kind="photo", title="The wall of drafts", recheck_on=clock.today(), **common),
        Evidence(
            pk=NOBODY,
            kind="link",
            title="Minutes",
            withdrawn_at=now,
            withdrawn_reason="Another school’s",
            **common,
        ),
    ]
    decision = DecisionRead(
        id=NOBODY,
        number=1,
        after="earned",
        headline=_("From %(before)s to %(after)s") % {"before": "in progress", "after": "earned"},
        by="Jonas Lind",
        how="team agreement",
        at=now,
        reason="Every class does it.",
        why_changed=_("What we do has changed."),
        dissent="Grade 11 is not there yet.",
        check_on=clock.today() + timedelta(days=300),
        cited=(CitedRead(NOBODY, "What we saw", "practice", ("Learners have a say.",), False, True),),
        corrects="",
        corrected=True,
    )
    return {"pieces": pieces, "decision": decision}
