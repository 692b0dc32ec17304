"""Addresses of what respondents see, and of its preview."""

from django.urls import URLPattern, URLResolver, include, path

from throughline.voices.addresses import ASKED, CODE, LISTENING
from throughline.voices.answering.views import answering, arriving, leaving, previewing, reading

PREVIEW = f"{LISTENING}preview/<uuid:asked_id>/"
_RESPONDENTS: list[URLPattern] = [
    path("", arriving.welcome, name="welcome"),
    path("answer/<int:nth>/", answering.answer, name="answer"),
    path("done/", leaving.done, name="done"),
    path("withdraw/", leaving.withdraw, name="withdraw"),
    path("next/", leaving.next_person, name="next-person"),
    path("questions/", reading.questions, name="questions"),
    path("read-aloud/<uuid:recording_id>/", reading.recording, name="read-aloud"),
    path("kiosk/<str:token>", arriving.open_kiosk, name="kiosk"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path(ASKED, include(_RESPONDENTS)),  # one look for all others
    path(f"{CODE}<str:token>", arriving.open_code, name="code"),
    path(f"{LISTENING}preview/", previewing.previews, name="previews"),
    path(PREVIEW, previewing.welcome, name="preview"),
    path(f"{PREVIEW}<int:nth>/", previewing.part, name="preview-part"),
    path(f"{PREVIEW}questions/", previewing.questions, name="preview-questions"),
    path(f"{PREVIEW}done/", previewing.done, name="preview-done"),
]
