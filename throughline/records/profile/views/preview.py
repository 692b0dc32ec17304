"""A framework draft as the credit profile that it would become."""

from uuid import UUID

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from throughline.frameworks.draft_content import blueprint_of
from throughline.frameworks.policy import may_publish
from throughline.frameworks.queries import drafts_of
from throughline.frameworks.tree import tree_of
from throughline.kit import clock
from throughline.records.models import StandingValue
from throughline.records.profile.picture import picture_of, table_of
from throughline.records.queries import Profile, ProfileItem
from throughline.schools.tenant import MemberRequest, for_members


@require_safe
@for_members
def preview(request: MemberRequest, draft_id: UUID) -> HttpResponseBase:
    """The picture and its table with nothing begun, to see how domains and names sit."""
    draft = get_object_or_404(drafts_of(request.seat.organisation).defer(None), pk=draft_id)
    may_publish(request.seat.membership, request.seat.organisation).enforce()
    plan = blueprint_of(draft.content)
    shown = tree_of(plan)
    items = tuple(
        ProfileItem(each, StandingValue.NOT_STARTED, None, None, False, None) for each in shown.competencies
    )
    profile = Profile(shown, items, clock.today())
    title = _("Preview of the profile")
    context = {
        "draft": draft,
        "draft_url": reverse(
            "frameworks:draft", kwargs={"school": request.seat.organisation.slug, "draft_id": draft.pk}
        ),
        "title": title,
        "picture": picture_of(profile, title=title) if items else None,
        "table": table_of(profile, caption=title) if items else None,
    }
    return render(request, "records/draft_preview.html", context)
