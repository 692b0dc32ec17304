"""How each verb of the page for families is called well."""

from tests.trust.theirs import Act, Theirs, way
from throughline.plans.families.actions import asking, hearing, translating, writing
from throughline.plans.families.document import name_of_text
from throughline.plans.models import FamilyQuestion, PageForFamilies
from throughline.voices.models import ReplyEdition


def page(their: Theirs) -> PageForFamilies:
    """Their page."""
    return PageForFamilies.objects.get(organisation=their.realm.organisation)


def question(their: Theirs) -> FamilyQuestion:
    """A question that waits for them."""
    return FamilyQuestion.objects.get(organisation=their.realm.organisation, state="held")


@way
def write_section(their: Theirs) -> Act:
    held = page(their)
    return lambda by: writing.write_section(page=held, section="heard", told={"text": "Ours"}, by=by)


@way
def take_over_replies(their: Theirs) -> Act:
    held, edition = (
        page(their),
        ReplyEdition.objects.filter(organisation=their.realm.organisation).latest("at"),
    )
    return lambda by: hearing.take_over_replies(page=held, edition=edition, lines=[0], by=by)


@way
def publish_page(their: Theirs) -> Act:
    held = page(their)
    writing.write_section(page=held, section="whom", told={"items": [{"title": "Ours"}]}, by=their.lead)
    return lambda by: writing.publish_page(page=held, by=by)


@way
def check_page(their: Theirs) -> Act:
    held = page(their)
    PageForFamilies.objects.filter(pk=held.pk).update(checked_on=None)
    return lambda by: writing.check_page(page=held, by=by)


@way
def open_page(their: Theirs) -> Act:
    held = page(their)
    return lambda by: writing.open_page(
        page=held, way="nobody", may_be_found=False, takes_questions=False, by=by
    )


@way
def replace_family_link(their: Theirs) -> Act:
    held = page(their)
    return lambda by: writing.replace_family_link(page=held, by=by)


@way
def withdraw_family_link(their: Theirs) -> Act:
    held = page(their)
    return lambda by: writing.withdraw_family_link(page=held, by=by)


@way
def translate_page(their: Theirs) -> Act:
    held = page(their)
    reasons = page_words(held)
    typed = {name_of_text(reasons): translating.Typed("Suyo", None)}
    return lambda by: translating.translate_page(page=held, language="fr", typed=typed, by=by)


def page_words(held: PageForFamilies) -> str:
    """What stands in its first section."""
    return str(held.drafts.get(section="why").content["text"])


@way
def answer_question(their: Theirs) -> Act:
    held = question(their)
    return lambda by: asking.answer_question(question=held, wording="", answer="Ours", by=by)


@way
def set_aside(their: Theirs) -> Act:
    held = question(their)
    return lambda by: asking.set_aside(question=held, state="left-out", by=by)
