"""Who reads what is said from outside, groups it and answers it."""

from throughline.elements.models import Element
from throughline.elements.policy import Part, may_write
from throughline.kit.verdict import Verdict
from throughline.schools.models import Membership


def may_moderate(element: Element, by: Membership) -> Verdict:
    """Leads and the leadership team. Those invited to write do not read what families say before it was read for them."""
    return may_write(Part(element, by))
