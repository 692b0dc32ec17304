"""The weekly meeting: begin it, turn everybody to a part, write down what is said, end it."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from throughline.kit import clock
from throughline.kit.text import clean_text
from throughline.plans.doing.actions import add_action
from throughline.plans.doing.checking import TEXT_LIMIT
from throughline.plans.log import tell
from throughline.plans.models import Goal, LogEntry, MeetingLine, WeeklyMeeting
from throughline.plans.policy import may_change_plan
from throughline.plans.readers import zone_of
from throughline.plans.weekly.queries import kept_of, standing_now
from throughline.schools.log import note
from throughline.schools.models import Membership, Organisation

LONGEST = timedelta(hours=12)
MOST_LINES = 200


@transaction.atomic
def begin_meeting(*, by: Membership) -> WeeklyMeeting:
    """Begin the meeting and lead it. Pressed twice it is begun once; raises `ValidationError` while another one is open."""
    may_change_plan(by).enforce()
    # Two who begin at once come one after the other.
    Organisation.objects.select_for_update(no_key=True).get(pk=by.organisation_id)
    here = WeeklyMeeting.objects.filter(organisation=by.organisation_id, ended_at=None)
    going_on = here.select_related("led_by").first()
    if going_on is None:
        meeting = WeeklyMeeting.objects.create(organisation_id=by.organisation_id, led_by=by)
        note("plan.weekly-begun", by=by, subject=meeting)
        return meeting
    if going_on.led_by_id != by.pk:
        raise ValidationError(
            _("%(name)s is leading a meeting now. Follow it, or end it first.")
            % {"name": going_on.led_by.name}
        )
    return going_on


@transaction.atomic
def turn_to(*, meeting: WeeklyMeeting, part: str, by: Membership) -> WeeklyMeeting:
    """Turn everybody who follows to a part of the plan; whoever turns leads from now on. Raises `ValidationError`."""
    may_change_plan(by).enforce()
    held = _held_open(meeting, by)
    if part not in WeeklyMeeting.Part.values:
        raise ValidationError({"part": _("Choose what to look at.")})
    if (held.part, held.led_by_id) == (part, by.pk):
        return held
    held.part, held.led_by = part, by
    _keep(held, "part", "led_by")
    return held


@transaction.atomic
def write_decision(*, meeting: WeeklyMeeting, text: str, by: Membership) -> MeetingLine:
    """Write down what was decided; it stands in the plan's log for good. Raises `ValidationError`."""
    may_change_plan(by).enforce()
    held, said = _held_open(meeting, by), clean_text(text)
    if not 0 < len(said) <= TEXT_LIMIT:
        raise ValidationError(
            {"text": _("Say what was decided, in at most %(most)d characters.") % {"most": TEXT_LIMIT}}
        )
    line = _line(held, MeetingLine.Kind.DECISION, said, by)
    tell(by=by, kind=LogEntry.Kind.DECIDED, text=said)
    note("plan.weekly-decided", by=by, subject=held)
    return line


@transaction.atomic
def write_step(
    *,
    meeting: WeeklyMeeting,
    title: str,
    by: Membership,
    owner: Membership | None = None,
    due_on: date | None = None,
    goal: Goal | None = None,
) -> MeetingLine:
    """Write down a next step: an action of the plan from now on. Raises `ValidationError`."""
    may_change_plan(by).enforce()
    held = _held_open(meeting, by)
    action = add_action(title=title, owner=owner, due_on=due_on, goal=goal, by=by)
    return _line(held, MeetingLine.Kind.STEP, action.title, by, action=action)


@transaction.atomic
def end_meeting(*, meeting: WeeklyMeeting, by: Membership) -> WeeklyMeeting:
    """End it and keep what stood in the plan. Pressed twice it is ended once."""
    may_change_plan(by).enforce()
    held = _held(meeting, by)
    if held.is_open:
        _end(held, by)
        note("plan.weekly-ended", by=by, subject=held)
    return held


@transaction.atomic
def end_forgotten() -> int:
    """Meetings that were left open are ended by themselves; how many. Safe to repeat."""
    old = WeeklyMeeting.objects.filter(ended_at=None, begun_at__lte=clock.now() - LONGEST)
    rows = list(old.select_related("organisation").select_for_update(of=("self",)))
    for each in rows:
        with timezone.override(zone_of(each.organisation)):
            _end(each, None)
    return len(rows)


def _end(held: WeeklyMeeting, by: Membership | None) -> None:
    held.ended_at, held.ended_by = clock.now(), by
    held.stood = kept_of(standing_now(held.organisation_id, clock.today()))
    _keep(held, "ended_at", "ended_by", "stood")


def _held(meeting: WeeklyMeeting, by: Membership) -> WeeklyMeeting:
    rows = WeeklyMeeting.objects.select_for_update(of=("self",))
    return rows.get(pk=meeting.pk, organisation=by.organisation_id)


def _held_open(meeting: WeeklyMeeting, by: Membership) -> WeeklyMeeting:
    held = _held(meeting, by)
    if not held.is_open:
        raise ValidationError(_("This meeting has ended. Begin another one to write more down."))
    return held


def _keep(held: WeeklyMeeting, *changed: str) -> None:
    held.version += 1
    held.save(update_fields=[*changed, "version"])


def _line(
    held: WeeklyMeeting, kind: MeetingLine.Kind, text: str, by: Membership, **more: object
) -> MeetingLine:
    here = MeetingLine.objects.filter(organisation=held.organisation_id, meeting=held)
    if here.count() >= MOST_LINES:
        raise ValidationError(_("A meeting keeps at most %(most)d lines.") % {"most": MOST_LINES})
    _keep(held)
    return MeetingLine.objects.create(
        organisation_id=held.organisation_id, meeting=held, kind=kind, text=text, by=by, **more
    )
