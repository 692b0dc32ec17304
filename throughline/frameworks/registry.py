"""What rooms above, and other parts of this one, add to the public page of a framework: a picture, files to take along.

# in AppConfig.ready()
beside.pictures(blank_profile)     # blank_profile(tree, link) -> SafeString
beside.downloads(workbook)         # workbook(version) -> Download | None
beside.inside(papers)              # papers(version, school) -> Download | None, on the page that members read
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString

from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.tree import CompetencyItem, Tree


@dataclass(frozen=True, slots=True)
class Download:
    """A file of a version: what it is called, what it is good for, its address; `order` places it among the others."""

    title: str | Promise
    about: str | Promise
    address: str
    order: int = 50


Picture = Callable[[Tree, Callable[[CompetencyItem], str]], SafeString]
Source = Callable[[FrameworkVersion], Download | None]
Inside = Callable[[FrameworkVersion, str], Download | None]

_pictures: list[Picture] = []
_downloads: list[Source] = []
_inside: list[Inside] = []


def pictures(draw: Picture) -> Picture:
    """Add a picture of a framework nobody has begun; `link` gives the address of a competency."""
    if draw not in _pictures:
        _pictures.append(draw)
    return draw


def downloads(source: Source) -> Source:
    """Add a file that anyone may take along from a public framework. It asks the database nothing."""
    if source not in _downloads:
        _downloads.append(source)
    return source


def pictures_of(tree: Tree, link: Callable[[CompetencyItem], str]) -> list[SafeString]:
    """Every picture of this framework."""
    return [drawn for drawn in (draw(tree, link) for draw in _pictures) if drawn]


def downloads_of(version: FrameworkVersion) -> list[Download]:
    """Every file of this version, in order."""
    found = (source(version) for source in _downloads)
    return sorted((each for each in found if each), key=lambda each: each.order)


def inside(source: Inside) -> Inside:
    """Add something that members find on their own page of a framework; it is given the short name of their school."""
    if source not in _inside:
        _inside.append(source)
    return source


def inside_of(version: FrameworkVersion, school: str) -> list[Download]:
    """Everything that members of this school find beside a version, in order."""
    found = (source(version, school) for source in _inside)
    return sorted((each for each in found if each), key=lambda each: each.order)
