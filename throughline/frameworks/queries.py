"""Named reads of frameworks, starting from what an organisation may see."""

from collections.abc import Iterable
from itertools import chain, count
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from throughline.frameworks.blueprint import CODE_LIMIT, NUMBER_LIMIT
from throughline.frameworks.models import Framework, FrameworkDraft, FrameworkImport, FrameworkVersion
from throughline.schools.models import Organisation


def versions_visible_to(organisation: Organisation) -> QuerySet[FrameworkVersion]:
    """Shared versions and the organisation's own; everybody else's do not exist."""
    return (
        FrameworkVersion.objects.filter(Q(framework__owner__isnull=True) | Q(framework__owner=organisation))
        .select_related("framework")
        .order_by("framework__owner", "title", "framework_id", "-published_at", "-number")
    )


def newest_first(framework: Framework | UUID) -> QuerySet[FrameworkVersion]:
    """The versions of a framework; the first stands for it."""
    versions = FrameworkVersion.objects.filter(framework=framework).select_related("framework__owner")
    return versions.order_by("-published_at", "-pk")


def free_code(owner: Organisation | None, wanted: str) -> str:
    """A code that no framework of the owner has yet: two may have chosen the same word."""
    taken = Framework.objects.filter(owner=owner).values_list("code", flat=True)
    return _free(wanted, taken, f"{wanted[: CODE_LIMIT - 8]}-")


def free_number(framework: Framework, wanted: str) -> str:
    """A number that no version of the framework has yet."""
    taken = framework.versions.values_list("number", flat=True)
    return _free(wanted, taken, f"{wanted[: NUMBER_LIMIT - 5]}.")


def _free(wanted: str, taken: Iterable[str], stem: str) -> str:
    known = set(taken)
    others = (f"{stem}{again}" for again in count(2))
    return next(each for each in chain([wanted], others) if each not in known)


def is_open(path: str = "framework") -> Q:
    """Condition on the framework at `path`: anyone may read it, without an account too. A demo school's only with the
    demo.
    """
    open_now = Q((f"{path}__public_at__isnull", False))
    if settings.DEMO:
        return open_now
    return open_now & (Q((f"{path}__owner__isnull", True)) | Q((f"{path}__owner__is_demo", False)))


def drafts_of(organisation: Organisation) -> QuerySet[FrameworkDraft]:
    """What an organisation is writing, the one changed last first."""
    return (
        FrameworkDraft.objects.filter(organisation=organisation, published__isnull=True)
        .select_related("base__framework", "framework", "changed_by")
        .defer("content", "package", "read")
        .order_by("-changed_at", "-id")
    )


def newer_versions(version_id: UUID, organisation: Organisation) -> list[FrameworkVersion]:
    """The versions that were made from this one, directly or over others, and are the last of their line. One query."""
    made = versions_visible_to(organisation).filter(supersedes__isnull=False)
    after: dict[UUID, list[FrameworkVersion]] = {}
    for each in made.defer("content"):
        after.setdefault(each.supersedes_id, []).append(each)  # type: ignore[arg-type]
    found, todo = [], list(after.get(version_id, []))
    while todo:
        each = todo.pop(0)
        following = after.get(each.pk, [])
        if following:
            todo += following
        else:
            found.append(each)
    return sorted(found, key=lambda each: each.published_at, reverse=True)


def imports_of(organisation: Organisation) -> QuerySet[FrameworkImport]:
    """The framework files that an organisation has brought and not thrown away, the last one first."""
    return FrameworkImport.objects.filter(organisation=organisation).order_by("-brought_at", "-id")
