"""Addresses of measures."""

from django.urls import URLPattern, path

from throughline.plans.addresses import MEASURE, PLAN
from throughline.plans.measuring import views

urlpatterns: list[URLPattern] = [
    path(f"{PLAN}measures/", views.measures, name="measures"),
    path(f"{PLAN}measures/new/", views.new, name="new-measure"),
    path(MEASURE, views.measure, name="measure"),
    path(f"{MEASURE}change/", views.change, name="change-measure"),
    path(f"{MEASURE}values/", views.value, name="measure-value"),
    path(f"{MEASURE}values/<uuid:value_id>/take-back/", views.take_back, name="take-back-value"),
    path(f"{MEASURE}end/", views.end, name="end-measure"),
]
