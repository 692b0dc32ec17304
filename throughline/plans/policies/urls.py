"""Addresses of the register of policies."""

from django.urls import URLPattern, path

from throughline.plans.addresses import PLAN, POLICY
from throughline.plans.policies import views

urlpatterns: list[URLPattern] = [
    path(f"{PLAN}policies/", views.policies, name="policies"),
    path(f"{PLAN}policies/add/", views.add, name="add-policy"),
    path(POLICY, views.policy, name="policy"),
    path(f"{POLICY}change/", views.change, name="change-policy"),
    path(f"{POLICY}revise/", views.revise, name="revise-policy"),
    path(f"{POLICY}again/", views.again, name="look-again"),
    path(f"{POLICY}compare/", views.comparison, name="compare-policy"),
]
