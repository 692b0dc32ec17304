"""Addresses of the plan as a whole and of its goals."""

from django.urls import URLPattern, path

from throughline.plans.addresses import PLAN
from throughline.plans.goals import views

urlpatterns: list[URLPattern] = [path(PLAN, views.plan, name="plan")]
