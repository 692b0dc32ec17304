"""The pre-assessment: nine people, all 24 competencies, and more hope than evidence."""

from throughline.home.demo.cast import TEAM
from throughline.home.demo.told import Agreed, LeftOpen, PutOff, Together, Told

DONE, GOING, NOT = "earned", "in-progress", "not-started"

ROUND = Told(
    prepared=-758,
    opened=-756,
    due=-742,
    raters=TEAM,
    #           amara jonas mei ravi salma lucia dorothea tomasz esi
    ratings={
        "stakeholder-buy-in": "222122322",
        "learning-is-constant-time-is-variable": "232122222",
        "equity-driven-decisions": "332332332",
        "learner-leaders": "121111211",
        "community-impact": "132113311",
        "vision-of-success": "333233333",
        "vision-system-integration": "121111212",
        "captures-diverse-perspectives": "111-11221",
        "mastery-credit-informed-instructional-design": "232122-12",
        "student-agency-and-voice": "242214231",
        "meaningful-student-driven-assessment": "222121-22",
        "shared-vision-for-learning-teaching": "131-11211",
        "real-world-experience": "12211-332",
        "anywhere-anytime-learning": "12211121-",
        "timely-support": "343323334",
        "success-pathways": "111111211",
        "feedback-for-growth": "221122-22",
        "mastery-transcript": "111111-11",
        "peer-peer-feedback": "121111211",
        "exhibition-and-defense": "222122322",
        "professional-excellence": "222222322",
        "reflective-and-strategic-iteration": "11112-211",
        "mentoring": "1111--21-",
        "policy-development": "11111-31-",
    },
    comments={
        "stakeholder-buy-in": {
            "lucia": "I came to two evenings. The soup was good and somebody wrote down what I said.",
            "ravi": "143 people is a number. What did they change? I would like that number too.",
        },
        "student-agency-and-voice": {
            "salma": "We may choose the color of the folder.",
            "jonas": "My seminar chooses its own questions every week.",
            "lucia": "Mine comes home with plans I did not give her.",
        },
        "community-impact": {
            "dorothea": "The harbor festival has had our learners on the quay for twenty years.",
            "ravi": "Streamers are not a partnership.",
        },
        "timely-support": {
            "esi": "The desk works. I have the cookie receipts to prove it.",
            "salma": "You have to know that it exists, and you have to dare.",
        },
        "vision-of-success": {"mei": "For once I believe the figure, because I tried to break it."},
        "policy-development": {
            "dorothea": "We have a policy for everything. Including, I found out, for policies."
        },
    },
    spread=-741,
    agreed_on=-738,
    outcome={
        "stakeholder-buy-in": Agreed(
            2,
            GOING,
            "We asked many people and wrote it down. The case itself still sounds like Amara on a good day.",
            {"listening": (2,)},
        ),
        "learning-is-constant-time-is-variable": Agreed(
            2,
            GOING,
            "The rule has changed and the habit has not: most of us still move on when the unit ends.",
            {"credit-rules": (3,)},
            by="mei",
        ),
        "equity-driven-decisions": Agreed(
            3,
            GOING,
            "The door list changed the schedule, which is more than any speech has done. It is one list, though.",
            {"door-list": (1, 3)},
            by="esi",
        ),
        "learner-leaders": Agreed(1, NOT, "Adults explain success here, warmly and at length."),
        "community-impact": LeftOpen(
            "Half of us call the harbor festival a partnership, half of us call it streamers. We need to ask the harbor.",
            by="jonas",
        ),
        "vision-of-success": Agreed(
            3,
            DONE,
            "Ten of twelve judged the same essay alike, learners can find the words, and the boat task asks for more than "
            "repeating. We are proud of this one.",
            {"same-essay": (1,), "profile-page": (2, 3), "unseen-boat": (4,)},
            by="mei",
        ),
        "vision-system-integration": Agreed(
            1, NOT, "The profile hangs in the hall. Trips and events are planned in another room."
        ),
        "captures-diverse-perspectives": Agreed(1, NOT, "Educators wrote the profile. Others were thanked."),
        "mastery-credit-informed-instructional-design": Agreed(
            2,
            GOING,
            "Two of the six start from the credit. The rest attach it afterward.",
            {"sheets-early": (1,)},
            by="mei",
        ),
        "student-agency-and-voice": Agreed(
            2,
            GOING,
            "In some rooms learners decide real things. In others they choose the folder.",
            dissent="Salma: I rated it 1 and I would again. Deciding when an adult happens to offer it is not deciding.",
            by="jonas",
        ),
        "meaningful-student-driven-assessment": Agreed(
            2,
            GOING,
            "Some tasks are worth doing, and the results come when nobody remembers the question.",
            by="ravi",
        ),
        "shared-vision-for-learning-teaching": PutOff(
            "The draft of the educator competencies is due next semester. Rating a draft of a draft helps nobody."
        ),
        "real-world-experience": Agreed(
            2,
            GOING,
            "The boatyard project is real, and it is one project with one educator behind it.",
            by="tomasz",
        ),
        "anywhere-anytime-learning": Agreed(
            1, NOT, "What counts is what happens in class. The ferry is full of skills."
        ),
        "timely-support": Agreed(
            3,
            DONE,
            "The help desk is open every lunch and those who come say that it helps.",
            {"help-desk": (1, 2), "help-fits": (3,)},
            dissent="Salma: those who do not come were not asked.",
            by="esi",
        ),
        "feedback-for-growth": Agreed(
            2, GOING, "Comments get better. The grade still does the talking.", {"old-wall": (2,)}, by="jonas"
        ),
        "mastery-transcript": Agreed(1, GOING, "We have begun to gather what goes into it."),
        "exhibition-and-defense": Agreed(
            2, GOING, "Visitors come, look and praise. Nobody has ever been asked why."
        ),
        "professional-excellence": Agreed(
            2, GOING, "We try things in the fall and are back to normal by the first storm.", by="ravi"
        ),
        "reflective-and-strategic-iteration": Agreed(
            1, NOT, "This round is the first time that we look at all of it on purpose."
        ),
        "policy-development": Agreed(
            1, NOT, "Rules have dates of birth and no dates for another look.", by="mei"
        ),
    },
    together=Together(
        1,
        NOT,
        "Nobody among us claims this yet. We say so, so that it is a choice and not something we forgot.",
        ("success-pathways", "peer-peer-feedback", "mentoring"),
    ),
    closed=-735,
)

# The day after closing Amara saw that she had pressed the wrong line.
CORRECTION = (
    "mastery-transcript",
    -734,
    NOT,
    "I recorded this as in progress and meant the line above. We have a folder called Transcript. It is empty.",
)
