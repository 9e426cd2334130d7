"""A set of whole numbers that mostly follow each other, kept as ranges."""

from collections.abc import Iterable, Iterator, Sequence


class Numbers:
    """`ranges` holds pairs of first and last, apart from each other and in order."""

    def __init__(self, ranges: Iterable[Sequence[int]] = ()) -> None:
        self.ranges: list[tuple[int, int]] = list(_joined((first, last) for first, last in ranges))

    def with_all(self, numbers: Iterable[int]) -> "Numbers":
        """Give these numbers and others."""
        return Numbers([*self.ranges, *((number, number) for number in numbers)])

    def above(self, floor: int) -> "Numbers":
        """Keep the numbers above `floor`."""
        return Numbers((max(first, floor + 1), last) for first, last in self.ranges if last > floor)

    def __contains__(self, number: int) -> bool:
        return any(first <= number <= last for first, last in self.ranges)


def _joined(ranges: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Put ranges in order, and those that touch together."""
    held: tuple[int, int] | None = None
    for first, last in sorted(ranges):
        if held and first <= held[1] + 1:
            held = held[0], max(held[1], last)
            continue
        if held:
            yield held
        held = first, last
    if held:
        yield held
