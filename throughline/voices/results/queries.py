"""What a listening came to, for those who may read it."""

from throughline.voices.figures.comparing import Change, changes
from throughline.voices.figures.queries import figures_before, figures_of
from throughline.voices.figures.reading import Result, result_of
from throughline.voices.models import Listening


def result_in(listening: Listening) -> Result | None:
    """What may be shown of it. One query."""
    found = figures_of(listening)
    return result_of(found) if found else None


def changed_since(listening: Listening, now: Result) -> dict[tuple[str, str], Change]:
    """What changed since the listening before. One query."""
    before = figures_before(listening)
    return dict(changes(now, result_of(before))) if before else {}
