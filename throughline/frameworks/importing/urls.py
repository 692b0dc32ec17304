from django.urls import URLPattern, path

from throughline.frameworks.importing import views

_IMPORT = "s/<slug:school>/frameworks/import/"
_ONE = f"{_IMPORT}<uuid:import_id>/"
urlpatterns: list[URLPattern] = [
    path(_IMPORT, views.imports, name="imports"),
    path(f"{_IMPORT}framework.csv", views.layout_csv, name="layout-csv"),
    path(f"{_IMPORT}framework.xlsx", views.layout_xlsx, name="layout-xlsx"),
    path(_ONE, views.one_import, name="import"),
    path(f"{_ONE}state/", views.import_state, name="import-state"),
    path(f"{_ONE}publish/", views.publish, name="import-publish"),
    path(f"{_ONE}draft/", views.draft, name="import-draft"),
    path(f"{_ONE}drop/", views.drop, name="import-drop"),
]
