"""A classroom's journey, with its spread open: six people, three of them learners, and something to talk about."""

from throughline.home.demo.told import Brought, Told

RATERS = ("tomasz", "yusuf", "esi", "kofi", "ada", "lin")
LEFT_OUT = "An advisory cannot do this by itself; it is on the school’s own journey."
KEPT = (
    "learning-is-constant-time-is-variable",
    "learner-leaders",
    "student-agency-and-voice",
    "anywhere-anytime-learning",
    "timely-support",
    "success-pathways",
    "peer-peer-feedback",
)

EVIDENCE = (
    Brought(
        "monday-circle",
        "yusuf",
        -28,
        "text",
        "practice",
        "Monday circle, run by whoever drew the shell",
        {"student-agency-and-voice": (1,), "learner-leaders": (1,)},
        text="The shell goes round. Whoever has it asks the question. We have discussed bread, borders and bedtimes.",
        recheck=150,
    ),
    Brought(
        "stuck-cards",
        "tomasz",
        -26,
        "figure",
        "effect",
        "Stuck cards answered on the same day",
        {"timely-support": (2,)},
        figure="17",
        unit="of 24 cards saying “I am stuck” were answered that day",
        recheck=120,
    ),
)

ROUND = Told(
    prepared=-22,
    opened=-20,
    due=-6,
    raters=RATERS,
    #           tomasz yusuf esi kofi ada lin
    ratings={
        "learning-is-constant-time-is-variable": "222212",
        "learner-leaders": "232333",
        "student-agency-and-voice": "343311",
        "anywhere-anytime-learning": "333323",
        "timely-support": "441112",
        "success-pathways": "2122-1",
        "peer-peer-feedback": "222222",
    },
    comments={
        "timely-support": {
            "tomasz": "I answer every card the day it comes.",
            "kofi": "The cards are for people who like to write cards.",
            "ada": "I was stuck for a week and looked busy. It is easy to look busy.",
            "esi": "Half of the people I see in my office never put a card in the box.",
        },
        "student-agency-and-voice": {
            "yusuf": "They set the agenda every Monday.",
            "ada": "On Monday. Then it is Tuesday.",
            "kofi": "I chose my project and nobody stopped me, not even when they should have.",
        },
        "success-pathways": {"lin": "Same road, different shoes."},
        "peer-peer-feedback": {"esi": "Kind comments, few changes. A good place to begin."},
    },
    spread=-4,
    # After the talk about Ada's quiet week they rate this one again; four have, two have not.
    again={"timely-support": "3.221."},
    again_open=True,
)
