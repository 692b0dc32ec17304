from django.apps import AppConfig


class JourneysConfig(AppConfig):
    name = "throughline.journeys"
    label = "journeys"
