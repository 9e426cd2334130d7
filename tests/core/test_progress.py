"""The progress line: a bar for who watches, one line for who does not."""

from io import StringIO

import pytest

from core.progress import progress


class Screen(StringIO):
    """A terminal that someone watches."""

    def isatty(self):
        return True


def test_every_thing_passes_in_order():
    assert list(progress(range(5), total=5, what="rows", out=StringIO())) == [0, 1, 2, 3, 4]


def test_without_a_watcher_there_is_one_line_at_the_end():
    out = StringIO()

    list(progress(range(300), total=300, what="rows", out=out))

    assert out.getvalue().split("\r")[-1].strip() == "rows: 300 van 300"
    assert out.getvalue().count("\n") == 1


def test_a_watcher_sees_a_bar_that_fills():
    out = Screen()

    list(progress(range(3), total=3, what="rows", out=out))

    steps = out.getvalue().split("\r")
    assert [step.count("#") for step in steps[1:4]] == [10, 20, 30]
    assert "1 van 3" in steps[1]
    assert steps[-1].strip() == "rows: 3 van 3"


def test_a_long_road_draws_at_most_a_hundred_times():
    out = Screen()

    list(progress(range(25_000), total=25_000, what="rows", out=out))

    assert out.getvalue().count("[") <= 101


@pytest.mark.parametrize("out", [Screen, StringIO])
def test_nothing_to_do_is_said_too(out):
    screen = out()

    assert list(progress([], total=0, what="rows", out=screen)) == []

    assert "rows: 0 van 0" in screen.getvalue()


def test_things_are_passed_on_one_by_one():
    seen = []

    for thing in progress(iter(range(10)), total=10, what="rows", out=StringIO()):
        seen.append(thing)
        if thing == 2:
            break

    assert seen == [0, 1, 2]
