"""What *earned* asks for in a record: rooms above know more about their holders than the default says.

# in the room's AppConfig.ready()
rules.sources.add(rule_of_a_credit)   # (record, competency_id) -> EvidenceRule | None
"""

from collections.abc import Callable
from uuid import UUID

from throughline.kit.registry import Registry
from throughline.records.earning import DEFAULT, EvidenceRule
from throughline.records.models import Record

sources = Registry[Callable[[Record, UUID], EvidenceRule | None]]()


def rule_for(record: Record, competency_id: UUID) -> EvidenceRule:
    """The rule of the first source that has one for this competency of this record; the default otherwise."""
    return next((rule for source in sources if (rule := source(record, competency_id))), DEFAULT)
