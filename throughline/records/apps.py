from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "throughline.records"
    label = "records"
