"""What of Building Blocks stands in frameworks: the draft that is open, the version that was published last."""

from throughline.elements.credits.blueprint import MARK
from throughline.elements.models import Element
from throughline.frameworks.models import FrameworkDraft, FrameworkVersion
from throughline.frameworks.queries import drafts_of


def open_draft(element: Element) -> FrameworkDraft | None:
    """The draft that was made from this element and is not published yet."""
    rows = drafts_of(element.organisation).filter(
        published=None, **{f"content__more__{MARK}": str(element.pk)}
    )
    return rows.defer(None).order_by("-changed_at").first()


def published_last(element: Element) -> FrameworkVersion | None:
    """The version that learners' records can follow now."""
    rows = FrameworkVersion.objects.filter(
        framework__owner=element.organisation_id, **{f"content__{MARK}": str(element.pk)}
    )
    return rows.select_related("framework").order_by("-published_at", "-pk").first()
