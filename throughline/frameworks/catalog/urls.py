"""Addresses of the list of frameworks and of one version, for members."""

from django.urls import URLPattern, path

from throughline.frameworks.catalog.views import framework, frameworks

urlpatterns: list[URLPattern] = [
    path("s/<slug:school>/frameworks/", frameworks, name="frameworks"),
    path("s/<slug:school>/frameworks/<uuid:version_id>/", framework, name="framework"),
]
