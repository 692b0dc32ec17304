from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JourneysConfig(AppConfig):
    name = "throughline.journeys"
    label = "journeys"

    def ready(self) -> None:
        from throughline.journeys.record_panels import agreed_steps, closed_rounds  # noqa: PLC0415  (models are not ready earlier)
        from throughline.journeys.words import round_told  # noqa: PLC0415
        from throughline.records import named_dates, panels  # noqa: PLC0415
        from throughline.schools.log import register_event  # noqa: PLC0415
        from throughline.schools.panels import in_header  # noqa: PLC0415
        from throughline.ui import navigation  # noqa: PLC0415

        navigation.register(10, _("Journeys"), in_header("journeys:list"))
        named_dates.sources.add(closed_rounds)
        panels.sources.add(agreed_steps)
        for verb, sentence in EVENTS.items():
            register_event(verb, sentence, round_told)


# What the log says. Nothing here, or anywhere in the log, tells of a rating.
EVENTS = {
    "journey.started": _("started the journey “%(name)s”"),
    "journey.introduced": _("wrote how the story of “%(name)s” begins"),
    "journey.renamed": _("gave the journey “%(name)s” another name"),
    "journey.put-away": _("put the journey “%(name)s” away"),
    "journey.taken-up": _("took the journey “%(name)s” up again"),
    "journey.team-changed": _("changed the team of “%(name)s”"),
    "round.prepared": _("prepared “%(round)s” of “%(journey)s”"),
    "round.draft-deleted": _("deleted the draft of “%(round)s” of “%(journey)s”"),
    "round.opened": _("opened “%(round)s” of “%(journey)s”"),
    "round.names-chosen": _("chose whether names show in “%(round)s” of “%(journey)s”"),
    "round.due-date-changed": _("changed the date of “%(round)s” of “%(journey)s”"),
    "round.rater-added": _("asked one more person to rate in “%(round)s” of “%(journey)s”"),
    "round.rater-excused": _("stopped waiting for someone in “%(round)s” of “%(journey)s”"),
    "round.paper-chosen": _("chose who rates on paper in “%(round)s” of “%(journey)s”"),
    "round.typist-named": _("chose %(name)s to enter the paper sheets of “%(round)s” of “%(journey)s”"),
    "round.typist-dismissed": _("no longer has %(name)s enter paper sheets of “%(round)s” of “%(journey)s”"),
    "round.sheet-keyed": _("entered a paper sheet of “%(round)s” of “%(journey)s”"),
    "round.sheet-compared": _("checked a paper sheet of “%(round)s”, “%(journey)s”"),
    "round.spread-opened": _("opened the spread of “%(round)s” of “%(journey)s”"),
    "round.meeting-planned": _("planned the meeting of “%(round)s” of “%(journey)s”"),
    "round.talk-led": _("led the discussion of “%(round)s” of “%(journey)s”"),
    "round.talk-left": _("stopped leading the discussion of “%(round)s” of “%(journey)s”"),
    "round.again-opened": _("asked to rate a competency again after talking in “%(round)s” of “%(journey)s”"),
    "round.again-closed": _("ended rating a competency again in “%(round)s” of “%(journey)s”"),
    "round.item-agreed": _("recorded an agreement in “%(round)s” of “%(journey)s”"),
    "round.item-left-open": _("left a competency open in “%(round)s” of “%(journey)s”"),
    "round.item-deferred": _("left a competency for later in “%(round)s” of “%(journey)s”"),
    "round.priority-chosen": _("chose a priority in “%(round)s” of “%(journey)s”"),
    "round.priority-changed": _("changed a priority of “%(round)s” of “%(journey)s”"),
    "round.priority-dropped": _("dropped a priority of “%(round)s” of “%(journey)s”"),
    "round.closed": _("closed “%(round)s” of “%(journey)s”"),
    "round.return-planned": _("set a date for the round after “%(round)s” of “%(journey)s”"),
    "round.reopened": _("opened “%(round)s” of “%(journey)s” again: %(reason)s"),
}
