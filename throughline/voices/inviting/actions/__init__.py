"""Verbs of letting people in: slips and letters with codes, and opting a child out."""

from throughline.voices.inviting.actions.letters import MOST_LETTERS, Addressee, write_letters
from throughline.voices.inviting.actions.opting import forget_opt_out, opt_out
from throughline.voices.inviting.actions.slips import MOST_SLIPS, make_slips, withdraw_sheet

__all__ = [
    "MOST_LETTERS",
    "MOST_SLIPS",
    "Addressee",
    "forget_opt_out",
    "make_slips",
    "opt_out",
    "withdraw_sheet",
    "write_letters",
]
