from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "throughline.kit"
    label = "kit"
