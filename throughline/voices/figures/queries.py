"""The figures of listenings. Who may read them says `voices/policy.py`; callers ask first."""

from throughline.voices.models import Figures, Listening


def figures_of(listening: Listening) -> Figures | None:
    """What may be shown of a listening, once it was frozen. One query."""
    return Figures.objects.filter(organisation=listening.organisation_id, listening=listening).first()


def figures_before(listening: Listening) -> Figures | None:
    """Those of the listening of the same journey that was closed last before it. One query."""
    if listening.closed_at is None:
        return None
    rows = Figures.objects.filter(
        organisation=listening.organisation_id,
        listening__journey=listening.journey_id,
        listening__closed_at__lt=listening.closed_at,
    )
    return rows.exclude(listening=listening).order_by("-listening__closed_at", "-pk").first()
