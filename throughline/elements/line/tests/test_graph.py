"""The line holds every point once, whatever is tied to what, and says where it breaks."""

from itertools import pairwise
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from throughline.elements.line.graph import Column, Line, Point, broken, line_of, rows, through, untangled
from throughline.elements.line.layout import laid_out


@st.composite
def lines(draw: st.DrawFn) -> Line:
    points = [
        Point(uuid4(), column, draw(st.text(max_size=30)), group=draw(st.sampled_from(["", "A", "B"])))
        for column in Column
        for _ in range(draw(st.integers(0, 6)))
    ]
    ids = [point.id for point in points] or [uuid4()]
    return line_of(points, draw(st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), max_size=40)))


@given(lines())
def test_threads_lead_onward_only_and_once(line: Line) -> None:
    assert len(set(line.threads)) == len(line.threads)
    assert all(line.by_id[start].column < line.by_id[end].column for start, end in line.threads)


@given(lines())
def test_untangling_keeps_every_point_and_thread(line: Line) -> None:
    neat = untangled(line)
    assert sorted(point.id for point in neat.points) == sorted(point.id for point in line.points)
    assert neat.threads == line.threads


@given(lines())
def test_the_table_holds_every_vision_attribute_and_credit(line: Line) -> None:
    told = {point.id for row in rows(line) for point in row.cells if point}
    wanted = {point.id for point in line.points if Column.VISION <= point.column <= Column.CREDIT}
    assert told == wanted


@given(lines())
def test_what_passes_through_a_point_is_connected_with_it(line: Line) -> None:
    for point in line.points:
        part = through(line, point.id)
        assert point.id in part.by_id
        for other in part.points:
            assert other.column != point.column or other.id == point.id or _linked(part, point.id, other.id)


def _linked(line: Line, one: UUID, other: UUID) -> bool:
    return bool(line.onward.get(other) or line.back.get(other))


@given(lines())
def test_no_box_lies_on_another_one_and_all_lie_in_the_picture(line: Line) -> None:
    layout = laid_out(line)
    for column in Column:
        boxes = [layout.boxes[point.id] for point in line.column(column)]
        for above, below in pairwise(boxes):
            assert above.y + above.height < below.y
        assert all(box.y >= 0 and box.y + box.height <= layout.height for box in boxes)


def test_an_attribute_that_no_credit_serves_breaks_the_line_only_once_there_are_credits() -> None:
    attribute, credit = Point(uuid4(), Column.ATTRIBUTE, "Curious"), Point(uuid4(), Column.CREDIT, "Inquiry")
    assert broken(line_of([attribute], []), attribute) == (False, False)
    alone = line_of([attribute, credit], [])
    assert (broken(alone, attribute), broken(alone, credit)) == ((False, True), (True, False))
    tied = line_of([attribute, credit], [(attribute.id, credit.id)])
    assert (broken(tied, attribute), broken(tied, credit)) == ((False, False), (False, False))
