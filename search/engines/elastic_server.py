"""An Elasticsearch server: the connection, which index is live, and how far each has read."""

import time
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext_noop as _
from elasticsearch import Elasticsearch, NotFoundError

from search.changes.outbox import Cursor, lost_track
from search.engines import elastic_schema, index
from search.engines.base import EngineDownError
from search.engines.breaker import Breaker
from search.engines.elastic import SEARCH_SECONDS, WRITE_SECONDS, ElasticEngine, reaching
from search.models.numbers import Numbers
from search.understanding.vocabulary import Vocabulary

# How long the name of the live index is taken for granted.
NAME_KEPT_SECONDS = 15.0
CONNECTIONS = 4


class Server:
    """One server with our alias on it, and the breaker of this process."""

    def __init__(self, hosts: Sequence[str], alias: str) -> None:
        self.alias = alias
        self.cursors = f"{alias}-cursors"
        self.client = Elasticsearch(
            hosts=list(hosts),
            request_timeout=SEARCH_SECONDS,
            max_retries=len(hosts) - 1,
            connections_per_node=CONNECTIONS,
        )
        self.admin = self.client.options(request_timeout=WRITE_SECONDS)
        self.breaker = Breaker()
        # Not known to be in step: true after a start and after each failure.
        self.may_be_behind = True
        self._live = ""
        self._live_at = 0.0

    def engine(self) -> ElasticEngine:
        """Give the engine of the live index. Raises EngineDownError when there is none that this version can read."""
        if not self._live or time.monotonic() - self._live_at > NAME_KEPT_SECONDS:
            self.look_again()
        return self.engine_of(self.alias)

    def engine_of(self, name: str) -> ElasticEngine:
        """Give the engine of one index."""
        return ElasticEngine(self.client, name, nearby_words)

    def look_again(self) -> str:
        """Give the name of the live index. Raises EngineDownError when it is missing or of another making."""
        self._live = ""
        name = next(iter(self.live_names()), "")
        if not name:
            raise EngineDownError(_("no index on the server, run search_reindex"))
        if not name.startswith(f"{self.alias}-{generation()}-"):
            raise EngineDownError(_("the index on the server is of another version, run search_reindex"))
        if lost_track(self.cursor_of(name)):
            raise EngineDownError(_("the index on the server missed changes, run search_reindex"))
        self._live, self._live_at = name, time.monotonic()
        return name

    def live_names(self) -> list[str]:
        """Give the index that readers see, in a list that may be empty."""
        with reaching():
            try:
                return list(self.client.indices.get_alias(name=self.alias))
            except NotFoundError:
                return []

    def cursor_of(self, name: str) -> "ServerCursor":
        """Tell how far an index has read the changes."""
        return ServerCursor(self, name)

    def names(self) -> list[str]:
        """Give all our indexes, the oldest first."""
        with reaching():
            found = self.admin.indices.get(index=f"{self.alias}-*-*", expand_wildcards="open", features="aliases")
        return sorted(found, key=lambda name: int(name.rpartition("-")[2]))

    def create(self) -> str:
        """Make an empty index beside the live one; it shows nothing until it is refreshed."""
        name = f"{self.alias}-{generation()}-{time.time_ns()}"
        small = {"number_of_shards": 1, "auto_expand_replicas": "0-1"}
        with reaching():
            self.admin.options(ignore_status=400).indices.create(index=self.cursors, settings=small)
            made = elastic_schema.settings(refresh="-1")
            self.admin.indices.create(index=name, settings=made, mappings=elastic_schema.mapping())
        return name

    def settle(self, name: str) -> None:
        """Let a filled index show new records by itself."""
        with reaching():
            self.admin.indices.put_settings(index=name, settings={"refresh_interval": elastic_schema.REFRESH})
            self.admin.indices.refresh(index=name)

    def point_at(self, name: str) -> None:
        """Let all readers see this index from now on, in one move."""
        moves: list[dict[str, Any]] = [
            {"remove": {"index": f"{self.alias}-*-*", "alias": self.alias, "must_exist": False}},
            {"add": {"index": name, "alias": self.alias}},
        ]
        with reaching():
            self.admin.indices.update_aliases(actions=moves)
        self._live = ""

    def remove(self, names: Iterable[str]) -> None:
        """Take indexes away, with what they remember of their place."""
        with reaching():
            for name in names:
                self.admin.indices.delete(index=name, ignore_unavailable=True)
                self.admin.options(ignore_status=404).delete(index=self.cursors, id=name)

    def size_of(self, name: str) -> tuple[int, int]:
        """Give how many records an index holds, and how many bytes that takes."""
        with reaching():
            found = self.client.indices.stats(index=name, metric=["docs", "store"])["indices"][name]["primaries"]
        return int(found["docs"]["count"]), int(found["store"]["size_in_bytes"])

    def push_synonyms(self, lines: Iterable[str]) -> None:
        """Give the server our rules in Solr's format, for who asks it directly; our own searches do not read them."""
        rules = [{"id": str(number), "synonyms": line} for number, line in enumerate(lines)]
        with reaching():
            self.admin.synonyms.put_synonym(id=self.alias, synonyms_set=rules)


class ServerCursor(Cursor):
    """How far an index on the server has read, kept on the server so that all nodes share it.

    Two nodes that write at once may set it back a little: then some changes are read twice, which harms nothing.
    """

    def __init__(self, server: Server, name: str) -> None:
        self._server = server
        self._name = name

    def _kept(self) -> dict[str, Any]:
        """Read what the server keeps. Raises EngineDownError."""
        with reaching():
            try:
                return dict(self._server.client.get(index=self._server.cursors, id=self._name)["_source"])
            except NotFoundError:
                return {}

    def _keep(self, position: int, read: Numbers) -> None:
        with reaching():
            self._server.client.index(
                index=self._server.cursors,
                id=self._name,
                document={"position": position, "read": read.ranges},
            )


def generation() -> str:
    """Give a name that changes when the same catalogue would be written to the server differently."""
    return f"{index.generation()}{elastic_schema.SCHEMA_VERSION}"


def nearby_words() -> Vocabulary | None:
    """Give the words of the node's own index: they are the same, and need no journey."""
    try:
        return index.engine().vocabulary()
    except EngineDownError:
        return None
