"""Addresses of citing parts of the plan."""

from django.urls import URLPattern, path

from throughline.plans.addresses import ACTION, CYCLE, MEASURE, PLAN, POLICY
from throughline.plans.citing import views

urlpatterns: list[URLPattern] = [
    path(f"{ACTION}cite/", views.action, name="cite-action"),
    path(f"{CYCLE}cite/", views.cycle, name="cite-cycle"),
    path(f"{MEASURE}cite/", views.measure, name="cite-measure"),
    path(f"{POLICY}cite/", views.policy, name="cite-policy"),
    path(f"{PLAN}cited/<uuid:evidence_id>/", views.frozen_file, name="cited-file"),
]
