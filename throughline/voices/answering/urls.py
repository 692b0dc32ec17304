"""Addresses of what respondents see, and of its preview."""

from django.urls import URLPattern, path

from throughline.voices.addresses import ASKED, CODE, LISTENING
from throughline.voices.answering.views import answering, arriving, leaving, previewing, reading

PREVIEW = f"{LISTENING}preview/<uuid:asked_id>/"
urlpatterns: list[URLPattern] = [
    path(ASKED, arriving.welcome, name="welcome"),
    path(f"{ASKED}answer/<int:nth>/", answering.answer, name="answer"),
    path(f"{ASKED}done/", leaving.done, name="done"),
    path(f"{ASKED}withdraw/", leaving.withdraw, name="withdraw"),
    path(f"{ASKED}next/", leaving.next_person, name="next-person"),
    path(f"{ASKED}questions/", reading.questions, name="questions"),
    path(f"{ASKED}read-aloud/<uuid:recording_id>/", reading.recording, name="read-aloud"),
    path(f"{ASKED}kiosk/<str:token>", arriving.open_kiosk, name="kiosk"),
    path(f"{CODE}<str:token>", arriving.open_code, name="code"),
    path(PREVIEW, previewing.welcome, name="preview"),
    path(f"{PREVIEW}<int:nth>/", previewing.part, name="preview-part"),
    path(f"{PREVIEW}questions/", previewing.questions, name="preview-questions"),
    path(f"{PREVIEW}done/", previewing.done, name="preview-done"),
]
