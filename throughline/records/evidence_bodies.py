"""What rooms above show on the page of a piece of evidence that only they can read, and whether it still shows anything.

# in the room's AppConfig.ready()
evidence_bodies.register(Evidence.Kind.SHARED, shared_standing, is_shown)
# shared_standing(request, evidence) -> SafeString; is_shown(evidence) -> bool
"""

from collections.abc import Callable

from django.utils.safestring import SafeString

from throughline.records.models import Evidence
from throughline.schools.tenant import MemberRequest

Source = Callable[[MemberRequest, Evidence], SafeString]

Stands = Callable[[Evidence], bool]

_sources: dict[str, Source] = {}
_stands: dict[str, Stands] = {}


def register(kind: str, source: Source, stands: Stands) -> None:
    """Say who shows evidence of this kind, and who knows whether there is still something to show."""
    _sources[kind] = source
    _stands[kind] = stands


def stands(evidence: Evidence) -> bool:
    """Whether a piece still shows what it was brought for; what this room keeps itself always does."""
    known = _stands.get(evidence.kind)
    return known is None or known(evidence)


def body_of(request: MemberRequest, evidence: Evidence) -> SafeString:
    """What stands for this piece now; nothing for the kinds that this room keeps itself."""
    source = _sources.get(evidence.kind)
    return source(request, evidence) if source else SafeString("")
