"""What happened after the second round: new evidence, and a decision between two rounds."""

from throughline.home.demo.told import Agreed, Brought

EVIDENCE = (
    Brought(
        "ferry-log",
        "salma",
        -160,
        "text",
        "practice",
        "Ferry engine log, kept with my uncle",
        {"anywhere-anytime-learning": (1,)},
        text="Eleven Saturdays. I logged temperature and sound, found a pattern before the mechanic did, and explained it "
        "to him in two languages. It counted toward “Model with mathematics”.",
        why="It was judged like anything else: Ms. Costa sent it back once.",
        beyond=True,
        recheck=-6,
    ),
    Brought(
        "beyond-count",
        "esi",
        -100,
        "figure",
        "effect",
        "Evidence from beyond school, second count",
        {"anywhere-anytime-learning": (1, 2)},
        figure="112",
        unit="pieces of evidence came from beyond school this year",
        text="From 74 learners in all grades. Kitchens, ferries, a choir, one beehive.",
        beyond=True,
        recheck=260,
    ),
    Brought(
        "monday-questions",
        "yusuf",
        -98,
        "text",
        "practice",
        "The Monday question",
        {"anywhere-anytime-learning": (3,)},
        text="Every advisory begins the week with “What did you learn where we were not looking?” The silences have become "
        "shorter.",
        recheck=260,
    ),
    Brought(
        "landing-steps",
        "dorothea",
        -60,
        "text",
        "effect",
        "The landing steps, a year later",
        {"community-impact": (4,)},
        text="A letter from the harbor office, passed on: about 200 people a day use the steps that our learners built. One railing came "
        "loose; they came back and fixed it without being asked.",
        beyond=True,
        recheck=300,
    ),
    Brought(
        "prompts",
        "jonas",
        -30,
        "link",
        "document",
        "Feedback prompts, third draft",
        {"feedback-for-growth": (1, 2)},
        url="https://harbor-bridge.example/feedback-prompts",
        text="Down from eighteen prompts to five. “Good job” is not one of them.",
        recheck=150,
    ),
    Brought(
        "evening-plan",
        "lucia",
        -14,
        "text",
        "practice",
        "Who would come if the evening came to them",
        {"captures-diverse-perspectives": (2,)},
        text="I asked on the six o'clock crossing for two weeks. Twenty-six families said yes, if it ends before the last "
        "boat. I can tell you when the last boat is, since I steer it.",
        beyond=True,
        recheck=170,
    ),
)

DECISIONS = (
    (
        -95,
        "anywhere-anytime-learning",
        Agreed(
            3,
            "earned",
            "112 pieces of evidence came from beyond school, from every grade, judged like any other.",
            {"ferry-log": (1,), "beyond-count": (1, 2), "monday-questions": (3,)},
            why="practice",
            by="esi",
        ),
    ),
)

# What stands before the story so far.
INTRODUCED = -165
INTRODUCTION = """We began with nine evenings, a pot of soup and the suspicion that our calendar decided more than we did.

What follows is where we stood, twice, by our own judgment. In between we gave a credit back. If you read only one
thing, read why."""
