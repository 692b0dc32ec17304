from django.urls import path

from throughline.activity import views

app_name = "activity"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("typed/forget/", views.forget_typed, name="forget-typed"),
]
