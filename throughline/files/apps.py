from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    name = "throughline.files"
    label = "files"

    def ready(self) -> None:
        from throughline.activity.middleware import before_writing  # noqa: PLC0415
        from throughline.files.actions import treat_uploads  # noqa: PLC0415
        from throughline.schools.log import register_event  # noqa: PLC0415  (models are not ready earlier)

        before_writing(treat_uploads)
        register_event("file.kept", _("added a file"))
        register_event("files.swept", _("deleted files that were no longer used (%(count)s)"))
