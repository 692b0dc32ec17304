"""Named reads of what is said about an element."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from throughline.elements.editing.lines import Line, line_at, steps_since
from throughline.elements.models import About, Element, Mention, Participant, Remark, Thread, ThreadState
from throughline.elements.policy import STAFF
from throughline.elements.talk.anchors import Passage, carried
from throughline.elements.writing.places import readable, segment_at, shown, spread
from throughline.schools.models import Membership, RoleHolding

OPEN, MINE, SUGGESTIONS, SETTLED = "open", "mine", "suggestions", "settled"
SHOWN = 160  # characters of a paragraph on either side of a passage
MOVED = 12  # characters of a passage that is looked for when it is gone: fewer stand anywhere by chance


@dataclass(frozen=True, slots=True)
class Said:
    """A thread with its remarks and the place where its passage stands now; `before` and `after` are what is around it."""

    thread: Thread
    place: Passage
    remarks: Sequence[Remark]
    before: str = ""
    now: str = ""
    after: str = ""

    @property
    def changed(self) -> bool:
        """The passage is still there and says something else than when the thread began."""
        return self.thread.about == About.PASSAGE and not self.place.gone and self.now != self.thread.words

    @property
    def proposed(self) -> str:
        """The other words of a suggestion."""
        return words_of(self.thread.proposed or ())


def words_of(inline: Iterable[dict[str, object]]) -> str:
    """The words of inline content."""
    return "".join(str(node.get("text", " ")) for node in inline)


def threads_of(element: Element, show: str, member: Membership) -> QuerySet[Thread]:
    """Threads in the order of the text: those that are open, open suggestions, all in which one takes part, or the settled."""
    found = Thread.objects.filter(organisation_id=element.organisation_id, element=element)
    if show == SETTLED:
        found = found.exclude(state=ThreadState.OPEN)
    elif show == MINE:
        said = Remark.objects.filter(
            organisation_id=element.organisation_id, thread=OuterRef("pk"), by=member
        )
        found = found.filter(Q(begun_by=member) | Exists(said))
    else:
        found = found.filter(state=ThreadState.OPEN)
    if show == SUGGESTIONS:
        found = found.filter(proposed__isnull=False)
    return found.order_by("start", "begun_at", "pk")


def with_remarks(threads: QuerySet[Thread]) -> QuerySet[Thread]:
    """The same with all that is shown of each: two queries."""
    remarks = Remark.objects.select_related("by").order_by("at", "pk")
    return threads.select_related("begun_by", "settled_by").prefetch_related(
        Prefetch("remarks", queryset=remarks)
    )


def places_now(element: Element, threads: Sequence[Thread]) -> list[Passage]:
    """Where the passages of threads stand in the newest text. One query at most, however many there are."""
    found = {each.pk: Passage(each.start, each.end, each.gone) for each in threads}
    lagging = sorted({each.version for each in threads if _moves(each) and each.version < element.head})
    if lagging:
        steps = steps_since(element, lagging[0])
        for version in lagging:
            theirs = [each for each in threads if _moves(each) and each.version == version]
            moved = carried([found[each.pk] for each in theirs], steps[version - lagging[0] :])
            found |= {each.pk: place for each, place in zip(theirs, moved, strict=True)}
    return [found[each.pk] for each in threads]


def _moves(thread: Thread) -> bool:
    return thread.about == About.PASSAGE


def said_in(element: Element, threads: Sequence[Thread], line: Line | None = None) -> list[Said]:
    """Threads beside their passages. Three queries at most besides those of the threads themselves."""
    line = line or line_at(element)
    element.head = line.version
    return [
        _said(thread, place, line.line)
        for thread, place in zip(threads, places_now(element, threads), strict=True)
    ]


def _said(thread: Thread, place: Passage, line: str) -> Said:
    remarks = list(thread.remarks.all())
    place = found_again(thread, place, line)
    if thread.about != About.PASSAGE or place.gone:
        return Said(thread, place, remarks)
    first, last = segment_at(line, place.start), segment_at(line, place.end)
    before, after = shown(line[first.start : place.start]), shown(line[place.end : last.end])
    return Said(
        thread,
        place,
        remarks,
        before=f"… {before[-SHOWN:]}" if len(before) > SHOWN else before,
        now=readable(line[place.start : place.end]),
        after=f"{after[:SHOWN]} …" if len(after) > SHOWN else after,
    )


def found_again(thread: Thread, place: Passage, line: str) -> Passage:
    """A passage that was taken out and whose words stand in the text once: it was moved, and the thread goes after it."""
    words = spread(thread.words)
    if not place.gone or len(words) < MOVED or line.count(words) != 1:
        return place
    start = line.index(words)
    return Passage(start, start + len(words))


def people_of(element: Element) -> list[Membership]:
    """Everyone who can see the draft, by name: who can be mentioned. One query."""
    here = element.organisation_id
    staff = RoleHolding.objects.filter(organisation=here, membership=OuterRef("pk"), role__in=STAFF)
    invited = Participant.objects.filter(
        organisation=here, element=element, membership=OuterRef("pk"), ended_at__isnull=True
    )
    return list(
        Membership.objects.filter(
            Exists(staff) | Exists(invited),
            organisation=here,
            joined_at__isnull=False,
            left_at__isnull=True,
        )
        .select_related("person", "organisation")
        .order_by("name")
    )


def waiting_mentions(thread: Thread, member: Membership) -> QuerySet[Mention]:
    """What calls somebody in a thread and was not answered."""
    return Mention.objects.filter(
        organisation_id=thread.organisation_id, remark__thread=thread, member=member, read_at__isnull=True
    )
