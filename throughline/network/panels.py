"""What this room adds to the records of a district or network: the way to cite a school, and what a citation shows."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from throughline.frameworks.tree import CompetencyItem
from throughline.network.citing import cited_now
from throughline.network.district_words import state_in_words
from throughline.network.policy import may_read_of_others
from throughline.records.models import Evidence, Record
from throughline.records.panels import Panel
from throughline.schools.models import Organisation
from throughline.schools.tenant import MemberRequest


def shown_by_schools(request: MemberRequest, record: Record, competency: CompetencyItem) -> Panel | None:
    """In a district or network, for those who read what schools share: the way to cite them. No query."""
    seat = request.seat
    if seat.organisation.kind == Organisation.Kind.SCHOOL or not may_read_of_others(seat):
        return None
    told = {"seat": seat, "record": record, "competency": competency}
    content = mark_safe(render_to_string("network/_way_to_cite.html", told))  # noqa: S308  (a rendered template)
    return Panel(_("What schools share"), content, order=30)


def shared_standing(request: MemberRequest, evidence: Evidence) -> SafeString:
    """What a citation shows at this moment, or that it was taken back. Two queries."""
    now = cited_now(evidence)
    told = {"now": now, "words": state_in_words(now.state) if now else ""}
    return mark_safe(render_to_string("network/_cited.html", told))  # noqa: S308  (a rendered template)
