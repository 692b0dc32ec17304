"""Addresses of the ways in."""

from django.urls import URLPattern, path

from throughline.voices.addresses import ASKED, LISTENING
from throughline.voices.inviting.views import letters, opting, ways

WAYS = f"{LISTENING}ways-in/"
OF = f"{WAYS}<uuid:asked_id>/"
urlpatterns: list[URLPattern] = [
    path(f"{ASKED}opt-out/", opting.opt_out, name="opt-out"),
    path(WAYS, ways.ways_in, name="inviting"),
    path(f"{OF}poster.pdf", ways.poster, name="poster"),
    path(f"{OF}slips/", ways.slips, name="slips"),
    path(f"{OF}letters/", letters.letters, name="letters"),
    path(f"{OF}letters/send/", letters.send, name="send-letters"),
    path(f"{OF}withdraw/", ways.withdraw, name="withdraw-sheet"),
    path(f"{OF}kiosk/", ways.kiosk, name="open-kiosk"),
    path(f"{WAYS}opted-out/<uuid:opt_out_id>/", ways.keep_child, name="forget-opt-out"),
]
