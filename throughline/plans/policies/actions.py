"""Verbs of the register: add a policy, change what is known of it, bring in what it says, look at it again."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.elements.structure.words import is_link
from throughline.files.actions import keep_file
from throughline.kit import clock
from throughline.kit.text import clean_line, clean_text
from throughline.plans.log import tell
from throughline.plans.models import LogEntry, Policy, PolicyRevision
from throughline.plans.policies.policy import may_look_after
from throughline.plans.policies.queries import newest
from throughline.plans.policy import STAFF, may_change_plan
from throughline.plans.serving import serve_exactly
from throughline.schools.log import note
from throughline.schools.models import Membership

TITLE_LIMIT, TEXT_LIMIT, WHOLE_LIMIT, BODY_LIMIT = 300, 2_000, 100_000, 200
LINK_LIMIT, MOST_POLICIES = 500, 500


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a policy besides its words."""

    title: str
    state: str = Policy.State.IN_FORCE
    owner: Membership | None = None
    review_on: date | None = None
    needed: str = ""
    says: str = ""
    competencies: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """What it says: words, a link, a file, or several of these."""

    text: str = ""
    link: str = ""
    file: "File[bytes] | None" = None


@transaction.atomic
def add_policy(*, about: About, by: Membership) -> Policy:
    """Add a policy to the register. Raises `ValidationError`."""
    may_change_plan(by).enforce()
    if Policy.objects.filter(organisation=by.organisation_id).count() >= MOST_POLICIES:
        raise ValidationError(_("The register can have at most %(most)d policies.") % {"most": MOST_POLICIES})
    policy = Policy(organisation_id=by.organisation_id, made_by=by)
    _keep(policy, about, by)
    note("plan.policy-added", by=by, subject=policy, title=policy.title)
    return policy


@transaction.atomic
def change_policy(*, policy: Policy, about: About, by: Membership) -> Policy:
    """Change what is known of a policy; what it says is changed by `revise_policy`. Raises `ValidationError`."""
    held = _held(policy, by)
    before = held.state
    held.version += 1
    _keep(held, about, by)
    if held.state != before:
        tell(by=by, kind=LogEntry.Kind.CHANGED, data={"state": [before, held.state]}, policy=held)
    note("plan.policy-changed", by=by, subject=held, title=held.title)
    return held


def _held(policy: Policy, by: Membership) -> Policy:
    held = Policy.objects.select_for_update(of=("self",)).get(
        pk=policy.pk, organisation_id=policy.organisation_id
    )
    may_look_after(held, by).enforce()
    return held


def _keep(policy: Policy, about: About, by: Membership) -> None:
    title, needed = clean_line(about.title), clean_text(about.needed)
    errors = {}
    if not title or len(title) > TITLE_LIMIT:
        errors["title"] = _("Give it a name of at most %(most)d characters.") % {"most": TITLE_LIMIT}
    if len(needed) > TEXT_LIMIT:
        errors["needed"] = _("Please keep this under %(most)s characters.") % {"most": TEXT_LIMIT}
    if about.state not in Policy.State.values:
        errors["state"] = _("Choose how it stands.")
    if about.says not in Policy.Says.values:
        errors["says"] = _("Choose one of the answers.")
    if about.owner is not None and not _is_staff(about.owner, by):
        errors["owner"] = _("Choose somebody of the staff.")
    if errors:
        raise ValidationError(errors)
    policy.title, policy.needed = title, needed
    policy.state, policy.says = about.state, about.says
    policy.owner, policy.review_on = about.owner, about.review_on
    policy.save()
    serve_exactly(policy, about.competencies, by)


def _is_staff(member: Membership, by: Membership) -> bool:
    return (
        member.organisation_id == by.organisation_id
        and member.is_active
        and not member.roles.isdisjoint({role.value for role in STAFF})
    )


@transaction.atomic
def revise_policy(
    *,
    policy: Policy,
    says: Wording,
    by: Membership,
    reason: str = "",
    adopted_by: str = "",
    adopted_on: date | None = None,
) -> PolicyRevision:
    """Bring in what it says from now on, and who adopted it when, be it long ago. Raises `ValidationError`.

    The first revision needs no reason. One that says the same as the last has to say that it was adopted.
    """
    held = _held(policy, by)
    last = newest(held)
    text, link = clean_text(says.text), clean_line(says.link)
    why, body = clean_text(reason), clean_line(adopted_by)
    # Whoever says that a file was adopted need not bring it again; other words let it go.
    kept = last.file if last is not None and last.text == text else None
    errors = _wrong_wording(text, link, says.file or kept) | _wrong_adoption(why, body, adopted_on)
    if last is not None and not why:
        errors["reason"] = _("Say why it was changed.")
    if last is not None and says.file is None and (last.text, last.link) == (text, link) and not body:
        errors["text"] = _("This says the same as before. Change it, or say who adopted it.")
    if errors:
        raise ValidationError(errors)
    revision = PolicyRevision.objects.create(
        organisation_id=held.organisation_id,
        policy=held,
        number=last.number + 1 if last else 1,
        text=text,
        link=link,
        file=keep_file(says.file, by=by) if says.file else kept,
        reason=why,
        adopted_by=body,
        adopted_on=adopted_on,
        by=by,
    )
    _after(held, revision)
    kind = LogEntry.Kind.DECIDED if body else LogEntry.Kind.CHANGED
    tell(by=by, kind=kind, text=why, on=adopted_on, data={"revision": revision.number}, policy=held)
    verb = "plan.policy-adopted" if body else "plan.policy-revised"
    note(verb, by=by, subject=held, title=held.title, number=revision.number, body=body)
    return revision


def _wrong_wording(text: str, link: str, file: object) -> dict[str, str]:
    if not (text or link or file):
        return {"text": _("Write or paste what it says, or bring a link or a file.")}
    if len(text) > WHOLE_LIMIT:
        return {"text": _("Please keep this under %(most)s characters.") % {"most": WHOLE_LIMIT}}
    if link and (len(link) > LINK_LIMIT or not is_link(link)):
        return {"link": _("Enter a web address that begins with https:// or http://.")}
    return {}


def _wrong_adoption(why: str, body: str, on: date | None) -> dict[str, str]:
    errors = {}
    if len(why) > TEXT_LIMIT:
        errors["reason"] = _("Please keep this under %(most)s characters.") % {"most": TEXT_LIMIT}
    if len(body) > BODY_LIMIT:
        errors["adopted_by"] = _("Please keep this under %(most)s characters.") % {"most": BODY_LIMIT}
    if on and not body:
        errors["adopted_by"] = _("Say who adopted it.")
    if body and not on:
        errors["adopted_on"] = _("Say on which day it was adopted.")
    if on and on > clock.today():
        errors["adopted_on"] = _("This day hasn’t come yet.")
    return errors


def _after(held: Policy, revision: PolicyRevision) -> None:
    """What was adopted is in force; what was wanted and has words is being looked at."""
    if revision.adopted_on is not None:
        held.state = Policy.State.IN_FORCE
    elif held.state == Policy.State.WANTED:
        held.state = Policy.State.UNDER_REVIEW
    held.version += 1
    held.save(update_fields=["state", "version"])


@transaction.atomic
def look_again(
    *, policy: Policy, next_on: date, by: Membership, text: str = "", says: str | None = None
) -> Policy:
    """Say that a policy was looked at and stays as it is, and when to look again. Raises `ValidationError`."""
    held = _held(policy, by)
    said = clean_text(text)
    errors = {}
    if next_on <= clock.today():
        errors["next_on"] = _("Choose a day that is still to come.")
    if len(said) > TEXT_LIMIT:
        errors["text"] = _("Please keep this under %(most)s characters.") % {"most": TEXT_LIMIT}
    if says is not None and says not in Policy.Says.values:
        errors["says"] = _("Choose one of the answers.")
    if errors:
        raise ValidationError(errors)
    before = held.review_on
    held.review_on, held.version = next_on, held.version + 1
    if says is not None:
        held.says = says
    last = newest(held)
    if held.state == Policy.State.UNDER_REVIEW and last is not None and last.adopted_on:
        held.state = Policy.State.IN_FORCE
    held.save(update_fields=["review_on", "version", "says", "state"])
    days = [before.isoformat() if before else None, next_on.isoformat()]
    tell(by=by, kind=LogEntry.Kind.HAPPENED, text=said, data={"review_on": days}, policy=held)
    note("plan.policy-looked-at", by=by, subject=held, title=held.title)
    return held
