"""Addresses of what everyone may read, and of publishing and translating it."""

from django.urls import URLPattern, path

from throughline.elements.addresses import ELEMENT
from throughline.elements.publishing.views import reading, working

PUBLIC = "elements/<slug:place>/<slug:kind>/"
urlpatterns: list[URLPattern] = [
    path(PUBLIC, reading.public, name="public"),
    path(f"{PUBLIC}pictures/<uuid:file_id>/", reading.picture, name="public-picture"),
    path(f"{PUBLIC}pdf/", reading.public_pdf, name="public-pdf"),
    path(f"{PUBLIC}file/", reading.adopted_file, name="public-file"),
    path(f"{ELEMENT}editions/<int:number>/pdf/", working.edition_as_pdf, name="edition-pdf"),
    path(f"{ELEMENT}publish/", working.publish, name="publish"),
    path(f"{ELEMENT}translations/", working.translations, name="translations"),
    path(f"{ELEMENT}translations/<str:language>/", working.translate, name="translate"),
]
