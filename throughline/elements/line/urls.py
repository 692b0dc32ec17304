"""The addresses of the throughline: inside, for everyone, and where a lead says whether everyone sees it."""

from django.urls import URLPattern, path

from throughline.elements.line import views

urlpatterns: list[URLPattern] = [
    path("elements/<slug:place>/throughline/", views.public_line, name="public-line"),
    path("s/<slug:school>/throughline/", views.throughline, name="throughline"),
    path("s/<slug:school>/throughline/publish/", views.publish_line, name="line-publish"),
]
