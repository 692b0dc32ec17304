"""The round that is open now. Two have finished; the others find their own work waiting."""

from throughline.home.demo.cast import TEAM
from throughline.home.demo.told import Told

ROUND = Told(
    prepared=-8,
    opened=-7,
    due=11,
    raters=TEAM,
    #           amara jonas mei ravi salma lucia dorothea tomasz esi
    ratings={
        "stakeholder-buy-in": "3.333343.",
        "learning-is-constant-time-is-variable": "34333343.",
        "equity-driven-decisions": "32221232.",
        "learner-leaders": "23224-32.",
        "community-impact": "232-1333.",
        "vision-of-success": "34333333.",
        "vision-system-integration": "33223332.",
        "captures-diverse-perspectives": "12222.11.",
        "mastery-credit-informed-instructional-design": "34333.33.",
        "student-agency-and-voice": "24321.4..",
        "meaningful-student-driven-assessment": "33343.33.",
        "shared-vision-for-learning-teaching": "221-1.2..",
        "real-world-experience": "2.223.34.",
        "anywhere-anytime-learning": "3434434..",
        "timely-support": "33222.3..",
        "success-pathways": "21121.1..",
        "feedback-for-growth": "3333..33.",
        "mastery-transcript": "2322..22.",
        "peer-peer-feedback": "1211..11.",
        "exhibition-and-defense": "2322..32.",
        "professional-excellence": ".3333.3..",
        "reflective-and-strategic-iteration": ".212..2..",
        "mentoring": "..11..1..",
        "policy-development": "..22.....",
    },
    comments={
        "equity-driven-decisions": {
            "amara": "Somebody has to own the list. I propose that it is a role and not a saint.",
            "salma": "The bus. Still the bus.",
        },
        "timely-support": {
            "ravi": "Grade 11 has a desk after three now. Eight visits so far. Eight is not many. Eight is not none.",
            "mei": "I noticed two learners in time this month because of the shared notes.",
        },
        "community-impact": {"dorothea": "The harbor office wrote to us. Unasked."},
        "real-world-experience": {
            "tomasz": "I was away for one round and you abolished me. I brought photos."
        },
        "student-agency-and-voice": {"jonas": "Three departments now start from learners' questions."},
        "feedback-for-growth": {"tomasz": "Five prompts. Even I can remember five."},
    },
    # How the round before looks from today, to some of those who were there.
    back={
        "timely-support": {"mei": 1, "ravi": 2, "dorothea": 2},
        "equity-driven-decisions": {"mei": 2, "dorothea": 2},
    },
)
