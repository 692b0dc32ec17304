from django.urls import URLPattern, URLResolver, path

from throughline.frameworks.translating import views as translations

_TRANSLATIONS = "s/<slug:school>/frameworks/<uuid:version_id>/translations/"
urlpatterns: list[URLPattern | URLResolver] = [
    path(_TRANSLATIONS, translations.translations, name="translations"),
    path(f"{_TRANSLATIONS}<slug:language>/", translations.translate, name="translate"),
    path(f"{_TRANSLATIONS}<slug:language>/texts.csv", translations.texts_csv, name="texts-csv"),
    path(f"{_TRANSLATIONS}<slug:language>/load/", translations.load, name="load-texts"),
]
