from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "throughline.home"
    label = "home"

    def ready(self) -> None:
        from throughline.home import (  # noqa: F401, PLC0415  (they register sources)
            waiting_after,
            waiting_called,
            waiting_gathering,
            waiting_others,
            waiting_rounds,
            waiting_shared,
        )
        from throughline.home.glossary import explained  # noqa: PLC0415
        from throughline.home.guide import help_address  # noqa: PLC0415
        from throughline.home.look import strip  # noqa: PLC0415
        from throughline.home.navigation import demo_address  # noqa: PLC0415
        from throughline.ui import navigation, terms  # noqa: PLC0415

        navigation.register_help(help_address)
        navigation.register_strip(strip)
        terms.register(explained)
        navigation.register(99, _("Switch person"), demo_address)
