"""Addresses of how members hear of what they do."""

from django.urls import URLPattern, path

from throughline.plans.addresses import REMINDERS
from throughline.plans.reminders import views

urlpatterns: list[URLPattern] = [path(REMINDERS, views.reminders, name="reminders")]
