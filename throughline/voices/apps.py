from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from throughline.voices.policy import Part


class VoicesConfig(AppConfig):
    name = "throughline.voices"
    label = "voices"

    def ready(self) -> None:
        from throughline.activity import post  # noqa: PLC0415
        from throughline.files import uses  # noqa: PLC0415
        from throughline.journeys import hooks  # noqa: PLC0415
        from throughline.kit import unkept  # noqa: PLC0415
        from throughline.records import evidence_bodies  # noqa: PLC0415
        from throughline.records import panels as beside  # noqa: PLC0415
        from throughline.records.models import Evidence  # noqa: PLC0415
        from throughline.schools.log import register_event  # noqa: PLC0415  (models are not ready earlier)
        from throughline.schools.panels import in_header  # noqa: PLC0415
        from throughline.ui import navigation  # noqa: PLC0415
        from throughline.voices.asking.aloud import cited_recordings, visible_recordings  # noqa: PLC0415
        from throughline.voices.citing import bodies  # noqa: PLC0415
        from throughline.voices.citing.offers import cite_this  # noqa: PLC0415
        from throughline.voices.conversations import offers, panels  # noqa: PLC0415
        from throughline.voices.conversations.policy import may_see_conversations  # noqa: PLC0415
        from throughline.voices.inviting.sending import deliver_letters  # noqa: PLC0415
        from throughline.voices.models import LETTERS, SPOOL  # noqa: PLC0415
        from throughline.voices.moderating.policy import (  # noqa: PLC0415
            may_look_after,
            may_moderate,
            may_read_words,
        )
        from throughline.voices.panels.sources import what_groups_said  # noqa: PLC0415
        from throughline.voices.policy import may_compose, may_run, may_see_listenings  # noqa: PLC0415
        from throughline.voices.replying.offers import say_what_follows  # noqa: PLC0415
        from throughline.voices.shortcuts import on_result, pages  # noqa: PLC0415

        uses.register("recordings", visible=visible_recordings, cited=cited_recordings)
        navigation.register(16, _("Listening"), in_header("voices:listenings", may_see_listenings))
        pages.add((0, _("Where it stands"), "voices:listening", bool))
        pages.add((60, _("You said → we did"), "voices:replies", _shows_replies))
        pages.add((1, _("What it is about"), "voices:about", may_compose))
        pages.add((2, _("Who is asked"), "voices:groups", may_compose))
        pages.add((3, _("How it is held"), "voices:held", may_compose))
        pages.add((4, _("About the person"), "voices:background", may_compose))
        pages.add((90, _("Hosts"), "voices:hosts", may_run))
        beside.at_the_table.add(what_groups_said)
        pages.add((50, _("Results"), "voices:results", _was_opened))
        pages.add((52, _("Take it along"), "voices:tables", bool))
        pages.add((10, _("Ways in"), "voices:inviting", may_run))
        pages.add((11, _("On paper"), "voices:on-paper", may_run))
        pages.add((40, _("Try it out"), "voices:previews", bool))
        pages.add((55, _("In their own words"), "voices:words", may_read_words))
        pages.add((56, _("Moderate"), "voices:moderate", may_moderate))
        pages.add((57, _("What children wrote"), "voices:read-words", may_look_after))
        pages.add((60, _("Conversations"), "voices:listening-conversations", may_see_conversations))
        post.others.add(deliver_letters)
        on_result.add(say_what_follows)
        on_result.add(cite_this)
        hooks.on_journey(panels.on_journey)
        evidence_bodies.register(Evidence.Kind.HEARD, bodies.cited_body, bodies.still_shown)
        offers.on_conversation(bodies.on_conversation)
        for model in (*SPOOL, *LETTERS):
            unkept.tables.add(model._meta.db_table)
        for verb, sentence in EVENTS.items():
            register_event(verb, sentence)


def _was_opened(part: "Part") -> bool:
    """While it is being composed there are no results to come to."""
    return part.listening.state != part.listening.State.DRAFT


def _shows_replies(part: "Part") -> bool:
    """What came of a listening is written and read once it is closed."""
    return part.listening.state == part.listening.State.CLOSED


# What the log says. Nothing here tells who answered, how many, or when.
EVENTS = {
    "voices.begun": _("began the listening “%(title)s”"),
    "voices.host-added": _("made %(name)s a host of the listening “%(title)s”"),
    "voices.host-removed": _("took %(name)s from the hosts of the listening “%(title)s”"),
    "voices.opened": _("opened the listening “%(title)s”"),
    "voices.paused": _("paused the listening “%(title)s”"),
    "voices.resumed": _("took answers to the listening “%(title)s” again"),
    "voices.extended": _("gave the listening “%(title)s” another last day"),
    "voices.closed": _("closed the listening “%(title)s”"),
    "voices.closed-itself": _("closed the listening “%(title)s” after its last day"),
    "voices.guessed": _("guessed what learners answer to “%(title)s”"),
    "voices.forgotten": _("deleted the single answers of the listening “%(title)s” on their day"),
    "voices.moderated": _("looked at everything that people wrote in the listening “%(title)s”"),
    "voices.conversation-added": _("wrote down a conversation: %(group)s"),
    "voices.conversation-changed": _("changed the note of a conversation: %(group)s"),
    "voices.cited": _("made what people said evidence: “%(title)s”"),
    "voices.slips-made": _("made sheet %(sheet)s of slips for “%(title)s”: %(group)s"),
    "voices.letters-written": _("wrote letters with codes for “%(title)s” (sheet %(sheet)s): %(group)s"),
    "voices.slips-withdrawn": _("withdrew sheet %(sheet)s of slips for “%(title)s”: %(group)s"),
    "voices.opt-out-forgotten": _("took back that a child is not to be asked in “%(title)s”"),
    "voices.kiosk-opened": _("made a device one on which many answer “%(title)s”: %(group)s"),
    "voices.kiosk-closed": _("took back the devices on which many answered “%(title)s”: %(group)s"),
    "voices.reply-added": _("wrote what was heard in the listening “%(title)s” and what follows"),
    "voices.reply-changed": _("changed what follows from the listening “%(title)s”"),
    "voices.reply-moved": _("put what follows from the listening “%(title)s” in another order"),
    "voices.reply-dropped": _("took out a line of what follows from the listening “%(title)s”"),
    "voices.replies-published": _("published what was said and done after the listening “%(title)s”"),
    "voices.put-away": _("put away the listening “%(title)s”"),
    "voices.put-away-unanswered": _("put away the listening “%(title)s” without a reply: %(why)s"),
    "voices.brought-back": _("brought back the listening “%(title)s”"),
}
