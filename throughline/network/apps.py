from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    name = "throughline.network"
    label = "network"

    def ready(self) -> None:
        from throughline.journeys import hooks  # noqa: PLC0415  (models are not ready earlier)
        from throughline.journeys.words import round_told  # noqa: PLC0415
        from throughline.network.citing import is_shown  # noqa: PLC0415
        from throughline.network.offers import on_journey, on_round, was_shared  # noqa: PLC0415
        from throughline.network.panels import shared_standing, shown_by_schools  # noqa: PLC0415
        from throughline.network.policy import reads_of_schools  # noqa: PLC0415
        from throughline.records import evidence_bodies, panels  # noqa: PLC0415
        from throughline.records.models import Evidence  # noqa: PLC0415
        from throughline.schools.log import register_event  # noqa: PLC0415
        from throughline.schools.panels import in_header  # noqa: PLC0415
        from throughline.ui import navigation  # noqa: PLC0415

        hooks.on_closed_round(on_round)
        hooks.on_journey(on_journey)
        hooks.on_shared(was_shared)
        navigation.register(20, _("Schools"), in_header("network:district", reads_of_schools))
        panels.sources.add(shown_by_schools)
        evidence_bodies.register(Evidence.Kind.SHARED, shared_standing, is_shown)
        for verb, sentence in EVENTS.items():
            register_event(verb, sentence, round_told)


# What the log says of sharing. An opening says when, never who.
EVENTS = {
    "share.made-staff": _("shared “%(round)s” of “%(journey)s” with our staff"),
    "share.made-board": _("shared “%(round)s” of “%(journey)s” with our board"),
    "share.made-people": _("shared “%(round)s” of “%(journey)s” with all our people"),
    "share.made-organisation": _("shared “%(round)s” of “%(journey)s” with %(to)s"),
    "share.made-link": _("made a link to “%(round)s” of “%(journey)s”"),
    "share.made-for-us": _("shared “%(round)s” of “%(journey)s” of %(member)s with us"),
    "share.withdrawn-staff": _("no longer shares “%(round)s” of “%(journey)s” with our staff"),
    "share.withdrawn-board": _("no longer shares “%(round)s” of “%(journey)s” with our board"),
    "share.withdrawn-people": _("no longer shares “%(round)s” of “%(journey)s” with all our people"),
    "share.withdrawn-organisation": _("no longer shares “%(round)s” of “%(journey)s” with %(to)s"),
    "share.withdrawn-link": _("withdrew a link to “%(round)s” of “%(journey)s”"),
    "share.withdrawn-for-us": _("no longer shares “%(round)s” of “%(journey)s” of %(member)s with us"),
    "share.asked-for-help": _("wrote to %(member)s about %(competency)s"),
    "share.asked-for-help-here": _("wrote to us from %(to)s about %(competency)s"),
    "share.link-opened": _("let someone in through a link to “%(round)s” of “%(journey)s”"),
}
