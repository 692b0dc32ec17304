"""The address of closing a listening."""

from django.urls import URLPattern, path

from throughline.voices.addresses import LISTENING
from throughline.voices.closing import views

urlpatterns: list[URLPattern] = [path(f"{LISTENING}close/", views.close, name="close")]
