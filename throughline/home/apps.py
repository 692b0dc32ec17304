from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "throughline.home"
    label = "home"
