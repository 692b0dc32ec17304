"""Publishing a large file: asked for in a request, done by the worker, whole or not at all, and safe to do twice."""

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from throughline.frameworks.blueprint import FrameworkProblem
from throughline.frameworks.case.mapping import Choice, Pick
from throughline.frameworks.importing.actions.uploads import source_of, write_down
from throughline.frameworks.importing.matching import match_source
from throughline.frameworks.limits import GIVEN_UP_AFTER, LARGE, MANY_ROWS, MOST_TRIES
from throughline.frameworks.models import FrameworkImport
from throughline.frameworks.policy import may_publish
from throughline.frameworks.queries import imports_of
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.schools.log import note
from throughline.schools.models import Membership

State = FrameworkImport.State


def takes_long(kept: FrameworkImport) -> bool:
    """Whether the worker publishes it: what the worker read (or would), and tables of many rows."""
    return kept.size >= LARGE or kept.started_at is not None or kept.lines >= MANY_ROWS


@transaction.atomic
def ask_to_publish(*, by: Membership, kept: FrameworkImport, choice: Choice) -> FrameworkImport:
    """Have a file published as `choice` maps it, soon. Asking again while that is under way changes nothing."""
    may_publish(by, by.organisation).enforce()
    kept = imports_of(by.organisation).select_for_update().get(pk=kept.pk)
    if kept.state == State.PUBLISHING:
        return kept
    if kept.state not in (State.READY, State.PUBLISHED):
        raise FrameworkProblem(_("This file has not been read yet."))
    if kept.problems:
        raise FrameworkProblem(_("Some rows cannot be used as they are. Fix them in the file first."))
    kept.state, kept.asked_by, kept.choice = State.PUBLISHING, by, asdict(choice)
    kept.started_at, kept.tries, kept.message = None, 0, ""
    note("framework.import-asked", by=by, subject=kept, name=kept.name)
    kept.save(update_fields=["state", "asked_by", "choice", "started_at", "tries", "message"])
    return kept


def publish_waiting_import() -> bool:
    """Publish one file for which that was asked, or that a worker which died had begun. Whether there was one."""
    free = Q(started_at=None) | Q(started_at__lt=clock.now() - GIVEN_UP_AFTER)
    kept = FrameworkImport.objects.filter(free, state=State.PUBLISHING).order_by("brought_at").first()
    if kept is None:
        return False
    mine = FrameworkImport.objects.filter(pk=kept.pk, state=kept.state, started_at=kept.started_at)
    if not mine.update(started_at=clock.now(), tries=kept.tries + 1):
        return True
    kept.refresh_from_db()
    assert kept.asked_by is not None
    with translation.override(kept.asked_by.person.language or "en"):
        _publish(kept, kept.asked_by)
    return True


def _publish(kept: FrameworkImport, by: Membership) -> None:
    state, message = State.READY, ""
    try:
        if kept.tries > MOST_TRIES:
            raise FrameworkProblem(_("This file could not be published. Try it in smaller parts."))
        found = match_source(
            source_of(kept), choice_of(kept.choice), by.organisation
        )  # takes long: before all else
        with transaction.atomic():
            now = (
                FrameworkImport.objects.select_for_update().filter(pk=kept.pk, state=State.PUBLISHING).first()
            )
            if now is not None:  # neither thrown away nor done meanwhile
                write_down(by, now, found)
        return
    except (FrameworkProblem, Refused) as problem:
        message = str(problem)
    except FileNotFoundError:
        state, message = State.FAILED, _("The file is no longer here. Import it again.")
    FrameworkImport.objects.filter(pk=kept.pk, state=State.PUBLISHING).update(state=state, message=message)


def choice_of(told: dict[str, Any]) -> Choice:
    """The choice that was kept as plain values."""
    picks = {
        name: Pick(told[name]["depth"], tuple(told[name]["kinds"]), tuple(told[name]["ids"]))
        for name in ("domains", "competencies", "advanced")
    }
    return Choice(**picks, indicators=told["indicators"], most_indicators=told["most_indicators"])
