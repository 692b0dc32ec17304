"""Verbs on drafts: begin one, change it, publish it once and for good, delete it."""

from collections.abc import Callable
from copy import deepcopy
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from throughline.frameworks.blueprint import NUMBER_LIMIT, TITLE_LIMIT, Blueprint
from throughline.frameworks.draft_content import (
    Content,
    blueprint_of,
    competencies_of,
    draft_of,
    empty_draft,
    origins_of,
    problems_of,
)
from throughline.frameworks.drafting.editing import Gone
from throughline.frameworks.models import Framework, FrameworkDraft, FrameworkVersion
from throughline.frameworks.policy import may_publish
from throughline.frameworks.publishing.actions import publish
from throughline.frameworks.queries import free_code, versions_visible_to
from throughline.frameworks.stored_blueprint import stored_blueprint
from throughline.kit import clock
from throughline.kit.text import clean_line
from throughline.people.wording import checked_line
from throughline.schools.log import note
from throughline.schools.models import Membership

Result = TypeVar("Result")


class Meanwhile(Exception):
    """Someone else changed the draft first; `draft` is how it is now."""

    def __init__(self, draft: FrameworkDraft) -> None:
        super().__init__(draft.pk)
        self.draft = draft


@transaction.atomic
def start_draft(
    *,
    by: Membership,
    base: FrameworkVersion | None = None,
    title: str = "",
    content: Content | None = None,
    package: bytes = b"",
    read: Content | None = None,
) -> FrameworkDraft:
    """Begin a draft: a copy of a visible version, something imported (`content`), or an empty one with a title.
    `package` is the CASE package that was imported, to be kept with what is published, and `read` what was read of it.

    A copy of a shared framework becomes the organisation's own; a copy of its own becomes its next version.
    """
    may_publish(by, by.organisation).enforce()
    framework = None
    if base is not None:
        base = versions_visible_to(by.organisation).filter(pk=base.pk).first()
        if base is None:
            raise ValidationError({"base": _("This framework is not open to your organization.")})
        if base.framework.owner_id == by.organisation_id:
            framework = base.framework
        if content is None:
            plan = stored_blueprint(base)
            content = draft_of(plan, continues=True)
            content["taken"] = [each.code for each in plan.competencies]
        if framework is None or framework.versions.filter(number=content["number"]).exists():
            content["number"] = _next_number(framework, base.number if framework else "")
    if content is None:
        language = (get_language() or "en").split("-")[0]
        content = empty_draft(_title(title), language)
    content["title"] = _title(title or content["title"])
    draft = FrameworkDraft.objects.create(
        organisation=by.organisation,
        base=base,
        framework=framework,
        title=content["title"],
        content=content,
        package=package,
        read=(read or content) if package else {},
        made_by=by,
        made_at=clock.now(),
        changed_by=by,
        changed_at=clock.now(),
    )
    note("framework.draft-started", by=by, subject=draft, title=draft.title)
    return draft


def _title(said: str) -> str:
    return checked_line(said, field="title", missing=_("Give the framework a title."), limit=TITLE_LIMIT)


def _next_number(framework: Framework | None, number: str) -> str:
    """A proposal: one more where the number counts, the first one otherwise."""
    if framework is None:
        return "1"
    taken = set(framework.versions.values_list("number", flat=True))
    head, _dot, last = number.rpartition(".")
    if not last.isdecimal():
        head, last = number, "1"
    count = int(last)
    while (wanted := f"{head}.{count}" if head else str(count)) in taken:
        count += 1
    return wanted


def _held(by: Membership, draft: FrameworkDraft) -> FrameworkDraft:
    """The draft, held until the transaction ends; one that is published or of elsewhere cannot be changed."""
    drafts = FrameworkDraft.objects.select_for_update(of=("self",)).defer("package", "read")
    held = drafts.get(pk=draft.pk, organisation=draft.organisation_id)
    may_publish(by, held.organisation).enforce()
    if held.published_id is not None:
        raise ValidationError(_("This draft has been published. Start a new one to make more changes."))
    return held


@transaction.atomic
def change_draft(
    *,
    draft: FrameworkDraft,
    by: Membership,
    seen_version: int,
    change: Callable[[Content], Result],
    untouched: Callable[[Content], bool] | None = None,
) -> Result:
    """Carry out one edit (`editing`) on the draft as it is now, and keep it.

    Raises `Meanwhile` when somebody changed the draft since `seen_version`, unless `untouched` says of the draft as it
    is now that the part in question is still as it was seen. Answers what the edit answers.
    """
    held = _held(by, draft)
    content = deepcopy(held.content)
    if held.version != seen_version and not (untouched and untouched(content)):
        raise Meanwhile(held)
    try:
        result = change(content)
    except Gone:
        raise Meanwhile(held) from None
    if content == held.content:
        return result
    held.content, held.title = content, content["title"]
    held.version += 1
    held.changed_by, held.changed_at = by, clock.now()
    held.save(update_fields=["content", "title", "version", "changed_by", "changed_at"])
    note("framework.draft-changed", by=by, subject=held, title=held.title)
    return result


@transaction.atomic
def publish_draft(
    *, draft: FrameworkDraft, number: str, seen_version: int, by: Membership
) -> FrameworkVersion:
    """Make a version of the draft: for good, with what became of every competency of the version it was made from.

    Raises `ValidationError` on a number that is taken and on whatever `problems_of` finds, `Meanwhile` when the draft
    is not what the person has seen.
    """
    held = _held(by, draft)
    if held.version != seen_version:
        raise Meanwhile(held)
    problems = problems_of({**held.content, "number": number or "-"})
    if problems:
        raise ValidationError(list(dict.fromkeys(said for _uid, said in problems)))
    plan = _plan(held, clean_line(number))
    origins = origins_of(held.content)
    done = publish(
        plan,
        owner=held.organisation,
        by=by,
        supersedes=held.base,
        origins=origins,
        source=bytes(held.package),
        read=held.read,
    )
    held.published, held.changed_by, held.changed_at = done.version, by, clock.now()
    if held.framework_id is None:
        held.framework = done.version.framework
    held.save(update_fields=["published", "framework", "changed_by", "changed_at"])
    return done.version


def _plan(held: FrameworkDraft, number: str) -> Blueprint:
    content = {**held.content, "number": number, "code": _framework_code(held)}
    if not number or len(number) > NUMBER_LIMIT:
        raise ValidationError({"number": _("A version number can have at most 40 characters.")})
    if held.framework is not None and held.framework.versions.filter(number=number).exists():
        raise ValidationError(
            {
                "number": _("There is already a version %(number)s. Choose another number.")
                % {"number": number}
            }
        )
    return blueprint_of(content)


def _framework_code(held: FrameworkDraft) -> str:
    """The code of the framework that it belongs to; a new one gets a code that the organisation does not have yet."""
    if held.framework is not None:
        return held.framework.code
    wanted = held.content.get("code") or f"own-{held.pk.hex[-12:]}"
    return free_code(held.organisation, wanted)


@transaction.atomic
def delete_draft(*, draft: FrameworkDraft, by: Membership) -> None:
    """Throw a draft away; what was published from it stays."""
    held = _held(by, draft)
    note("framework.draft-deleted", by=by, subject=held, title=held.title)
    held.delete()


def place_in_words(content: Content, uid: str) -> str:
    """Where a part stands now, said after it was moved."""
    for number, domain in enumerate(content["domains"], start=1):
        if domain["uid"] == uid:
            said = {"name": domain["name"], "place": number, "all": len(content["domains"])}
            return _("“%(name)s” is now domain %(place)d of %(all)d.") % said
    for domain, each in competencies_of(content):
        if each["uid"] == uid:
            rows = domain["competencies"]
            said = {"name": each["name"], "place": rows.index(each) + 1, "all": len(rows)}
            return _("“%(name)s” is now number %(place)d of %(all)d in “%(domain)s”.") % {
                **said,
                "domain": domain["name"],
            }
    return ""
