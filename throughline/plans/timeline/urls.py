"""Address of the timeline."""

from django.urls import URLPattern, path

from throughline.plans.addresses import PLAN
from throughline.plans.timeline import views

urlpatterns: list[URLPattern] = [path(f"{PLAN}timeline/", views.timeline, name="timeline")]
