from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "throughline.files"
    label = "files"
