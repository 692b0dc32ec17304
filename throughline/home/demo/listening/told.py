"""Which listenings there were, whom they asked, and how each group tends to answer. Plain values."""

from dataclasses import dataclass, field

# How many of a hundred choose each of the five steps. Names as one would say it in a hallway.
SELDOM = (22, 34, 27, 12, 5)
MIXED = (7, 18, 34, 28, 13)
OFTEN = (2, 8, 20, 42, 28)
NEARLY_ALWAYS = (1, 2, 9, 38, 50)
# Of a hundred answers, how many say that it does not apply, and how many would rather not say.
NOT_MINE, RATHER_NOT = 4, 2

ABOUT = (
    "stakeholder-buy-in",
    "equity-driven-decisions",
    "student-agency-and-voice",
    "real-world-experience",
    "timely-support",
    "feedback-for-growth",
)


@dataclass(frozen=True, slots=True)
class Group:
    """A group: how many were invited, how many answered, and how it tends to answer beside its usual way."""

    code: str
    invited: int
    answered: int
    usual: tuple[int, ...]
    differs: dict[str, tuple[int, ...]] = field(default_factory=dict)
    counted_with: str = ""
    by_code: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A listening: days are counted as everywhere in the demo; `closed` None is still open."""

    title: str
    round: int | None
    begun: int
    opened: int
    last_day: int
    closed: int | None
    about: tuple[str, ...]
    groups: tuple[Group, ...]
    background: bool = False
    cited: str = ""
    replies: tuple[tuple[str, str, dict[str, dict[str, str]]], ...] = ()


# Learners and staff see feedback differently: most staff say that they give it often, most learners that they seldom get it.
FIRST = Told(
    "How it was last year",
    round=2,
    begun=-224,
    opened=-217,
    last_day=-200,
    closed=-199,
    about=ABOUT[3:],
    groups=(
        Group("learner", 260, 176, MIXED, {"feedback-for-growth": SELDOM, "real-world-experience": OFTEN}),
        Group("family", 240, 92, MIXED, {"timely-support": OFTEN}),
        Group("educator", 34, 30, OFTEN, {"feedback-for-growth": NEARLY_ALWAYS}),
    ),
    replies=(
        (
            "will",
            "feedback-for-growth",
            {
                "en": {
                    "heard": "Learners seldom get feedback while they can still use it.",
                    "answer": "Every draft gets an answer within a week, with one thing to do next.",
                },
                "es": {
                    "heard": "Los estudiantes rara vez reciben comentarios cuando todavía les sirven.",
                    "answer": "Cada borrador recibe respuesta en una semana, con una cosa por hacer.",
                },
            },
        ),
        (
            "later",
            "timely-support",
            {
                "en": {
                    "heard": "Families would like help after three on other days than Wednesday.",
                    "answer": "Not this year: we first need two more people for it.",
                },
                "es": {
                    "heard": "Las familias quisieran apoyo después de las tres también en otros días.",
                    "answer": "Este año no: primero necesitamos dos personas más.",
                },
            },
        ),
        (
            "not",
            "",
            {
                "en": {
                    "heard": "Some would like to go back to letter grades.",
                    "answer": "We will not. We show each family what they can read instead.",
                },
                "es": {
                    "heard": "Algunas personas quisieran volver a las calificaciones con letras.",
                    "answer": "No lo haremos. Le mostramos a cada familia qué puede leer en su lugar.",
                },
            },
        ),
    ),
)
SECOND = Told(
    "What we hear this fall",
    round=None,
    begun=-52,
    opened=-45,
    last_day=-31,
    closed=-30,
    about=ABOUT,
    groups=(
        Group(
            "learner",
            430,
            402,
            OFTEN,
            {
                "feedback-for-growth": SELDOM,
                "equity-driven-decisions": MIXED,
                "student-agency-and-voice": MIXED,
            },
            by_code=True,
        ),
        Group("family", 400, 250, OFTEN, {"equity-driven-decisions": MIXED, "feedback-for-growth": MIXED}),
        Group("educator", 36, 33, OFTEN, {"feedback-for-growth": NEARLY_ALWAYS}),
        Group("leader", 8, 7, OFTEN, {"feedback-for-growth": NEARLY_ALWAYS}, counted_with="educator"),
        Group("community", 120, 30, OFTEN),
    ),
    background=True,
    cited="feedback-for-growth",
)
NOW = Told(
    "Who is heard when we decide",
    round=3,
    begun=-9,
    opened=-4,
    last_day=10,
    closed=None,
    about=("stakeholder-buy-in", "captures-diverse-perspectives", "policy-development"),
    groups=(
        Group("learner", 430, 61, MIXED),
        Group("family", 400, 34, OFTEN),
        Group("board", 14, 4, OFTEN),
    ),
)
CONTACT = {
    "en": "If something troubles you now: Esi Mensah, room 12, or any adult here whom you trust.",
    "es": "Si algo le preocupa ahora: Esi Mensah, sala 12, o cualquier persona adulta de su confianza.",
}
GRADES = ("9-10", "11-12")
BACKGROUND = [
    {
        "code": "grade-band",
        "words": {"en": "Which grade are you in?", "es": "¿En qué grado está?"},
        "choices": [
            {"code": GRADES[0], "words": {"en": "Grade 9 or 10", "es": "Grado 9 o 10"}},
            {"code": GRADES[1], "words": {"en": "Grade 11 or 12", "es": "Grado 11 o 12"}},
        ],
    }
]
