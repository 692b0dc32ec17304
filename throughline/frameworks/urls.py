from django.urls import URLPattern, URLResolver, path

from throughline.frameworks import views

app_name = "frameworks"
urlpatterns: list[URLPattern | URLResolver] = [
    path("s/<slug:school>/frameworks/", views.frameworks, name="frameworks"),
    path("s/<slug:school>/frameworks/<uuid:version_id>/", views.framework, name="framework"),
]
