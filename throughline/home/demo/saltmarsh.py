"""A school with five staff: help that comes in time, little on paper, and a round in which one of them was away.

Four people rated. With so few, nobody is shown how the ratings lay: only a word.
"""

from throughline.home.demo.told import Agreed, Brought, Together, Told, Wanted

DONE, GOING, NOT = "earned", "in-progress", "not-started"
TEAM = ("signe", "oumar", "tilda", "rafael", "hanne")
SET_ASIDE = {
    "mastery-transcript": "Our oldest learners are eleven. The next school asks us for letters and gets them."
}

EVIDENCE = (
    Brought(
        "kitchen-table",
        "signe",
        -70,
        "text",
        "practice",
        "The kitchen table at ten past eight",
        {"timely-support": (1, 2, 3)},
        text="All five of us, every morning, with tea: who looked lost yesterday, who sits with whom today. It takes as long "
        "as the tea. By nine the help has happened.",
    ),
    Brought(
        "caught-up",
        "oumar",
        -66,
        "figure",
        "effect",
        "Stuck on Monday, moving by Thursday",
        {"timely-support": (2,)},
        figure="26",
        unit="of 28 stuck on a Monday were moving by Thursday",
    ),
    Brought(
        "reed-paths",
        "tilda",
        -64,
        "text",
        "practice",
        "Paths through the reeds",
        {"success-pathways": (1, 2, 3)},
        text="One room, ages seven to eleven. Nobody is ahead or behind, because there is no place to be ahead of. Everybody "
        "can show you where they are on the map on the wall and how they mean to go on.",
    ),
    Brought(
        "ready-bell",
        "rafael",
        -62,
        "text",
        "practice",
        "Whoever is ready rings the bell",
        {"learning-is-constant-time-is-variable": (1, 2, 3, 4)},
        text="A small brass bell. You ring it when your work is ready to be looked at, in September or in May. Two children "
        "have asked us never to ring it for them again.",
    ),
    Brought(
        "draft-partners",
        "tilda",
        -60,
        "text",
        "practice",
        "Draft partners",
        {"peer-peer-feedback": (1, 2, 3, 4)},
        text="An older and a younger one. Both bring a draft. The younger one speaks first.",
    ),
)

ROUND = Told(
    prepared=-58,
    opened=-57,
    due=-48,
    raters=TEAM,
    away=("hanne",),
    #           signe oumar tilda rafael hanne
    ratings={
        "stakeholder-buy-in": "1111.",
        "learning-is-constant-time-is-variable": "4344.",
        "equity-driven-decisions": "2232.",
        "vision-of-success": "1111.",
        "vision-system-integration": "1111.",
        "student-agency-and-voice": "2332.",
        "anywhere-anytime-learning": "3223.",
        "timely-support": "4444.",
        "success-pathways": "3443.",
        "feedback-for-growth": "2242.",
        "peer-peer-feedback": "3334.",
        "professional-excellence": "2322.",
        "mentoring": "2311.",
    },
    spread=-46,
    agreed_on=-45,
    outcome={
        "learning-is-constant-time-is-variable": Agreed(
            4, DONE, "The bell has no schedule.", {"ready-bell": (1, 2, 3, 4)}, by="rafael"
        ),
        "equity-driven-decisions": Agreed(
            2, GOING, "We know every family. That is not the same as asking.", by="oumar"
        ),
        "student-agency-and-voice": Agreed(2, GOING, "They choose the path; the marsh we chose.", by="tilda"),
        "anywhere-anytime-learning": Agreed(
            2, GOING, "The tide teaches on Tuesdays. Nobody writes it down.", by="rafael"
        ),
        "timely-support": Agreed(
            4,
            DONE,
            "Tea, five people, every morning, and it shows by Thursday.",
            {"kitchen-table": (1, 2, 3), "caught-up": (2,)},
            by="signe",
        ),
        "success-pathways": Agreed(
            4,
            DONE,
            "One room, many paths, and a map that everybody can read.",
            {"reed-paths": (1, 2, 3)},
            by="tilda",
        ),
        "feedback-for-growth": Agreed(
            2, GOING, "We say it at once and forget to say it so that it can be used later.", by="signe"
        ),
        "peer-peer-feedback": Agreed(
            3,
            DONE,
            "The younger one speaks first, and is heard.",
            {"draft-partners": (1, 2, 3, 4)},
            by="tilda",
        ),
        "professional-excellence": Agreed(
            2, GOING, "We learn from one another daily and from others never.", by="oumar"
        ),
        "mentoring": Agreed(1, NOT, "Who would mentor the one who mentors everybody?", by="signe"),
    },
    together=Together(
        1,
        NOT,
        "With five of us everything is said and nothing is written. It would not outlast us.",
        ("stakeholder-buy-in", "vision-of-success", "vision-system-integration"),
        by="signe",
    ),
    priorities=(
        Wanted(
            "feedback-for-growth",
            "What we say in passing should still help when we have passed.",
            3,
            180,
            "tilda",
        ),
        Wanted(
            "vision-of-success",
            "If we were ill for a year, nobody could read what we expect.",
            2,
            240,
            "signe",
            "Write the first three lines, with the bell on the table",
            6,
        ),
    ),
    closed=-44,
)
