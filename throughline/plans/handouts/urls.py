"""Addresses of the meeting kit, and of the handout that everyone can take from a public page."""

from django.urls import URLPattern, path

from throughline.plans.families.urls import PUBLIC, WORK
from throughline.plans.handouts import views
from throughline.plans.handouts.papers import KINDS

urlpatterns: list[URLPattern] = [
    path(f"{WORK}kit/", views.kit, name="family-kit"),
    *(
        path(f"{WORK}kit/{kind.key}/", views.paper, {"kind": kind.key}, name=f"family-kit-{kind.key}")
        for kind in KINDS
    ),
    path(f"{PUBLIC}handout/", views.handout, name="family-handout"),
]
