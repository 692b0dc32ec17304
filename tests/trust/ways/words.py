"""How each verb about what a framework says to others is called well: opening it, crosswalks, translations."""

from tests.trust.theirs import Act, Theirs, way
from tests.trust.ways.journeys import shared
from throughline.frameworks.crosswalks import actions as crosswalks
from throughline.frameworks.crosswalks.csv_table import Row
from throughline.frameworks.models import Crosswalk, Framework, FrameworkVersion
from throughline.frameworks.public import actions as opening
from throughline.frameworks.translating import actions as translations
from throughline.frameworks.tree import tree


def framework(their: Theirs) -> Framework:
    """The framework that is theirs alone."""
    return Framework.objects.get(owner=their.realm.organisation)


@way
def open_framework(their: Theirs) -> Act:
    return lambda by: opening.open_framework(framework=framework(their), by=by)


@way
def close_framework(their: Theirs) -> Act:
    opened = opening.open_framework(framework=framework(their), by=their.lead)
    return lambda by: opening.close_framework(framework=opened, by=by)


def crosswalk(their: Theirs) -> Crosswalk:
    """The crosswalk that is theirs."""
    return Crosswalk.objects.get(owner=their.realm.organisation)


def sides(their: Theirs) -> crosswalks.Sides:
    """The versions that it stands between."""
    own = FrameworkVersion.objects.get(pk=their.realm.ids["version_id"][0])
    return crosswalks.Sides(own, shared())


@way
def start_crosswalk(their: Theirs) -> Act:
    left, right = framework(their), shared().framework
    return lambda by: crosswalks.start_crosswalk(by=by, left=left, right=right, title="Another")


@way
def change_crosswalk(their: Theirs) -> Act:
    return lambda by: crosswalks.change_crosswalk(crosswalk=crosswalk(their), by=by, title="Other words")


@way
def link_competencies(their: Theirs) -> Act:
    other = tree(shared().pk).competencies[5].code
    return lambda by: crosswalks.link_competencies(
        crosswalk=crosswalk(their), by=by, sides=sides(their), left=["c"], right=[other], relation="isPartOf"
    )


@way
def load_links(their: Theirs) -> Act:
    rows = [Row("c", tree(shared().pk).competencies[6].code, "exactMatchOf")]
    return lambda by: crosswalks.load_links(crosswalk=crosswalk(their), by=by, sides=sides(their), rows=rows)


@way
def unlink_competencies(their: Theirs) -> Act:
    links = [each.pk for each in crosswalk(their).links.all()]
    return lambda by: crosswalks.unlink_competencies(crosswalk=crosswalk(their), by=by, links=links)


@way
def delete_crosswalk(their: Theirs) -> Act:
    held = crosswalk(their)
    return lambda by: crosswalks.delete_crosswalk(crosswalk=held, by=by)


@way
def translate_texts(their: Theirs) -> Act:
    version = sides(their).left
    return lambda by: translations.translate_texts(
        version=version, language="es", by=by, texts={"title": "Otro"}
    )
