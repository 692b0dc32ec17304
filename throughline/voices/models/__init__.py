"""Listenings: what is asked, the spool, answers and what they add up to, what follows."""

from throughline.voices.models.answers import Answer, Figures, Tally, Words
from throughline.voices.models.heard import Cited, Conversation, Reply, ReplyEdition
from throughline.voices.models.letters import LETTERS, WaitingLetter, WrittenTo
from throughline.voices.models.listening import (
    LEAST_THRESHOLD,
    MOST_DAYS_KEPT,
    OWN_QUESTIONS,
    USUAL_DAYS_KEPT,
    USUAL_THRESHOLD,
    Asked,
    Guess,
    Host,
    Listening,
    OptOut,
    Question,
    Recording,
    Slip,
)
from throughline.voices.models.paper import KeyedIn
from throughline.voices.models.spool import SPOOL, Draft, HeldAnswer, HeldWords, Spent, Way

__all__ = [
    "LEAST_THRESHOLD",
    "LETTERS",
    "MOST_DAYS_KEPT",
    "OWN_QUESTIONS",
    "SPOOL",
    "USUAL_DAYS_KEPT",
    "USUAL_THRESHOLD",
    "Answer",
    "Asked",
    "Cited",
    "Conversation",
    "Draft",
    "Figures",
    "Guess",
    "HeldAnswer",
    "HeldWords",
    "Host",
    "KeyedIn",
    "Listening",
    "OptOut",
    "Question",
    "Recording",
    "Reply",
    "ReplyEdition",
    "Slip",
    "Spent",
    "Tally",
    "WaitingLetter",
    "Way",
    "Words",
    "WrittenTo",
]
