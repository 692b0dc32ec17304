"""Every kind of item there is, element by element: the one place that knows what an attribute or a credit has."""

from django.utils.translation import gettext_lazy as _

from throughline.elements.groups import GROUPS
from throughline.elements.models import ElementKind, ItemKind
from throughline.elements.structure.fields import (
    CHOICE,
    DATE,
    LINK,
    NUMBER,
    TEXT,
    Field,
    Kind,
    text,
    title,
)

LEVELS = ("level1", "level2", "level3", "level4")

_CALL = (
    Kind(
        ItemKind.FACT,
        ElementKind.CALL_TO_ACTION,
        _("Facts"),
        _("Add a fact"),
        _("What is so today, and for whom it is hardest. Each fact names where it comes from."),
        (
            title(_("The fact"), _("One sentence that anyone could check.")),
            text(_("What it means for our learners"), _("Whose experience is it? Who is hurt most?")),
            Field("source", _("Source"), _("A survey, a count, a report, a visit.")),
            Field("link", _("Link to the source"), sort=LINK),
            Field("date", _("Date of the source"), sort=DATE),
        ),
    ),
    Kind(
        ItemKind.VOICE,
        ElementKind.CALL_TO_ACTION,
        _("Voices"),
        _("Add a voice"),
        _("What people said, in their own words, with the group they speak from. Names are not needed."),
        (
            title(_("In a few words"), _("So that others can find it in a list.")),
            text(
                _("Their words"),
                _("As they were said. Leave out names and anything that points to one person."),
            ),
            Field("group", _("Group"), sort=CHOICE, choices=GROUPS),
            Field("source", _("Where it was said"), _("A listening evening, an interview, a letter.")),
            Field("date", _("Date"), sort=DATE),
        ),
    ),
    Kind(
        ItemKind.VISION,
        ElementKind.CALL_TO_ACTION,
        _("Vision statements"),
        _("Add a vision statement"),
        _("What will be true once we have changed. Each statement answers facts and voices."),
        (
            title(_("In a few words")),
            text(_("The statement"), _("Two or three sentences people can repeat.")),
        ),
        ties=(ItemKind.FACT, ItemKind.VOICE),
    ),
)

_PROFILE = (
    Kind(
        ItemKind.ATTRIBUTE,
        ElementKind.GRADUATE_PROFILE,
        _("Attributes"),
        _("Add an attribute"),
        _(
            "What every graduate will know, be able to do and care about. Five to seven are easier to keep than twelve."
        ),
        (
            title(_("Name"), _("A few words that a ten-year-old can say.")),
            text(
                _("Definition"), _("What it means here, so that two people would recognize the same thing.")
            ),
        ),
        ties=(ItemKind.VISION,),
    ),
    Kind(
        ItemKind.INDICATOR,
        ElementKind.GRADUATE_PROFILE,
        _("Indicators"),
        _("Add an indicator"),
        _("What you would see or hear a learner do at each stage of your school."),
        (
            title(_("What a learner does"), _("One thing that can be seen or heard.")),
            Field("stage", _("Stage"), _("A stage of your own school, such as “Grades 6–8”."), offer=True),
        ),
        parent=ItemKind.ATTRIBUTE,
    ),
    Kind(
        ItemKind.PLACE,
        ElementKind.GRADUATE_PROFILE,
        _("Where it is lived"),
        _("Add a place"),
        _("A course, an event or a partner where learners practice it."),
        (
            title(_("Name")),
            Field(
                "sort",
                _("What it is"),
                sort=CHOICE,
                choices=(("course", _("Course")), ("event", _("Event")), ("partner", _("Partner"))),
            ),
            text(_("How learners practice it there")),
        ),
        parent=ItemKind.ATTRIBUTE,
    ),
)

_FRAMEWORK = (
    Kind(
        ItemKind.PRINCIPLE,
        ElementKind.LEARNING_FRAMEWORK,
        _("Principles"),
        _("Add a principle"),
        _("What we hold true about learning and teaching, in every classroom, and the research behind it."),
        (
            title(_("The principle"), _("One sentence.")),
            text(_("What it asks of us"), _("What a visitor would notice.")),
        ),
        ties=(ItemKind.ATTRIBUTE,),
    ),
    Kind(
        ItemKind.SOURCE,
        ElementKind.LEARNING_FRAMEWORK,
        _("Research sources"),
        _("Add a source"),
        _("A study, a book or a review that a principle rests on."),
        (
            title(_("Citation"), _("Author, year, title.")),
            Field("link", _("Link"), sort=LINK),
            text(_("What it says to us")),
        ),
        parent=ItemKind.PRINCIPLE,
    ),
    Kind(
        ItemKind.TERM,
        ElementKind.LEARNING_FRAMEWORK,
        _("Shared words"),
        _("Add a word"),
        _("One word, one sense. If two senses are in use, agree on one of them or find a second word."),
        (
            title(_("The word")),
            text(_("What it means here")),
            Field("used", _("Where we use it"), _("Reports, planning sheets, meetings with families.")),
            Field("instead", _("Words it replaces"), _("Words we stop using for the same thing.")),
        ),
    ),
    Kind(
        ItemKind.EDUCATOR_COMPETENCY,
        ElementKind.LEARNING_FRAMEWORK,
        _("Educator competencies"),
        _("Add an educator competency"),
        _("What our educators commit to being good at, agreed on by them."),
        (title(_("The competency")), text(_("What it looks like when it is usual"))),
        ties=(ItemKind.PRINCIPLE, ItemKind.ATTRIBUTE),
    ),
)

_LEVEL_LABELS = (_("Starting"), _("On the way"), _("Mastered"), _("Beyond"))

_BLOCKS = (
    Kind(
        ItemKind.AREA,
        ElementKind.BUILDING_BLOCKS,
        _("Credit areas"),
        _("Add a credit area"),
        _("The fields in which learners earn credits. About half a dozen is usual."),
        (title(_("Name")), text(_("The question it answers"))),
    ),
    Kind(
        ItemKind.CREDIT,
        ElementKind.BUILDING_BLOCKS,
        _("Mastery credits"),
        _("Add a credit"),
        _("What a learner has fully mastered when the credit is earned. It is earned or not yet."),
        (
            title(_("Name")),
            Field(
                "level",
                _("Level"),
                _("Foundational: every learner earns it. Advanced: reaches beyond, by choice."),
                sort=CHOICE,
                required=True,
                choices=(("foundational", _("foundational")), ("advanced", _("advanced"))),
            ),
            text(
                _("Standard"), _("What earns this credit, in words that a family or a college understands.")
            ),
            Field("evidence", _("Evidence"), _("What kind of work counts, and who may bring it."), sort=TEXT),
            Field(
                "demonstrations",
                _("Number of demonstrations"),
                _("How many separate pieces of work have to show it."),
                sort=NUMBER,
            ),
            Field(
                "decides",
                _("Who decides"),
                _("For example: two educators, one of whom doesn’t teach the learner."),
            ),
        ),
        parent=ItemKind.AREA,
        ties=(ItemKind.ATTRIBUTE,),
    ),
    Kind(
        ItemKind.CRITERION,
        ElementKind.BUILDING_BLOCKS,
        _("Criteria"),
        _("Add a criterion"),
        _("What is looked at when work is judged, with four levels described in words."),
        (
            title(_("The criterion"), _("One idea each.")),
            *(Field(level, label, sort=TEXT) for level, label in zip(LEVELS, _LEVEL_LABELS, strict=True)),
        ),
        parent=ItemKind.CREDIT,
    ),
)

KINDS: dict[str, Kind] = {each.kind.value: each for each in (*_CALL, *_PROFILE, *_FRAMEWORK, *_BLOCKS)}


def kinds_of(element: str, parent: str | None = None) -> list[Kind]:
    """The kinds of one element that stand under `parent` (None: at the top)."""
    return [each for each in KINDS.values() if each.element == element and each.parent == parent]


def children_of(kind: str) -> list[Kind]:
    """The kinds that belong to an item of this kind."""
    return [each for each in KINDS.values() if each.parent == kind]


def tied_elements(element: str) -> set[str]:
    """The elements in which what the items of one may serve stands."""
    return {KINDS[to.value].element for each in KINDS.values() if each.element == element for to in each.ties}
