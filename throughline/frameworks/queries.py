"""Named reads of frameworks, starting from what an organisation may see."""

from django.db.models import Q, QuerySet

from throughline.frameworks.models import FrameworkVersion
from throughline.schools.models import Organisation


def versions_visible_to(organisation: Organisation) -> QuerySet[FrameworkVersion]:
    """Shared versions and the organisation's own; everybody else's do not exist."""
    return (
        FrameworkVersion.objects.filter(Q(framework__owner__isnull=True) | Q(framework__owner=organisation))
        .select_related("framework")
        .order_by("framework__owner", "title", "framework_id", "-published_at", "-number")
    )
