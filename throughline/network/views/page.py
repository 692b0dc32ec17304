"""The one page that readers of a share see, wherever they stand: what every view of it shows."""

from typing import Any

from throughline.network.models import Share
from throughline.network.shown import Shown, shown
from throughline.records.picture import picture_of, table_of


def page_context(share: Share) -> dict[str, Any]:
    """What `network/_shown.html` lays out: the same for the preview, inside, between organisations and by link."""
    told: Shown = shown(share)
    return {
        "told": told,
        "picture": picture_of(told.profile, title=told.title, earlier=told.earlier),
        "table": table_of(told.profile, caption=told.date, earlier=told.earlier),
    }
