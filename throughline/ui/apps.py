from django.apps import AppConfig


class UIConfig(AppConfig):
    name = "throughline.ui"
    label = "ui"
