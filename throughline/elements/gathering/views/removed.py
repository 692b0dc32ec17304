"""The entries that were removed, and bringing them back."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from throughline.elements.gathering.actions import bring_back_entries
from throughline.elements.gathering.queries import FIRST, removed_entries
from throughline.elements.gathering.views.rounds import address, part_of_profile, ticked
from throughline.elements.groups import GROUPS
from throughline.elements.policy import may_write
from throughline.elements.shortcuts import head
from throughline.schools.tenant import MemberRequest, for_members


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def removed(request: MemberRequest, kind: str) -> HttpResponseBase:
    """Both rounds' removed entries; those that are ticked come back to where they stood."""
    part = part_of_profile(request, kind)
    may_write(part).enforce()
    if request.method == "POST":
        count = bring_back_entries(element=part.element, entries=ticked(request), by=request.seat.membership)
        if count:
            told = ngettext("%(count)d entry is back.", "%(count)d entries are back.", count)
            messages.success(request, told % {"count": count})
        else:
            messages.warning(request, _("Choose the entries first."))
        return redirect(request.path if removed_entries(part.element) else address(part, "gathering"))
    names = dict(GROUPS)
    entries = [(each, names.get(each.group, each.group)) for each in removed_entries(part.element)]
    rounds = [
        (title, found)
        for title, found in (
            (_("From the first round"), [pair for pair in entries if pair[0].round == FIRST]),
            (_("From the second round"), [pair for pair in entries if pair[0].round != FIRST]),
        )
        if found
    ]
    context = {**head(request, part), "rounds": rounds, "may_write": True, "back": address(part, "gathering")}
    return render(request, "elements/entries_removed.html", context)
