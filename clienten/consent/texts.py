"""What is read before someone says yes: versioned texts in Dutch and the helper languages. A text is never changed.

A change of meaning is a new file in `texts/`; the test of this module holds the fingerprint of each file that was used.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from clienten.rules import TEXT_VERSION

FOLDER = Path(__file__).parent / "texts"
DUTCH = "nl"
QUESTION = "question"
# What the receiver may tell back: a sentence of its own, not something that they see.
FEEDBACK = "feedback_"


@dataclass(frozen=True)
class Wording:
    """The text as one person read it: this receiver, these items, in one language."""

    version: str
    language: str
    name: str
    direction: str
    ask: str
    also: str
    items: tuple[str, ...]
    told: tuple[str, ...]
    until: str
    back: str

    @property
    def lines(self) -> list[str]:
        """Give the text line by line, as it is read aloud."""
        return [self.ask, self.also, *(f"– {item}" for item in self.items), *self.told, self.until, self.back]

    @property
    def digest(self) -> str:
        """Give the fingerprint of exactly this text."""
        return hashlib.sha256("\n".join([self.version, self.language, *self.lines]).encode()).hexdigest()


@cache
def _file(version: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((FOLDER / f"{version}.json").read_text(encoding="utf-8"))
    return content


def versions() -> list[str]:
    """Name every version that was ever read to someone, oldest first."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def languages(version: str = TEXT_VERSION) -> dict[str, str]:
    """Give the languages of a version with their own names, Dutch first."""
    return {code: text["name"] for code, text in _file(version)["languages"].items()}


def known_language(wanted: str, version: str = TEXT_VERSION) -> str:
    """Give the language that was asked when there is a text in it; else Dutch."""
    return wanted if wanted in languages(version) else DUTCH


def wording(
    *, receiver: str, sender: str, items: Iterable[str], language: str = DUTCH, version: str = TEXT_VERSION
) -> Wording:
    """Write the text for one receiver and these items; the question itself is always told."""
    text = _file(version)["languages"][known_language(language, version)]
    wanted = sorted(set(items) - {QUESTION}, key=lambda item: [*text["items"], item].index(item))
    named = tuple(item_label(item, text["items"], sender) for item in wanted if not item.startswith(FEEDBACK))
    told = [item_label(item, text["items"], sender) for item in wanted if item.startswith(FEEDBACK)]
    return Wording(
        version=version,
        language=known_language(language, version),
        name=text["name"],
        direction=text["dir"],
        ask=text["ask"].format(receiver=receiver),
        also=text["also"] if named else text["only"],
        items=named,
        told=tuple(f"{one[:1].upper()}{one[1:]}." for one in told),
        until=text["until"],
        back=text["back"],
    )


def item_label(item: str, labels: Mapping[str, str], sender: str) -> str:
    """Name an item as the client reads it; one that this version does not know keeps its code."""
    return labels.get(item, item).format(sender=sender)


@dataclass(frozen=True)
class PageWords:
    """The sentences of the page on the client's own device, in one language."""

    language: str
    direction: str
    words: Mapping[str, str]
    labels: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        """Let a template ask for a sentence: `nl.title`."""
        return self.words[name]


def page_lines(language: str) -> Mapping[str, str]:
    """Give the sentences of the client's page with their names in braces; none for a language without a text."""
    text = _file(TEXT_VERSION)["languages"].get(language)
    return text["page"] if text else {}


def page_words(language: str, *, receiver: str, sender: str, version: str = TEXT_VERSION) -> PageWords:
    """Give the sentences of the client's page in one language."""
    text = _file(version)["languages"][known_language(language, version)]
    filled = {name: line.format(receiver=receiver, sender=sender) for name, line in text["page"].items()}
    labels = {item: label.format(sender=sender) for item, label in text["items"].items()}
    return PageWords(known_language(language, version), text["dir"], filled, labels)
