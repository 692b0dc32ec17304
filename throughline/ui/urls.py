from django.urls import URLPattern, URLResolver, path

from throughline.ui import views

app_name = "ui"
urlpatterns: list[URLPattern | URLResolver] = [
    path("ui/", views.gallery, name="gallery"),
    path("ui/theme/", views.theme, name="theme"),
]
