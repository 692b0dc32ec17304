"""Addresses of small tests."""

from django.urls import URLPattern, path

from throughline.plans.addresses import CYCLE, PLAN, TEST
from throughline.plans.cycles import views

urlpatterns: list[URLPattern] = [
    path(f"{PLAN}tests/", views.tests, name="small-tests"),
    path(f"{PLAN}tests/new/", views.new, name="new-test"),
    path(TEST, views.test, name="small-test"),
    path(f"{TEST}change/", views.change, name="change-test"),
    path(f"{TEST}again/", views.again, name="test-again"),
    path(f"{CYCLE}plan/", views.plan, name="plan-cycle"),
    path(f"{CYCLE}begin/", views.begin, name="begin-cycle"),
    path(f"{CYCLE}found/", views.found, name="cycle-found"),
]
