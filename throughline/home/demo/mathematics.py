"""A subject area's own journey: four people, one closed round, and a credit that the school can cite."""

from throughline.home.demo.told import Agreed, Brought, LeftOpen, Together, Told

DONE, GOING, NOT = "earned", "in-progress", "not-started"
RATERS = ("ravi", "beatriz", "freya", "lin")

SET_ASIDE = {
    "stakeholder-buy-in": "The case for change is the school’s to make. We take part in it as ourselves.",
    "learner-leaders": "Rewriting the vision happens at school level.",
    "community-impact": "We will take this up when the tide project has a second partner.",
    "captures-diverse-perspectives": "The graduate profile is written by the whole school.",
    "mastery-transcript": "One transcript for a learner, not one for each subject.",
    "exhibition-and-defense": "Defenses belong to grade 10 as a whole.",
    "professional-excellence": "Wednesdays are decided for everyone at once.",
    "mentoring": "Four people. We mentor each other by sharing one kettle.",
    "policy-development": "A subject has habits, not policies.",
}

EVIDENCE = (
    Brought(
        "red-pen",
        "ravi",
        -345,
        "text",
        "practice",
        "The red pen amnesty",
        {"feedback-for-growth": (1, 2, 4)},
        text="First tries carry no grade in any of our rooms since last semester. Each gets one question and one next step. Red "
        "pens were handed in voluntarily; Ravi handed in six.",
        recheck=200,
    ),
    Brought(
        "second-tries",
        "beatriz",
        -342,
        "figure",
        "effect",
        "Second tries that reached the bar",
        {"feedback-for-growth": (3,)},
        figure="118",
        unit="of 151 second tries met what the first had missed",
        recheck=200,
    ),
    Brought(
        "tide-tables",
        "freya",
        -340,
        "text",
        "practice",
        "Three routes through the tide tables",
        {"success-pathways": (2,)},
        text="By graph, by formula, by asking a sailor and checking. All three end with the same two questions.",
        recheck=190,
    ),
)

ROUND = Told(
    prepared=-338,
    opened=-337,
    due=-330,
    raters=RATERS,
    released=True,
    #           ravi beatriz freya lin
    ratings={
        "learning-is-constant-time-is-variable": "2332",
        "mastery-credit-informed-instructional-design": "2322",
        "student-agency-and-voice": "2231",
        "meaningful-student-driven-assessment": "2222",
        "timely-support": "2322",
        "success-pathways": "1322",
        "feedback-for-growth": "3433",
        "peer-peer-feedback": "1111",
    },
    comments={
        "student-agency-and-voice": {"lin": "We choose the numbers. The question is always yours."},
        "feedback-for-growth": {"beatriz": "I would not go back, and I was the last to come."},
    },
    spread=-329,
    agreed_on=-327,
    outcome={
        "learning-is-constant-time-is-variable": Agreed(
            2, GOING, "Retakes are normal; moving on early is still an event.", by="ravi"
        ),
        "mastery-credit-informed-instructional-design": Agreed(
            2, GOING, "We plan from the credit in two units of seven.", by="ravi"
        ),
        "student-agency-and-voice": Agreed(
            2, GOING, "Lin is right about the numbers.", by="freya", dissent="Lin would say not yet."
        ),
        "meaningful-student-driven-assessment": Agreed(
            2, GOING, "The tasks are better. The forms are still ours.", by="ravi"
        ),
        "timely-support": Agreed(
            2, GOING, "We notice early and differ in what we do about it.", by="beatriz"
        ),
        "success-pathways": LeftOpen(
            "Ravi counts one topic with routes, Beatriz counts four. We look at the plans together next time.",
            by="ravi",
        ),
        "feedback-for-growth": Agreed(
            3,
            DONE,
            "No grade on a first try, one question, one next step, and most second tries are better for it.",
            {"red-pen": (1, 2, 4), "second-tries": (3,)},
            by="ravi",
        ),
    },
    together=Together(1, NOT, "We have not begun.", ("peer-peer-feedback",), by="ravi"),
    closed=-326,
)

# What the school later cites.
CITED = Brought(
    "maths-feedback",
    "ravi",
    -320,
    "standing",
    "effect",
    "Mathematics has earned Feedback for Growth",
    {"feedback-for-growth": (3, 4)},
    text="One subject, four educators, about 150 second tries. The rest of the school can come and look.",
    recheck=200,
)
