from django.urls import URLPattern, URLResolver, path

from throughline.frameworks.importing import views as imports

_IMPORT = "s/<slug:school>/frameworks/import/"
_ONE = f"{_IMPORT}<uuid:import_id>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path(_IMPORT, imports.imports, name="imports"),
    path(f"{_IMPORT}framework.csv", imports.layout_csv, name="layout-csv"),
    path(f"{_IMPORT}framework.xlsx", imports.layout_xlsx, name="layout-xlsx"),
    path(_ONE, imports.one_import, name="import"),
    path(f"{_ONE}state/", imports.import_state, name="import-state"),
    path(f"{_ONE}publish/", imports.publish, name="import-publish"),
    path(f"{_ONE}draft/", imports.draft, name="import-draft"),
    path(f"{_ONE}drop/", imports.drop, name="import-drop"),
]
