from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    name = "throughline.network"
    label = "network"

    def ready(self) -> None:
        from throughline.journeys import offers  # noqa: PLC0415  (models are not ready earlier)
        from throughline.network.offers import on_journey, on_round  # noqa: PLC0415
        from throughline.schools.log import register_event  # noqa: PLC0415

        offers.on_closed_round(on_round)
        offers.on_journey(on_journey)
        for verb, sentence in EVENTS.items():
            register_event(verb, sentence)


# What the log says of sharing. An opening says when, never who.
EVENTS = {
    "share.made-staff": _("shared round %(number)s of “%(journey)s” with our staff"),
    "share.made-board": _("shared round %(number)s of “%(journey)s” with our board"),
    "share.made-people": _("shared round %(number)s of “%(journey)s” with all our people"),
    "share.made-organisation": _("shared round %(number)s of “%(journey)s” with %(to)s"),
    "share.made-link": _("made a link to round %(number)s of “%(journey)s”"),
    "share.made-for-us": _("shared round %(number)s of “%(journey)s” of %(member)s with us"),
    "share.withdrawn-staff": _("no longer shares round %(number)s of “%(journey)s” with our staff"),
    "share.withdrawn-board": _("no longer shares round %(number)s of “%(journey)s” with our board"),
    "share.withdrawn-people": _("no longer shares round %(number)s of “%(journey)s” with all our people"),
    "share.withdrawn-organisation": _("no longer shares round %(number)s of “%(journey)s” with %(to)s"),
    "share.withdrawn-link": _("withdrew a link to round %(number)s of “%(journey)s”"),
    "share.withdrawn-for-us": _("no longer shares round %(number)s of “%(journey)s” of %(member)s with us"),
    "share.link-opened": _("let somebody in who opened a link to round %(number)s of “%(journey)s”"),
}
