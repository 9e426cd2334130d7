"""What one transaction has noted as changed: each service once, and one waking of the index afterwards."""

from collections.abc import Callable, Iterable, Iterator

from django.db import connection, transaction


class Wake:
    """What happens after the commit; it knows what was noted, for an index reads the state after the commit."""

    def __init__(self, work: Callable[[], object]) -> None:
        self.noted: set[str] = set()
        self.calls = False
        self.is_over = False
        self._work = work

    def __call__(self) -> None:
        """Do the work, once for all that was noted."""
        self.is_over = True
        if self.calls:
            self._work()


def not_noted(ids: Iterable[str]) -> list[str]:
    """Keep what this transaction has not noted, or has noted in a part that may still be rolled back by itself."""
    noted = [one.noted for _points, one in _open()]
    return [pk for pk in dict.fromkeys(ids) if not any(pk in some for some in noted)]


def remember(ids: Iterable[str], work: Callable[[], object], *, wake: bool) -> None:
    """Remember what was noted until the commit, and then do `work` if someone asked to `wake`."""
    around = set(connection.savepoint_ids)
    here = next((one for points, one in _open() if points == around), None)
    fresh = here is None
    here = here or Wake(work)
    here.noted.update(ids)
    here.calls = here.calls or wake
    if fresh:
        transaction.on_commit(here, robust=True)


def forget() -> None:
    """Begin anew, because an index reads the rows now: what changes after this must be noted again."""
    for _points, one in _open():
        one.noted.clear()


def _open() -> Iterator[tuple[set[str], Wake]]:
    """Give those that only fall away when all that happens now is rolled back, with their savepoints."""
    around = set(connection.savepoint_ids)
    for entry in connection.run_on_commit:
        points, work = entry[0], entry[1]
        if isinstance(work, Wake) and not work.is_over and points <= around:
            yield points, work
