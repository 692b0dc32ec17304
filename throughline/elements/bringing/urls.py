"""Addresses of bringing a text and of taking it along."""

from django.urls import URLPattern, path

from throughline.elements.addresses import ELEMENT
from throughline.elements.bringing import downloads, views

urlpatterns: list[URLPattern] = [
    path(f"{ELEMENT}bring/", views.bring, name="bring"),
    path(f"{ELEMENT}bring/text/", views.brought, name="brought"),
    path(f"{ELEMENT}bring/leave/", views.leave, name="leave"),
    path(f"{ELEMENT}take/", downloads.take, name="take"),
    *(
        path(f"{ELEMENT}take/{end}/", downloads.taken, {"end": end}, name=f"take-{end}")
        for end in ("docx", "pdf", "html", "markdown")
    ),
]
