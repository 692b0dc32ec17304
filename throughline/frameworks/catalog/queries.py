"""The frameworks that an organisation may use, as a list to choose from: what each is, and its earlier versions."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import translation

from throughline.frameworks.models import FrameworkVersion, VersionTranslation
from throughline.frameworks.queries import versions_visible_to
from throughline.schools.models import Organisation


@dataclass(frozen=True, slots=True)
class Listed:
    """A framework by its newest version. Title and summary in the reader's language where they are translated."""

    version: FrameworkVersion
    title: str
    summary: str
    earlier: Sequence[FrameworkVersion]

    @property
    def is_own(self) -> bool:
        """Does it belong to the organisation alone?"""
        return self.version.framework.owner_id is not None


def frameworks_listed(organisation: Organisation) -> list[Listed]:
    """Each framework once, by title; two queries however many there are."""
    lines: dict[object, list[FrameworkVersion]] = {}
    for version in versions_visible_to(organisation):
        lines.setdefault(version.framework_id, []).append(version)
    for versions in lines.values():
        versions.sort(key=lambda each: (each.published_at, each.number), reverse=True)
    said = _translated([versions[0] for versions in lines.values()])
    listed = [_listed(versions, *said.get(versions[0].pk, ("", ""))) for versions in lines.values()]
    return sorted(listed, key=lambda each: each.title.casefold())


def _translated(versions: Sequence[FrameworkVersion]) -> dict[object, tuple[str | None, str | None]]:
    tongue = (translation.get_language() or "en").split("-")[0]
    rows = VersionTranslation.objects.filter(version__in=versions, language=tongue)
    known = rows.values_list("version_id", "texts__title", "texts__summary")
    return {key: (title, summary) for key, title, summary in known}


def _listed(versions: list[FrameworkVersion], title: str | None, summary: str | None) -> Listed:
    newest = versions[0]
    return Listed(
        version=newest,
        title=title or newest.title,
        summary=summary or newest.content.get("summary", ""),
        earlier=versions[1:],
    )
