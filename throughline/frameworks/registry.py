"""What rooms above, and other parts of this one, add to the pages of a framework: a picture, files to take along.

# in AppConfig.ready()
registry.pictures.add(blank_profile)            # blank_profile(tree, link) -> SafeString
registry.downloads.add(workbook)                # workbook(version) -> Download | None
registry.member_downloads.add(papers)           # papers(version, school) -> Download | None
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString

from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.tree import CompetencyItem, Tree
from throughline.kit.registry import Registry


@dataclass(frozen=True, slots=True)
class Download:
    """A file of a version: what it is called, what it is good for, its address; `order` places it among the others."""

    title: str | Promise
    about: str | Promise
    address: str
    order: int = 50


# Pictures of a framework nobody has begun; `link` gives the address of a competency.
pictures = Registry[Callable[[Tree, Callable[[CompetencyItem], str]], SafeString]]()
# Files that anyone may take along from a public framework. They ask the database nothing.
downloads = Registry[Callable[[FrameworkVersion], Download | None]]()
# What members find on their own page of a framework; it is given the short name of their school.
member_downloads = Registry[Callable[[FrameworkVersion, str], Download | None]]()


def pictures_of(tree: Tree, link: Callable[[CompetencyItem], str]) -> list[SafeString]:
    """Every picture of this framework."""
    return [drawn for drawn in (draw(tree, link) for draw in pictures) if drawn]


def downloads_of(version: FrameworkVersion) -> list[Download]:
    """Every file of this version, in order."""
    return _in_order(source(version) for source in downloads)


def member_downloads_of(version: FrameworkVersion, school: str) -> list[Download]:
    """Everything that members of this school find beside a version, in order."""
    return _in_order(source(version, school) for source in member_downloads)


def _in_order(found: Iterable[Download | None]) -> list[Download]:
    return sorted((each for each in found if each), key=lambda each: each.order)
