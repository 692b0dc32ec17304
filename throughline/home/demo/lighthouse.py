"""A school that began with its graduate profile: six people, two closed rounds a year apart, help still to be built."""

from throughline.home.demo.told import Agreed, Brought, LeftOpen, Note, Together, Told, Wanted

DONE, GOING, NOT = "earned", "in-progress", "not-started"
TEAM = ("marit", "idris", "petra", "joaquin", "aiko", "bram")

EVIDENCE_FIRST = (
    Brought(
        "lamp-profile",
        "idris",
        -430,
        "text",
        "practice",
        "Eleven lines, and a pile of work under each",
        {"vision-of-success": (1, 2, 3, 4)},
        text="Every line of our graduate profile has a drawer. Learners file work in it and say why. When two of us "
        "disagree about a drawer, the learner wins if the reason is better.",
    ),
)

ROUND_ONE = Told(
    prepared=-422,
    opened=-420,
    due=-408,
    raters=TEAM,
    #           marit idris petra joaquin aiko bram
    ratings={
        "stakeholder-buy-in": "222122",
        "learning-is-constant-time-is-variable": "111121",
        "equity-driven-decisions": "111112",
        "vision-of-success": "434334",
        "vision-system-integration": "232322",
        "captures-diverse-perspectives": "322323",
        "mastery-credit-informed-instructional-design": "111121",
        "student-agency-and-voice": "232223",
        "exhibition-and-defense": "111112",
    },
    spread=-406,
    agreed_on=-404,
    outcome={
        "stakeholder-buy-in": Agreed(
            2, GOING, "Families came. The people who clean here were not asked.", by="marit"
        ),
        "vision-of-success": Agreed(
            4,
            DONE,
            "Any drawer, opened at random, explains itself.",
            {"lamp-profile": (1, 2, 3, 4)},
            by="idris",
        ),
        "vision-system-integration": Agreed(
            2, GOING, "Trips follow the profile. Schedules do not.", by="petra"
        ),
        "captures-diverse-perspectives": Agreed(
            2, GOING, "We asked in three languages and printed the answer in one.", by="joaquin"
        ),
        "student-agency-and-voice": Agreed(
            2, GOING, "Learners choose what to make. We still choose what it is about.", by="marit"
        ),
    },
    together=Together(
        1,
        NOT,
        "We wrote a beautiful profile and have not yet touched the week.",
        (
            "learning-is-constant-time-is-variable",
            "equity-driven-decisions",
            "mastery-credit-informed-instructional-design",
            "exhibition-and-defense",
        ),
        by="marit",
    ),
    closed=-402,
)

EVIDENCE_SECOND = (
    Brought(
        "profile-calendar",
        "petra",
        -130,
        "text",
        "practice",
        "The calendar hangs under the profile",
        {"vision-system-integration": (1, 2, 3, 4)},
        text="Nothing enters the school calendar without the line of the profile that it serves. The harbor choir and the "
        "fire brigade plan two weeks with us every semester, and the fire brigade quotes the profile at us.",
    ),
    Brought(
        "three-languages",
        "joaquin",
        -125,
        "text",
        "practice",
        "The profile, written again in three languages",
        {"captures-diverse-perspectives": (1, 2, 3, 4)},
        text="Not translated: written. Each table began in its own language and we compared. Two lines changed for good, and "
        "the grandmothers’ table can show you which.",
    ),
    Brought(
        "own-question",
        "aiko",
        -120,
        "text",
        "practice",
        "The question is mine",
        {"student-agency-and-voice": (1, 2, 3, 4)},
        text="From grade 6 on, everyone brings the question, picks the form and says how it may be judged. Mine was about fog.",
    ),
    Brought(
        "lamp-evening",
        "petra",
        -110,
        "figure",
        "effect",
        "Lamp evenings: guests who asked a second question",
        {"exhibition-and-defense": (1, 2, 3)},
        figure="41",
        unit="of 44 guests asked a second question",
        text="Every learner of grades 8 and 10 defends one piece under the old lamp. Guests get a card with two ways to ask “why”.",
    ),
    Brought(
        "found-late",
        "bram",
        -100,
        "figure",
        "effect",
        "Found out too late",
        {"timely-support": (2,)},
        figure="9",
        unit="of 30 families first heard about it from the report card",
    ),
)

ROUND_TWO = Told(
    prepared=-98,
    opened=-96,
    due=-84,
    raters=TEAM,
    #           marit idris petra joaquin aiko bram
    ratings={
        "stakeholder-buy-in": "322223",
        "learning-is-constant-time-is-variable": "222122",
        "vision-of-success": "444344",
        "vision-system-integration": "344333",
        "captures-diverse-perspectives": "333434",
        "mastery-credit-informed-instructional-design": "223222",
        "student-agency-and-voice": "443444",
        "meaningful-student-driven-assessment": "232223",
        "real-world-experience": "223322",
        "timely-support": "121112",
        "success-pathways": "111211",
        "feedback-for-growth": "212212",
        "mastery-transcript": "111111",
        "exhibition-and-defense": "444334",
        "reflective-and-strategic-iteration": "111121",
    },
    comments={
        "timely-support": {
            "aiko": "If you are quiet and polite nobody notices anything for weeks.",
            "bram": "We heard in June. It had been going on since February.",
        },
        "exhibition-and-defense": {"idris": "My hands were shaking more than theirs."},
    },
    spread=-82,
    again={"feedback-for-growth": "222222", "learning-is-constant-time-is-variable": "222222"},
    agreed_on=-80,
    outcome={
        "stakeholder-buy-in": Agreed(2, GOING, "More tables, the same kitchen left out.", by="marit"),
        "learning-is-constant-time-is-variable": Agreed(
            2, GOING, "Late is allowed now. Early is still a surprise.", why="practice", by="joaquin"
        ),
        "vision-of-success": Agreed(
            4, DONE, "Still true of every drawer.", {"lamp-profile": (1, 2, 3, 4)}, by="idris"
        ),
        "vision-system-integration": Agreed(
            4,
            DONE,
            "The profile decides the calendar, and people outside hold us to it.",
            {"profile-calendar": (1, 2, 3, 4)},
            why="practice",
            by="petra",
        ),
        "captures-diverse-perspectives": Agreed(
            3,
            DONE,
            "Those who were missing held the pencil this time.",
            {"three-languages": (1, 2, 3, 4)},
            why="practice",
            by="joaquin",
        ),
        "mastery-credit-informed-instructional-design": Agreed(
            2, GOING, "Grades 6 and 7 plan from the credit.", why="practice", by="petra"
        ),
        "student-agency-and-voice": Agreed(
            4,
            DONE,
            "Nobody remembers how it was done before.",
            {"own-question": (1, 2, 3, 4)},
            why="practice",
            by="marit",
        ),
        "meaningful-student-driven-assessment": Agreed(
            2, GOING, "They choose the form. The date is still ours.", by="idris"
        ),
        "real-world-experience": LeftOpen(
            "Is the fire brigade a place to learn or a treat? We ask the fire brigade.", by="petra"
        ),
        "timely-support": Agreed(1, NOT, "We find out in June.", by="marit"),
        "feedback-for-growth": Agreed(2, GOING, "Good words, little time to use them.", by="joaquin"),
        "exhibition-and-defense": Agreed(
            4,
            DONE,
            "A second question every time, and learners who like it.",
            {"lamp-evening": (1, 2, 3)},
            why="practice",
            by="petra",
        ),
    },
    together=Together(
        1,
        NOT,
        "The light is good and the engine room is empty. We know.",
        ("success-pathways", "mastery-transcript", "reflective-and-strategic-iteration"),
        by="marit",
    ),
    priorities=(
        Wanted(
            "timely-support",
            "A school that shines and finds out in June is a lighthouse on the wrong rock.",
            3,
            200,
            "joaquin",
            "Visit a school where the help desk works",
            9,
        ),
        Wanted(
            "reflective-and-strategic-iteration",
            "We try things and forget to look.",
            2,
            250,
            "marit",
            "Choose the date of the next look",
            10,
        ),
    ),
    closed=-76,
    notes=(
        Note(
            "marit",
            -75,
            "If help still comes in June when we open this, do not talk about it. Knock on Joaquín’s door.",
            to_team=True,
        ),
    ),
)
