"""Addresses of the files that a framework can be taken along as, one for each kind."""

from django.urls import URLPattern, path

from throughline.frameworks.exporting import views
from throughline.frameworks.exporting.formats import FORMS

_PUBLIC = "frameworks/<str:framework>/<str:number>/files/"
_INSIDE = "s/<slug:school>/frameworks/<uuid:version_id>/files/"
urlpatterns: list[URLPattern] = [
    *(
        path(f"{_PUBLIC}{form}/", views.public_file, {"form": form}, name=f"public-file-{form}")
        for form in FORMS
    ),
    *(path(f"{_INSIDE}{form}/", views.member_file, {"form": form}, name=f"file-{form}") for form in FORMS),
]
