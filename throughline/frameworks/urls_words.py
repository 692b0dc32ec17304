"""Addresses of what is said about frameworks beside their own words: crosswalks and translations."""

from django.urls import URLPattern, URLResolver, path

from throughline.frameworks.views import crosswalks, translations

_CROSSWALK = "s/<slug:school>/crosswalks/<uuid:crosswalk_id>/"
_TRANSLATIONS = "s/<slug:school>/frameworks/<uuid:version_id>/translations/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("s/<slug:school>/crosswalks/", crosswalks.crosswalks, name="crosswalks"),
    path("s/<slug:school>/crosswalks/new/", crosswalks.new, name="crosswalk-new"),
    path(_CROSSWALK, crosswalks.crosswalk, name="crosswalk"),
    path(f"{_CROSSWALK}links.csv", crosswalks.links_csv, name="crosswalk-csv"),
    path(f"{_CROSSWALK}link/", crosswalks.link, name="crosswalk-link"),
    path(f"{_CROSSWALK}load/", crosswalks.load, name="crosswalk-load"),
    path(f"{_CROSSWALK}change/", crosswalks.change, name="crosswalk-change"),
    path(_TRANSLATIONS, translations.translations, name="translations"),
    path(f"{_TRANSLATIONS}<slug:language>/", translations.translate, name="translate"),
    path(f"{_TRANSLATIONS}<slug:language>/texts.csv", translations.texts_csv, name="texts-csv"),
    path(f"{_TRANSLATIONS}<slug:language>/load/", translations.load, name="load-texts"),
]
