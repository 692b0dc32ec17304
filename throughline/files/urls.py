from django.urls import URLPattern, URLResolver, path

from throughline.files import views

app_name = "files"
urlpatterns: list[URLPattern | URLResolver] = [
    path("s/<slug:school>/files/<uuid:file_id>/", views.file, name="file"),
]
