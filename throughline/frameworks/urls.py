from django.urls import URLPattern, URLResolver, path

from throughline.frameworks import views
from throughline.frameworks.views import opening, public

app_name = "frameworks"
_VERSION = "frameworks/<str:framework>/<str:number>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("frameworks/", public.shelf, name="shelf"),
    path("frameworks/<str:framework>/", public.framework, name="public-framework"),
    path(_VERSION, public.framework, name="public-version"),
    path(f"{_VERSION}<str:code>/", public.competency, name="public-competency"),
    path("s/<slug:school>/frameworks/", views.frameworks, name="frameworks"),
    path("s/<slug:school>/frameworks/<uuid:version_id>/", views.framework, name="framework"),
    path("s/<slug:school>/frameworks/<uuid:version_id>/public/", opening.opening, name="opening"),
]
