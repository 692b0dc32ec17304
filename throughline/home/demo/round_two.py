"""Eighteen months later: eight people, more evidence, and a credit given back."""

from throughline.home.demo.cast import TEAM
from throughline.home.demo.told import Agreed, LeftOpen, Note, PutOff, Together, Told, Wanted

DONE, GOING, NOT = "earned", "in-progress", "not-started"

ROUND = Told(
    prepared=-211,
    opened=-210,
    due=-198,
    raters=TEAM,
    away=("tomasz",),
    #           amara jonas mei ravi salma lucia dorothea tomasz esi
    ratings={
        "stakeholder-buy-in": "3433334.3",
        "learning-is-constant-time-is-variable": "3432334.3",
        "equity-driven-decisions": "3222213.2",
        "learner-leaders": "2322423.2",
        "community-impact": "1311133.1",
        "vision-of-success": "3434333.3",
        "vision-system-integration": "2322322.2",
        "captures-diverse-perspectives": "1212111.2",
        "mastery-credit-informed-instructional-design": "3433333.3",
        "student-agency-and-voice": "3441144.1",
        "meaningful-student-driven-assessment": "3332333.3",
        "shared-vision-for-learning-teaching": "1211114.1",
        "real-world-experience": "12-11-1.1",
        "anywhere-anytime-learning": "2322322.2",
        "timely-support": "2322133.2",
        "success-pathways": "1112111.2",
        "feedback-for-growth": "2332232.2",
        "mastery-transcript": "2222132.2",
        "peer-peer-feedback": "1111211.1",
        "exhibition-and-defense": "2322233.2",
        "professional-excellence": "3333233.3",
        "reflective-and-strategic-iteration": "1121112.1",
        "mentoring": "1111-11.1",
        "policy-development": "1111-13.1",
    },
    comments={
        "stakeholder-buy-in": {
            "ravi": "I asked for a number and got one. I take back the face I made.",
            "lucia": "My neighbor explained it to me at the landing. Correctly.",
        },
        "equity-driven-decisions": {
            "dorothea": "The list impressed me. Where is it now?",
            "lucia": "The new schedule moved our bus again. Nobody called.",
        },
        "learner-leaders": {
            "salma": "We ran it. It was not perfect and it was ours. That is what leading looks like.",
            "mei": "One table, seven learners, and I would like to know about the others.",
        },
        "community-impact": {
            "dorothea": "They repaired the landing steps. I use them.",
            "ravi": "The steps, yes. After the steps?",
        },
        "student-agency-and-voice": {
            "salma": "In two rooms I decide. In five I am offered a choice of pens.",
            "jonas": "Grade 9 rewrote my whole unit. It was humbling and better.",
            "esi": "Look at who decides: those who already know how to ask.",
            "dorothea": "At exhibition night they told me what they had chosen, and why.",
        },
        "timely-support": {
            "salma": "Please read my note about grade 11 before you rate this.",
            "lucia": "I was called in time. Once, but in time.",
            "esi": "We counted those who came. We never counted those who did not.",
        },
        "feedback-for-growth": {
            "mei": "Mathematics has stopped grading first tries. It can be done.",
            "ravi": "It can be done. It took a semester of complaints, mostly mine.",
        },
        "real-world-experience": {"mei": "I cannot say without Tomasz, which says something."},
        "policy-development": {"dorothea": "The handbook is on the board's table as we speak."},
        "reflective-and-strategic-iteration": {
            "ravi": "Two rounds in two years is a start and not yet a habit."
        },
    },
    spread=-196,
    agreed_on=-192,
    outcome={
        "stakeholder-buy-in": Agreed(
            3,
            DONE,
            "The case is short, says what goes badly, and three people in four can tell it without us in the room.",
            {"case": (1, 3), "listening": (2,), "corridor": (4,)},
            why="practice",
            check=300,
            by="dorothea",
        ),
        "learning-is-constant-time-is-variable": Agreed(
            3,
            DONE,
            "Early and late are both ordinary now. Twenty-three finishing weeks for one credit, one bar.",
            {"finish-weeks": (1, 2), "credit-rules": (3,), "bar-cards": (4,)},
            why="practice",
            by="ravi",
        ),
        "equity-driven-decisions": Agreed(
            2,
            GOING,
            "What we were proud of was one list kept by one person. She left, the schedule changed, nobody looked again.",
            {"door-list-again": (1,), "bus-hour": (3,)},
            why="evidence",
            by="esi",
        ),
        "learner-leaders": Agreed(
            2,
            GOING,
            "Learners ran the talk about success for the first time. Now the quieter tables.",
            {"learner-table": (1,)},
            why="practice",
            dissent="Salma asks to have it on record: for the learners at that table it is how we work already.",
            by="jonas",
        ),
        "community-impact": LeftOpen(
            "The landing steps are real and in use. Whether one repair is a partnership we still see differently, "
            "and Tomasz, who built them, was away.",
            by="jonas",
        ),
        "vision-of-success": Agreed(
            3,
            DONE,
            "Thirteen of fourteen, with newcomers. We keep it and look again in half a year.",
            {"essay-again": (1,), "profile-page": (2, 3), "unseen-boat": (4,)},
            check=-12,
            by="mei",
        ),
        "vision-system-integration": Agreed(
            2,
            GOING,
            "One evening with outsiders changed one project for the better. Events still happen beside the profile.",
            {"evening-one": (3,)},
            why="practice",
            by="mei",
        ),
        "captures-diverse-perspectives": Agreed(
            1,
            NOT,
            "We still write first and ask afterward. The ferry families have not been in the room at all.",
        ),
        "mastery-credit-informed-instructional-design": Agreed(
            3,
            DONE,
            "Planning starts from the credit, and most learners can say which one and why. The poster project is gone.",
            {"sheets": (1, 4), "exit-slips": (2, 3)},
            why="practice",
            by="mei",
        ),
        "student-agency-and-voice": Agreed(
            2,
            GOING,
            "Some rooms are far ahead of others, and those who decide are those who knew how to ask. As a school: trying.",
            why="",
            dissent="Some of us look into rooms where it is how we work, others into rooms where it is not yet. Both are true.",
            by="amara",
        ),
        "meaningful-student-driven-assessment": Agreed(
            3,
            DONE,
            "Learners choose how to show it, come out knowing more of what they can do, and have the result within the week.",
            {"menu": (1, 2), "braver": (3,), "turnaround": (4,)},
            why="practice",
            by="ravi",
        ),
        "shared-vision-for-learning-teaching": Agreed(
            1, NOT, "The draft exists. We do not use it, so it is still a draft.", by="mei"
        ),
        "real-world-experience": Agreed(
            1,
            NOT,
            "Tomasz was away, and it turns out that the rest of us know the boatyard from photos. One person's "
            "project is not yet the school's.",
            why="raters",
        ),
        "anywhere-anytime-learning": Agreed(
            2,
            GOING,
            "Twenty-nine pieces from beyond school, most of them from the same dozen learners.",
            {"count-beyond": (1,)},
            why="practice",
            by="esi",
        ),
        "timely-support": Agreed(
            2,
            GOING,
            "We had asked those who came. Salma followed three who never do. The desk is good; the support is not yet "
            "timely. We give this credit back and are a little relieved.",
            {"shadowing": (2,)},
            why="understanding",
            by="esi",
        ),
        "feedback-for-growth": Agreed(
            2,
            GOING,
            "Mathematics shows that it works without grades on first tries. The rest of us comment well and grade early.",
            {"maths-feedback": (3, 4), "turnaround": (2,)},
            by="jonas",
        ),
        "mastery-transcript": Agreed(
            2,
            GOING,
            "Grade 11 has taken our sample apart and was right. There is a second sample now, and no readers yet.",
            {"transcript-critique": (2,)},
            why="practice",
            by="esi",
        ),
        "exhibition-and-defense": Agreed(
            2,
            GOING,
            "For the first time somebody asked why. Eleven learners out of four hundred.",
            {"exhibition": (1, 2)},
            by="jonas",
        ),
        "professional-excellence": Agreed(
            3,
            DONE,
            "Wednesdays held for two years, groups moved when learners needed it, and the bread is on record.",
            {"wednesdays": (3,), "regrouped": (1, 2), "bread": (4,)},
            why="practice",
            by="ravi",
        ),
        "reflective-and-strategic-iteration": Agreed(
            1, NOT, "We look back when there is a round. Between rounds we run.", by="ravi"
        ),
        "policy-development": PutOff(
            "The board is rewriting its handbook this semester. Let us not rate a construction site.",
            by="dorothea",
        ),
    },
    together=Together(
        1,
        NOT,
        "Nobody among us claims this, and this time it is a choice: three other things come first.",
        ("success-pathways", "peer-peer-feedback", "mentoring"),
    ),
    closed=-187,
    notes=(
        Note(
            "amara",
            -186,
            "We gave a credit back and nobody resigned. If we are proud of something next time, let it be that.",
            to_team=True,
        ),
        Note("salma", -186, "Ask about the bus. Ask again. Then ask who was asked."),
    ),
    priorities=(
        Wanted(
            "feedback-for-growth",
            "One subject has shown that it can be done here, with our learners and our complaints.",
            3,
            210,
            "jonas",
            "Ask grade 8 which of our prompts they would throw away",
            -150,
        ),
        Wanted(
            "vision-system-integration",
            "The profile is good. It should decide what we do on a Tuesday.",
            3,
            120,
            "mei",
            "Second community evening",
            -120,
        ),
        Wanted(
            "reflective-and-strategic-iteration",
            "We gave a credit back because somebody looked. Looking should not depend on luck.",
            2,
            210,
            "amara",
        ),
    ),
)

# What the leads of the priorities said since: the same priorities, the next of the next steps.
SINCE = (
    (
        -9,
        Wanted(
            "feedback-for-growth",
            "One subject has shown that it can be done here, with our learners and our complaints.",
            3,
            210,
            "jonas",
            "Learners of grade 8 review the new feedback prompts",
            8,
        ),
    ),
    (
        -9,
        Wanted(
            "vision-system-integration",
            "The profile is good. It should decide what we do on a Tuesday.",
            3,
            120,
            "mei",
            "Second community evening, on the far side, before the last ferry",
            30,
        ),
    ),
)
