"""Taking lines of *you said → we did* over into the page for families."""

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from throughline.plans.families.actions.hearing import take_over_replies
from throughline.plans.families.heard import TOPIC, offers_of
from throughline.plans.families.policy import may_write_page
from throughline.plans.families.queries import drafts_of, newest_replies
from throughline.plans.families.sections import BY_KEY
from throughline.plans.families.views.asking import page_or_404
from throughline.plans.shortcuts import head
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import refusals_told


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def take_over(request: MemberRequest) -> HttpResponseBase:
    """Choose lines of the newest edition; they become entries of the section, which is published with the page."""
    held, by = page_or_404(request), request.seat.membership
    may_write_page(by).enforce()
    edition = newest_replies(request.seat.organisation)
    if edition is None:
        raise Http404
    school = request.seat.organisation.slug
    if request.method == "POST":
        lines = [int(each) for each in request.POST.getlist("line") if each.isdecimal() and len(each) < 4]
        there = reverse("plans:family-take-over", kwargs={"school": school})
        with refusals_told(request):
            take_over_replies(page=held, edition=edition, lines=lines, by=by)
            messages.success(
                request, _("Taken over as a draft. Families read it once the page is published.")
            )
            there = reverse("plans:family-section", kwargs={"school": school, "topic": TOPIC})
        return redirect(there)
    draft = drafts_of(held).get(TOPIC)
    offers = offers_of(edition.document, held.language, draft.content if draft else {})
    told = {
        **head(request),
        "page": held,
        "section": BY_KEY[TOPIC],
        "edition": edition,
        "offers": offers,
        "new": any(not each.is_there for each in offers),
        "left": len(edition.document["lines"]) - len(offers),
    }
    return render(request, "plans/family_take_over.html", told)
