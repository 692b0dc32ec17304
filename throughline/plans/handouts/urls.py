"""Addresses of the meeting kit, and of the handout that whoever can read the page can take."""

from django.urls import URLPattern, path

from throughline.plans.families.urls import LINK, PUBLIC, WORK
from throughline.plans.handouts import views
from throughline.plans.handouts.papers import KINDS

urlpatterns: list[URLPattern] = [
    path(f"{WORK}kit/", views.kit, name="family-kit"),
    *(
        path(f"{WORK}kit/{kind.key}/", views.paper, {"kind": kind.key}, name=f"family-kit-{kind.key}")
        for kind in KINDS
    ),
    path(f"{PUBLIC}handout/", views.handout, name="family-handout"),
    path(f"{LINK}handout/", views.handout_by_link, name="family-handout-by-link"),
]
