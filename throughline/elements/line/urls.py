"""The address of the throughline."""

from django.urls import URLPattern, path

from throughline.elements.line import views

urlpatterns: list[URLPattern] = [path("s/<slug:school>/throughline/", views.throughline, name="throughline")]
