"""Who guesses, what, and what they guessed: theirs alone."""

from django.utils.translation import gettext_lazy as _

from throughline.journeys.models import TeamMember
from throughline.kit.verdict import ALLOWED, Verdict, refuse
from throughline.schools.models import Membership
from throughline.voices.models import Guess, Listening, Question
from throughline.voices.policy import Part, results_open


def on_team(listening: Listening, member: Membership) -> bool:
    """Whether somebody is on the team of the journey. One query."""
    found = TeamMember.objects.filter(
        organisation=listening.organisation_id, journey=listening.journey_id, membership=member, left_at=None
    )
    return found.exists()


def may_guess(part: Part, team: bool) -> Verdict:
    """The team and the hosts, while the questions stand and nobody knows the answers."""
    here = part.member.is_active and part.member.organisation_id == part.listening.organisation_id
    if not (here and (part.runs or part.hosts or team)):
        return refuse(_("Only the team and the hosts of this listening guess."))
    if part.listening.state == Listening.State.DRAFT:
        return refuse(_("Guessing begins when the questions are fixed, that is when the listening is open."))
    if results_open(part.listening):
        return refuse(_("The results are open: guessing is over."))
    return ALLOWED


def guessable(listening: Listening) -> list[Question]:
    """What learners are asked with answers to choose from, in order. One query."""
    rows = Question.objects.filter(
        organisation=listening.organisation_id,
        asked__listening=listening,
        asked__group="learner",
        kind=Question.Kind.STEPS,
    )
    return list(rows.select_related("asked").order_by("position", "pk"))


def guesses_of(part: Part) -> dict[str, int]:
    """What this person guessed, by the code of the question. One query."""
    rows = Guess.objects.filter(
        organisation=part.listening.organisation_id, listening=part.listening, membership=part.member
    )
    return dict(rows.values_list("question__code", "step"))
