from django.apps import AppConfig


class FrameworksConfig(AppConfig):
    name = "throughline.frameworks"
    label = "frameworks"
