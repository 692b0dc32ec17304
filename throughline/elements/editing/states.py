"""Which whole texts are kept besides the changes: the newest, and of the older ones so few that they cost less than the
changes do to replay. All can be made anew from the changes."""

from typing import Any

from throughline.elements.models import Element, TextState

APART = 500  # steps between two that stay: replaying so many takes about 50 ms


def keep_state(element: Element, version: int, document: dict[str, Any]) -> None:
    """Keep the text at a version; the one before it goes when it stands close behind one that stays. Three queries."""
    states = TextState.objects.filter(organisation_id=element.organisation_id, element=element)
    TextState.objects.create(
        organisation_id=element.organisation_id, element=element, version=version, document=document
    )
    before = list(states.filter(version__lt=version).order_by("-version").values_list("pk", "version")[:2])
    if before and before[0][1] - (before[1][1] if len(before) > 1 else 0) < APART:
        states.filter(pk=before[0][0]).delete()
