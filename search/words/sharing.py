"""Gives the search server, when there is one, our synonyms in its own form; our own questions do not need it there."""

import logging
from collections.abc import Iterator
from itertools import islice

from search.engines.base import EngineDownError
from search.engines.server import server
from search.rules import solr
from search.rules.draft import SYNONYM_KINDS
from search.understanding.known import drafts_in_force

log = logging.getLogger(__name__)
# What the server takes in one set.
MOST_LINES = 10_000


def lines() -> Iterator[str]:
    """Give the synonyms in force, one line each, as Solr and Elasticsearch read them."""
    return solr.write(draft for draft in drafts_in_force() if draft.kind in SYNONYM_KINDS)


def share() -> None:
    """Push the synonyms. A server that is away gets them with the next change."""
    far = server()
    if far is None or far.breaker.is_open:
        return
    try:
        far.push_synonyms(islice(lines(), MOST_LINES))
    except EngineDownError as away:
        log.warning("words.not_shared %s", away)
        far.breaker.failed()
