from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    name = "throughline.schools"
    label = "schools"
