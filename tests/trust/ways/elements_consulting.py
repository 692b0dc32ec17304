"""How each verb of a consultation is called well."""

from datetime import timedelta

from tests.trust.theirs import Act, Theirs, way
from tests.trust.ways.elements import element
from tests.trust.world_elements import paragraphs, seen_of
from throughline.elements.consulting.actions import answering, opening
from throughline.elements.editing.actions import replace_text
from throughline.elements.models import Consultation, OutsideComment, Theme
from throughline.kit import clock


def consultation(their: Theirs) -> Consultation:
    return Consultation.objects.select_related("element").get(organisation=their.realm.organisation)


def theme(their: Theirs) -> Theme:
    return Theme.objects.get(organisation=their.realm.organisation)


@way
def open_consultation(their: Theirs) -> Act:
    held = element(their)
    replace_text(element=held, document=paragraphs("Theirs"), seen=held.head, by=their.lead)
    call, seen = opening.Call(clock.today(), clock.today()), seen_of(held)
    return lambda by: opening.open_consultation(element=held, call=call, seen=seen, by=by)


@way
def replace_link(their: Theirs) -> Act:
    held = consultation(their)
    return lambda by: opening.replace_link(consultation=held, by=by)


@way
def withdraw_link(their: Theirs) -> Act:
    held = consultation(their)
    return lambda by: opening.withdraw_link(consultation=held, by=by)


@way
def end_consultation(their: Theirs) -> Act:
    held = consultation(their)
    return lambda by: opening.end_consultation(consultation=held, by=by)


@way
def prolong_consultation(their: Theirs) -> Act:
    held, until = consultation(their), clock.today() + timedelta(days=40)
    return lambda by: opening.prolong_consultation(consultation=held, until=until, by=by)


@way
def moderate(their: Theirs) -> Act:
    held = consultation(their)
    said = OutsideComment.objects.get(consultation=held, state="held")
    return lambda by: answering.moderate(consultation=held, comments=[said.pk], state="left-out", by=by)


@way
def add_theme(their: Theirs) -> Act:
    held = consultation(their)
    return lambda by: answering.add_theme(consultation=held, title="Another", by=by)


@way
def answer_theme(their: Theirs) -> Act:
    held = theme(their)
    return lambda by: answering.answer_theme(
        theme=held, title="Ours", heard="This", answer="That", seen=held.revision, by=by
    )


@way
def remove_theme(their: Theirs) -> Act:
    held = theme(their)
    return lambda by: answering.remove_theme(theme=held, by=by)
