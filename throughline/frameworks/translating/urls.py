from django.urls import URLPattern, path

from throughline.frameworks.translating import views

_TRANSLATIONS = "s/<slug:school>/frameworks/<uuid:version_id>/translations/"
urlpatterns: list[URLPattern] = [
    path(_TRANSLATIONS, views.translations, name="translations"),
    path(f"{_TRANSLATIONS}<slug:language>/", views.translate, name="translate"),
    path(f"{_TRANSLATIONS}<slug:language>/texts.csv", views.texts_csv, name="texts-csv"),
    path(f"{_TRANSLATIONS}<slug:language>/load/", views.load, name="load-texts"),
]
