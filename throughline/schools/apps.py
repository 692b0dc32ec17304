from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SchoolsConfig(AppConfig):
    name = "throughline.schools"
    label = "schools"

    def ready(self) -> None:
        from throughline.people.actions import when_renamed  # noqa: PLC0415  (models are not ready earlier)
        from throughline.people.panels import register_panel  # noqa: PLC0415
        from throughline.schools.actions.members import follow_name  # noqa: PLC0415
        from throughline.schools.panels import in_header, memberships_panel  # noqa: PLC0415
        from throughline.schools.policy import may_change_settings  # noqa: PLC0415
        from throughline.ui import navigation  # noqa: PLC0415

        navigation.register(80, _("People"), in_header("schools:people"))
        navigation.register(
            85,
            _("Settings"),
            in_header("schools:settings", lambda seat: may_change_settings(seat.membership)),
        )
        when_renamed(follow_name)
        register_panel("schools/panels/memberships.html", memberships_panel)
