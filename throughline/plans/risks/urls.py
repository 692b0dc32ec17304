"""Addresses of risks."""

from django.urls import URLPattern, path

from throughline.plans.addresses import PLAN, RISK
from throughline.plans.risks import views

urlpatterns: list[URLPattern] = [
    path(f"{PLAN}risks/", views.risks, name="risks"),
    path(f"{PLAN}risks/new/", views.new, name="new-risk"),
    path(RISK, views.risk, name="risk"),
    path(f"{RISK}close/", views.close, name="close-risk"),
]
