"""Addresses of writing what came of a listening, and of reading it."""

from django.urls import URLPattern, path

from throughline.voices.addresses import ASKED, LISTENING
from throughline.voices.replying.views import printing, reading, writing

REPLIES = f"{LISTENING}replies/"
REPLY = f"{REPLIES}<uuid:reply_id>/"
urlpatterns: list[URLPattern] = [
    path(f"{ASKED}heard/", reading.heard, name="heard"),
    path(f"{ASKED}heard/paper/", printing.heard_paper, name="heard-paper"),
    path(REPLIES, writing.replies, name="replies"),
    path(f"{REPLIES}paper/", printing.replies_paper, name="replies-paper"),
    path(f"{REPLIES}new/", writing.new, name="new-reply"),
    path(f"{REPLIES}publish/", writing.publish, name="publish-replies"),
    path(f"{REPLIES}put-away/", writing.put_away, name="put-away"),
    path(f"{REPLIES}bring-back/", writing.bring_back, name="bring-back"),
    path(REPLY, writing.change, name="reply"),
    path(f"{REPLY}move/", writing.move, name="move-reply"),
    path(f"{REPLY}drop/", writing.drop, name="drop-reply"),
]
