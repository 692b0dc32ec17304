"""The others: a district with a draft, a network with a question to answer, a school that shares nothing with us, and
the round that Lighthouse Point holds on the framework of a state that does not exist."""

from pathlib import Path

from throughline.home.demo.told import Told

DISTRICT_DUE = 25

HILLCREST = Told(
    prepared=-10,
    opened=-9,
    due=12,
    raters=("viktor", "philippa", "oskar"),
    #           viktor philippa oskar
    ratings={
        "stakeholder-buy-in": "232",
        "learning-is-constant-time-is-variable": ".11",
        "equity-driven-decisions": ".2.",
        "learner-leaders": ".1.",
        "community-impact": ".2.",
    },
    comments={
        "stakeholder-buy-in": {
            "philippa": "Everyone agrees with the principal, mostly while he is in the room."
        }
    },
)

STATE = Path(__file__).parent / "shoreline.toml"
COMPASS = Told(
    prepared=-13,
    opened=-12,
    due=9,
    raters=("marit", "idris", "petra", "joaquin", "aiko", "bram"),
    # Bram's sheet has come back and is keyed in; Joaquín's lies in the boat.
    paper=("bram", "joaquin"),
    typist="marit",
    #           marit idris petra joaquin aiko bram
    ratings={
        "a-named-adult": "333.23",
        "early-word": "211.11",
        "nobody-on-the-quay": ".12.12",
        "real-readers": "444.44",
        "again-until-good": ".32.33",
        "my-own-chart": "343.4-",
        "asked-before": "233.21",
        "doors-both-ways": ".33.33",
        "look-together": "333.-.",
        "log-book": "111.-.",
    },
)

# What the state's words and the journey's have to do with each other, as Lighthouse Point sees it.
CROSSWALK_NOTE = "Drawn up by Petra and Joaquín in one evening. The state has not seen it."
CROSSWALK = (
    (
        "early-word",
        "timely-support",
        "isRelatedTo",
        "Their word to families, our help to learners: the same two weeks.",
    ),
    ("nobody-on-the-quay", "equity-driven-decisions", "exactMatchOf", ""),
    (
        "real-readers",
        "exhibition-and-defense",
        "isPartOf",
        "An exhibition has real readers; a letter may have some too.",
    ),
    ("again-until-good", "learning-is-constant-time-is-variable", "isPartOf", ""),
    ("my-own-chart", "student-agency-and-voice", "isRelatedTo", ""),
    ("my-own-chart", "success-pathways", "isRelatedTo", ""),
    ("asked-before", "stakeholder-buy-in", "exactMatchOf", ""),
    ("look-together", "vision-of-success", "isPartOf", ""),
    ("log-book", "reflective-and-strategic-iteration", "isRelatedTo", ""),
)
