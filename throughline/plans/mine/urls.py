"""Addresses of what I have taken on, and of what slipped."""

from django.urls import URLPattern, path

from throughline.plans.addresses import PLAN
from throughline.plans.mine import views

urlpatterns: list[URLPattern] = [
    path(f"{PLAN}mine/", views.mine, name="mine"),
    path(f"{PLAN}mine/<uuid:action_id>/done/", views.done, name="mine-done"),
    path(f"{PLAN}slipped/", views.slipped, name="slipped"),
]
