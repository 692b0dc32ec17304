"""The others: a district with a draft, a network with a question to answer, and a school that shares nothing with us."""

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
            "philippa": "Everyone agrees with the headmaster, mostly while he is in the room."
        }
    },
)
