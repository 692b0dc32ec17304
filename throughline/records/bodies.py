"""What rooms above show on the page of a piece of evidence that only they can read.

# in the room's AppConfig.ready()
bodies.register(Evidence.Kind.SHARED, shared_standing)    # shared_standing(request, evidence) -> SafeString
"""

from collections.abc import Callable

from django.utils.safestring import SafeString

from throughline.records.models import Evidence
from throughline.schools.tenant import MemberRequest

Source = Callable[[MemberRequest, Evidence], SafeString]

_sources: dict[str, Source] = {}


def register(kind: str, source: Source) -> None:
    """Say who shows evidence of this kind."""
    _sources[kind] = source


def body_of(request: MemberRequest, evidence: Evidence) -> SafeString:
    """What stands for this piece now; nothing for the kinds that this room keeps itself."""
    source = _sources.get(evidence.kind)
    return source(request, evidence) if source else SafeString("")
