"""Where an element stands, in sentences."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.elements.adopting.queries import Road
from throughline.elements.models import Stage
from throughline.ui.times import day_in_words

# What each stage means, for the line of stages.
MEANING: dict[str, str | Promise] = {
    Stage.DRAFTING: gettext_lazy("People are writing. Nothing is settled."),
    Stage.PROPOSED: gettext_lazy("A draft is on the table for everyone to read."),
    Stage.CONSULTATION: gettext_lazy("The community is asked what it thinks."),
    Stage.ADOPTED: gettext_lazy("A body has said yes. That text is frozen."),
    Stage.IN_FORCE: gettext_lazy("The school works by it."),
    Stage.SUPERSEDED: gettext_lazy("It no longer holds."),
}
# What the button says that leads to a stage.
VERB: dict[str, str | Promise] = {
    Stage.DRAFTING: gettext_lazy("Return to drafting"),
    Stage.PROPOSED: gettext_lazy("Propose it"),
    Stage.CONSULTATION: gettext_lazy("Open a consultation"),
    Stage.ADOPTED: gettext_lazy("Adopt it"),
    Stage.IN_FORCE: gettext_lazy("Put it in force"),
    Stage.SUPERSEDED: gettext_lazy("End it"),
}
ABOUT_VERB: dict[str, str | Promise] = {
    Stage.DRAFTING: gettext_lazy(
        "Editions that were adopted stay as they are, and one that is in force stays in force. Say why, so that others understand."
    ),
    Stage.PROPOSED: gettext_lazy("Say that the draft is ready to be read. Writing can go on."),
    Stage.CONSULTATION: gettext_lazy(
        "Say that your community is being asked, for example at a meeting. To collect comments by a link, open a consultation instead."
    ),
    Stage.IN_FORCE: gettext_lazy(
        "From this day your school works by this edition. The one in force until then ends by itself."
    ),
    Stage.SUPERSEDED: gettext_lazy(
        "Say that an edition no longer holds without another one taking its place."
    ),
}


def standing_in_words(road: Road) -> list[str]:
    """One or two sentences: what is in force, what is coming, what was adopted but is not in force."""
    said = []
    standing, coming, newest = road.in_force, road.coming, road.edition
    if standing is not None and standing.edition is not None:
        said.append(
            _("Edition %(number)d has been in force since %(date)s. It was adopted by %(body)s.")
            % {
                "number": standing.edition.number,
                "date": day_in_words(standing.on),
                "body": standing.edition.adopted_by_body,
            }
        )
    if coming is not None and coming.edition is not None:
        said.append(
            _("Edition %(number)d comes into force on %(date)s.")
            % {"number": coming.edition.number, "date": day_in_words(coming.on)}
        )
    named = {each.edition_id for each in (standing, coming) if each is not None}
    if newest is not None and newest.pk not in named:
        said.append(
            _("Edition %(number)d was adopted by %(body)s on %(date)s.")
            % {
                "number": newest.number,
                "body": newest.adopted_by_body,
                "date": day_in_words(newest.adopted_on),
            }
        )
    return said or [_("Nothing has been adopted yet.")]
