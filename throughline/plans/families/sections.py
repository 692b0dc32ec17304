"""The sections of the page for families: what each asks of the school, with a prompt and an example in plain words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LONGEST_LINE, LONGEST_TEXT, MOST_ITEMS = 200, 3_000, 12


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to write. `lines` is how high its box is; `is_shown_as` a small heading for readers where it needs one."""

    name: str
    label: str | Promise
    help: str | Promise = ""
    lines: int = 4
    heads: str = ""  # the name of a word of `words.WORDS` that stands above it on the page

    @property
    def most(self) -> int:
        """How long it may be."""
        return LONGEST_LINE if self.lines == 1 else LONGEST_TEXT


@dataclass(frozen=True, slots=True)
class Section:
    """A section. `item`: what each of its entries says; `tied`: an entry can follow a goal or an action of the plan;
    `ranged`: an entry says from when to when; `cites`: it can begin with words of the Call to Action."""

    key: str
    title: str | Promise
    prompt: str | Promise
    example: str | Promise
    fields: tuple[Field, ...] = ()
    item: tuple[Field, ...] = ()
    tied: bool = False
    ranged: bool = False
    cites: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its texts."""
        return tuple(each.name for each in self.fields)


_INTRO = Field(
    "text", _("A sentence or two before the list"), _("Leave it empty if the list speaks for itself."), 3
)
_WHOM = Field("for_whom", _("For which learners"), _("Grades, groups or classes. Say “everyone” if so."), 1)
_MORE = Field("text", _("In a sentence or two"), "", 3)

SECTIONS: tuple[Section, ...] = (
    Section(
        "why",
        _("Why we are changing"),
        _(
            "What do you see in your learners that today’s school doesn’t answer? Say it as you would at the school gate."
        ),
        _(
            "Many of our students pass tests and still can’t say what they are good at. We want every student to "
            "leave with proof of what they can do."
        ),
        fields=(Field("text", _("Your reasons"), "", 7),),
        cites=True,
    ),
    Section(
        "changes",
        _("What changes this year"),
        _(
            "Name only what a child or a parent will notice this year, and for whom. Two or three things are plenty."
        ),
        _("Grade 9 math: students can take a test again after two weeks. The better result counts."),
        fields=(
            Field("year", _("Which school year this is"), _("For example 2026–27."), 1),
            _INTRO,
        ),
        item=(Field("title", _("What changes"), "", 1), _WHOM, _MORE),
        tied=True,
    ),
    Section(
        "stays",
        _("What stays the same"),
        _(
            "What do people fear will go, and won’t? Report cards, sports, bus times, favorite teachers: say so plainly."
        ),
        _("Report cards still come in January and June. Letter grades stay on them."),
        fields=(_INTRO,),
        item=(Field("title", _("What stays"), "", 1), _WHOM, _MORE),
    ),
    Section(
        "later",
        _("What comes later"),
        _("Give a range you can stand by, not a hope. If something depends on how this year goes, say that."),
        _("Between spring and fall 2027 the other grades follow, if grade 9 shows that it helps."),
        fields=(_INTRO,),
        item=(Field("title", _("The next phase"), "", 1), _WHOM, _MORE),
        tied=True,
        ranged=True,
    ),
    Section(
        "means",
        _("College, sports and scholarships"),
        _(
            "Answer the question every parent has: will this hurt my child’s chances? Say what you know and what you don’t."
        ),
        _(
            "Colleges still get a transcript with grades. The counselor adds a one-page letter that explains our credits."
        ),
        fields=(
            Field(
                "college",
                _("College and work"),
                _("What applications will show, and who explains it."),
                5,
                "college",
            ),
            Field("sport", _("Sports"), _("Who can play, and which rules decide that."), 4, "sport"),
            Field(
                "money",
                _("Scholarships"),
                _("What they ask for, and how a student still shows it."),
                4,
                "money",
            ),
        ),
    ),
    Section(
        "heard",
        _("How to be heard"),
        _("When and where can people speak before something is decided? Name a date, a place and a person."),
        _(
            "Come to the library on the first Tuesday of the month at 6 p.m. We bring an interpreter for Spanish."
        ),
        fields=(Field("text", _("How people can speak up"), "", 6),),
    ),
    Section(
        "did",
        _("What we did with what you said"),
        _(
            "Write what you heard in people’s own words, then what you changed. If you didn’t change it, say why."
        ),
        _(
            "You said: homework still costs points. We did: from March on, homework is practice and costs no points."
        ),
        fields=(_INTRO,),
        item=(Field("title", _("You said"), "", 1), Field("text", _("We did"), "", 3)),
        tied=True,
    ),
    Section(
        "whom",
        _("Whom to ask"),
        _("A name, what they can help with, and the way to reach them that works best."),
        _("Ms. Rivera, grade 9: call the front office and ask for her, mornings before 8."),
        item=(Field("title", _("Who"), "", 1), Field("text", _("What about, and how to reach them"), "", 2)),
    ),
)
BY_KEY = {each.key: each for each in SECTIONS}
