"""People talk about a passage, which moves along with the text; mentions reach whoever is meant, once."""

import pytest
from django.core.exceptions import ValidationError

from throughline.activity.models import OutgoingMail
from throughline.elements.models import Element, Mention, Thread, ThreadState
from throughline.elements.setup.actions import invite_participant
from throughline.elements.talk.actions.talking import (
    begin_thread,
    edit_remark,
    read_mentions,
    remove_remark,
    reopen,
    reply,
    resolve,
)
from throughline.elements.talk.moving import move_up
from throughline.elements.talk.passages import passage_of_words
from throughline.elements.talk.queries import said_in, threads_of, with_remarks
from throughline.elements.talk.tests.conftest import write
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership, Organisation, Role
from throughline.testing import make_member

pytestmark = pytest.mark.django_db


def said(element: Element, by: Membership, words: str, text: str = "Why?") -> Thread:
    element.refresh_from_db()
    start, end = passage_of_words(element, 1, element.head, words)
    return begin_thread(element=element, text=text, by=by, passage=(start, end, element.head))


def shown(element: Element, thread: Thread) -> tuple[str, bool]:
    element.refresh_from_db()
    [found] = said_in(element, list(with_remarks(Thread.objects.filter(pk=thread.pk))))
    return found.now, found.place.gone


def test_a_comment_stays_with_its_words(lead: Membership, educator: Membership, element: Element) -> None:
    thread = said(element, educator, "🎈 is known")
    assert thread.words == "🎈 is known"
    write(element, lead, "New first.", "Here every learner 🎈 is always known well.", "We begin in spring.")
    assert shown(element, thread) == ("🎈 is always known", False)
    write(element, lead, "New first.", "Here nobody.", "We begin in spring.")
    assert shown(element, thread) == ("", True)
    thread.refresh_from_db()
    assert thread.words == "🎈 is known"


def test_a_passage_that_moves_to_another_place_is_found_again(
    lead: Membership, educator: Membership, element: Element
) -> None:
    thread = said(element, educator, "learner 🎈 is known")
    write(element, lead, "We begin in spring.", "Every learner 🎈 is known well.")
    assert shown(element, thread) == ("learner 🎈 is known", False)


def test_moving_up_in_bulk_changes_no_place(lead: Membership, educator: Membership, element: Element) -> None:
    kept, lost = said(element, educator, "known well"), said(element, educator, "Every learner")
    write(element, lead, "New first.", "🎈 is known well.", "We begin in spring.")
    before = [shown(element, each) for each in (kept, lost)]
    move_up(element, behind=1)
    assert [shown(element, each) for each in (kept, lost)] == before == [("known well", False), ("", True)]
    assert set(Thread.objects.values_list("version", flat=True)) == {element.head}


def test_a_passage_that_was_cut_while_somebody_wrote_is_told(
    lead: Membership, educator: Membership, element: Element
) -> None:
    seen = element.head
    start, end = passage_of_words(element, 1, seen, "known well")
    write(element, lead, "Every learner 🎈 is.", "We begin in spring.")
    with pytest.raises(ValidationError, match="removed while"):
        begin_thread(element=element, text="Why?", by=educator, passage=(start, end, seen))
    for wrong in ((5, 5, 0), (3, 99_999, seen), (0, 1, 99)):
        with pytest.raises(ValidationError):
            begin_thread(element=element, text="Why?", by=educator, passage=wrong)


def test_talk_about_a_section_or_the_whole(educator: Membership, element: Element) -> None:
    assert begin_thread(element=element, text="Short.", by=educator, section="vision").about == "section"
    assert begin_thread(element=element, text="Fine.", by=educator).about == "whole"
    with pytest.raises(ValidationError):
        begin_thread(element=element, text="Short.", by=educator, section="nothing")


def test_a_mention_writes_once_and_waits_until_it_is_answered(
    lead: Membership, educator: Membership, element: Element
) -> None:
    thread = said(element, lead, "known well", "@ravi nair what do you think? @Ravi")
    [mention] = Mention.objects.all()
    assert mention.member == educator
    assert OutgoingMail.objects.filter(key__startswith="mention:").count() == 1
    remark = thread.remarks.get()
    edit_remark(remark=remark, text="@Ravi, please.", by=lead)
    assert OutgoingMail.objects.filter(key__startswith="mention:").count() == 1
    reply(thread=thread, text="I agree, @Nobody.", by=educator)
    mention.refresh_from_db()
    assert mention.read_at
    read_mentions(thread=thread, by=educator)


def test_only_those_who_take_part_are_mentioned(
    school: Organisation, lead: Membership, element: Element
) -> None:
    learner = make_member(school, "Noor Haddad", Role.LEARNER)
    said(element, lead, "known well", "@Noor Haddad?")
    assert not Mention.objects.exists()
    invite_participant(element=element, member=learner, may="read", by=lead)
    said(element, lead, "known well", "@Noor Haddad?")
    assert Mention.objects.get().member == learner


def test_one_changes_and_removes_ones_own_words_only(
    lead: Membership, educator: Membership, element: Element
) -> None:
    remark = said(element, educator, "known well").remarks.get()
    with pytest.raises(Refused):
        edit_remark(remark=remark, text="Mine", by=lead)
    assert edit_remark(remark=remark, text="Better", by=educator).edited_at
    remove_remark(remark=remark, by=educator)
    remark.refresh_from_db()
    assert (remark.text, bool(remark.removed_at)) == ("", True)
    with pytest.raises(ValidationError):
        edit_remark(remark=remark, text="Again", by=educator)


def test_a_conversation_is_done_and_taken_up_again(
    school: Organisation, lead: Membership, educator: Membership, element: Element
) -> None:
    thread = said(element, educator, "known well")
    other = make_member(school, "Una Byrne", Role.EDUCATOR)
    with pytest.raises(Refused):
        resolve(thread=thread, by=other)
    resolve(thread=thread, by=educator)
    assert list(threads_of(element, "open", lead)) == []
    assert list(threads_of(element, "settled", lead)) == [thread]
    with pytest.raises(ValidationError):
        resolve(thread=thread, by=lead)
    reopen(thread=thread, by=lead)
    thread.refresh_from_db()
    assert thread.state == ThreadState.OPEN
    assert list(threads_of(element, "mine", other)) == []


def test_those_invited_to_read_and_strangers_say_nothing(
    school: Organisation, lead: Membership, outsider: Membership, element: Element
) -> None:
    learner = make_member(school, "Noor Haddad", Role.LEARNER)
    invite_participant(element=element, member=learner, may="read", by=lead)
    for by in (learner, outsider):
        with pytest.raises(Refused):
            begin_thread(element=element, text="Why?", by=by)
