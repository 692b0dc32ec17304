"""Reading frameworks: the list of those that an organisation may see, and one version whole."""

from uuid import UUID

from django.db.models import Q
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from throughline.frameworks.addresses import public_address
from throughline.frameworks.catalog.queries import frameworks_listed
from throughline.frameworks.crosswalks.queries import crosswalks_visible_to, said_of
from throughline.frameworks.exporting.formats import member_files
from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.policy import may_open, may_publish, may_translate
from throughline.frameworks.presenters import domain_shown, domains_on_page
from throughline.frameworks.queries import drafts_of, versions_visible_to
from throughline.frameworks.registry import member_downloads_of
from throughline.frameworks.tree import tree
from throughline.schools.tenant import MemberRequest, for_members


@require_safe
@for_members
def frameworks(request: MemberRequest) -> HttpResponseBase:
    """Every framework that this organisation may use, by its newest version."""
    organisation = request.seat.organisation
    listed = frameworks_listed(organisation)
    may = may_publish(request.seat.membership, organisation)
    context = {
        "own": [each for each in listed if each.is_own],
        "shared": [each for each in listed if not each.is_own],
        "may_write": may,
        "drafts": list(drafts_of(organisation)) if may else [],
    }
    return render(request, "frameworks/frameworks.html", context)


@require_safe
@for_members
def framework(request: MemberRequest, version_id: UUID) -> HttpResponseBase:
    """One version: its domains, competencies, indicators with their witnesses, steps and attribution.

    A large framework shows one domain at a time (`?domain=<code>`).
    """
    version = get_object_or_404(versions_visible_to(request.seat.organisation), pk=version_id)
    whole = tree(version.pk)
    large, shown = domains_on_page(whole, request.GET.get("domain", ""))
    may = may_open(request.seat.membership, version.framework)
    context = {
        "files": member_files(version, request.seat.organisation.slug),
        "beside": member_downloads_of(version, request.seat.organisation.slug),
        "opening_url": reverse("frameworks:opening", args=[request.seat.organisation.slug, version.pk])
        if may
        else "",
        "translations_url": _translations(request, version),
        "public_url": public_address(version) if version.framework.public_at else "",
        "may_write": may_publish(request.seat.membership, request.seat.organisation),
        "version": version,
        "tree": whole,
        "large": large,
        "domains": [domain_shown(domain, whole) for domain in shown],
        "crosswalks": _crosswalks(request, version),
    }
    return render(request, "frameworks/framework.html", context)


def _crosswalks(request: MemberRequest, version: FrameworkVersion) -> list[tuple[dict[str, str], str]]:
    visible = crosswalks_visible_to(request.seat.organisation)
    found = visible.filter(Q(left=version.framework_id) | Q(right=version.framework_id))
    slug = request.seat.organisation.slug
    return [(said_of(each), reverse("frameworks:crosswalk", args=[slug, each.pk])) for each in found]


def _translations(request: MemberRequest, version: FrameworkVersion) -> str:
    if not may_translate(request.seat.membership, version.framework):
        return ""
    return reverse("frameworks:translations", args=[request.seat.organisation.slug, version.pk])
