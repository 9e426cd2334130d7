"""What the rooms above add to a person's file: words, openers, and what must happen before a file goes.

Imports only go down, so this room does not know them: each adds its part in `AppConfig.ready`.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.functional import Promise

from clienten.models import ClientCard, Correction
from core.models import User

Actor = User | str
Opener = Callable[[Any], object]

# How a kind of row is called in the file that a person reads.
TITLES: dict[type[models.Model], str | Promise] = {}
# What else of a row a person should read beside its personal fields, and under which words.
ALSO: dict[type[models.Model], dict[str, str | Promise]] = {}
# What lies sealed in a row, opened: model -> field -> function of the row.
OPENERS: dict[type[models.Model], dict[str, Opener]] = {}
# What lies in a row as a code or in parts, in words for people: model -> field -> function of the row.
READERS: dict[type[models.Model], dict[str, Opener]] = {}
# Keys that lead to what another organization keeps of the same person, in a file of its own: model and field.
ELSEWHERE: set[tuple[type[models.Model], str]] = set()
# Called inside the transaction, before the rows go: take back, tell receivers.
BEFORE_ERASING: list[Callable[[ClientCard, Actor], None]] = []
# Each gives a reason, as a sentence for people, why a card may not be erased now; empty when it may.
KEEPERS: list[Callable[[ClientCard], str]] = []
# Each names the cards that are busy: something is open, or happened after this moment.
BUSY: list[Callable[[datetime], Iterable[UUID]]] = []
# Called after a correction was written down, inside its transaction; gives how many receivers were told.
TOLD_OF_CORRECTION: list[Callable[[Correction, User], int]] = []
