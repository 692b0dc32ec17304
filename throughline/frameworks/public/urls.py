"""Addresses of the frameworks that are open to everyone."""

from django.urls import URLPattern, path

from throughline.frameworks.public.views import opening, reading

_VERSION = "frameworks/<str:framework>/<str:number>/"
urlpatterns: list[URLPattern] = [
    path("frameworks/", reading.frameworks, name="public-frameworks"),
    path("frameworks/<str:framework>/", reading.framework, name="public-framework"),
    path(_VERSION, reading.framework, name="public-version"),
    path(f"{_VERSION}<str:code>/", reading.competency, name="public-competency"),
    path("s/<slug:school>/frameworks/<uuid:version_id>/public/", opening.opening, name="opening"),
]
