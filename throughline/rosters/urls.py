"""Every address of this room."""

from django.urls import URLPattern

from throughline.rosters.classes.urls import urlpatterns as classes
from throughline.rosters.importing.urls import urlpatterns as importing

app_name = "rosters"
urlpatterns: list[URLPattern] = [*classes, *importing]
