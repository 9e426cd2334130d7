"""What lies above what: an organization or a term that would come to lie above itself is no tree any more."""

from sociale_kaart.hsds.tables import Table

Above = dict[str, str]


class Lineage:
    """The links of tables to themselves, as they are in the database and as this run changes them."""

    def __init__(self) -> None:
        self._above: dict[str, Above] = {}

    def closes_a_circle(self, table: Table, column: str, pk: str, target: str) -> bool:
        """Tell whether `pk` already lies above what it should hang under."""
        above, passed, step = self._of(table, column), set[str](), target
        while step and step not in passed:
            if step == pk:
                return True
            passed.add(step)
            step = above.get(step, "")
        return False

    def hang(self, table: Table, column: str, pk: str, target: str | None) -> None:
        """Learn that `pk` hangs under something, or under nothing."""
        self._of(table, column)[pk] = target or ""

    def _of(self, table: Table, column: str) -> Above:
        if table.name not in self._above:
            rows = table.model._default_manager.exclude(**{column: None}).order_by()
            self._above[table.name] = dict(rows.values_list("pk", column))
        return self._above[table.name]
