"""What a rule may not be, with the reason for people; knows no models."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from search.language.analyser import is_stop, words
from search.rules.draft import EQUAL, ONE_WAY, PART, SYNONYM_KINDS, WHOLE, Draft, Key, stems_of

LONGEST_PHRASE = 6
MOST_SIDES = 60
SHORTEST_PART = 3
LONGEST_NOTE = 300
# Small words that still say something inside a phrase: "kan niet meer", "gaan uit elkaar", "de was doen".
TELLING = frozenset({"niet", "niets", "geen", "nooit", "zonder", "uit", "was"})
SHORTEST_TELLING = 3


class Rules:
    """The rules that are there, for asking whether another one fits among them."""

    def __init__(self, drafts: Iterable[Draft] = ()) -> None:
        self._signatures: set[str] = set()
        self._said: dict[str, set[tuple[Key, Key]]] = defaultdict(set)
        self._one_way: dict[Key, set[Key]] = defaultdict(set)
        self._equal: set[tuple[Key, Key]] = set()
        for draft in drafts:
            self.add(draft)

    def add(self, draft: Draft) -> None:
        """Count this rule among the others; one that is switched off leads nowhere but is said."""
        self._signatures.add(draft.signature())
        if draft.active:
            self._said[_scope(draft)].update(draft.steps())
            if draft.kind == EQUAL:
                self._equal.update(draft.steps())
            elif draft.kind == ONE_WAY:
                for asked, found in draft.steps():
                    self._one_way[asked].add(found)

    def has(self, draft: Draft) -> bool:
        """Tell whether exactly this rule is there, in use or switched off."""
        return draft.signature() in self._signatures

    def says_already(self, draft: Draft) -> bool:
        """Tell whether the rules in use say all of this already."""
        return self._said[_scope(draft)].issuperset(draft.steps())

    def circle(self, draft: Draft) -> tuple[Key, ...]:
        """Give the words by which one-way rules come back to where they began, or nothing.

        Words that an equal rule joins may lead to each other.
        """
        if draft.kind != ONE_WAY:
            return ()
        steps: dict[Key, set[Key]] = defaultdict(set)
        for asked, found in draft.steps():
            if (asked, found) not in self._equal:
                steps[asked].add(found)
        ways = (self._way_back(asked, steps) for asked in list(steps))
        return next((way for way in ways if way), ())

    def _way_back(self, start: Key, more: dict[Key, set[Key]]) -> tuple[Key, ...]:
        """Look breadth first, so that the shortest circle is the one that is told."""
        ways: list[tuple[Key, ...]] = [(start, found) for found in sorted(more[start])]
        seen = set(more[start])
        for way in ways:
            for further in sorted(self._one_way.get(way[-1], set()) | more.get(way[-1], set())):
                if (way[-1], further) in self._equal:
                    continue
                if further == start:
                    return (*way, start)
                if further not in seen:
                    seen.add(further)
                    ways.append((*way, further))
        return ()


def _scope(draft: Draft) -> str:
    """Give what two rules must share to say the same: synonyms are compared with synonyms."""
    return "synonyms" if draft.kind in SYNONYM_KINDS else draft.kind


class Objection(NamedTuple):
    """What is wrong, for people, and at which side: "left", "right" or "note"."""

    text: str
    at: str = "left"

    def __str__(self) -> str:
        return self.text


def faults(draft: Draft, rules: Rules) -> list[Objection]:
    """Say everything that is wrong with this rule among these; nothing when it may be kept."""
    return _own(draft) or list(_among(draft, rules))


def faults_in_a_file(draft: Draft, rules: Rules) -> list[Objection]:
    """Say what is wrong, but let a rule say less than another: a file is kept whole."""
    return _own(draft) or list(_among(draft, rules, may_repeat=True))


def circles(draft: Draft, rules: Rules) -> Iterator[Objection]:
    """Say by which words this rule would lead back to itself."""
    way = rules.circle(draft)
    if way:
        text = _(
            "This goes round in a circle: %(way)s. If they mean the same, make it a rule of the kind ‘means the same’."
        )
        yield Objection(text % {"way": " → ".join(" ".join(key) for key in way)})


def _own(draft: Draft) -> list[Objection]:
    return [*_of_the_form(draft), *_of_the_sides(draft)]


def _of_the_form(draft: Draft) -> Iterator[Objection]:
    two_sided = draft.kind in SYNONYM_KINDS
    if not draft.left:
        yield Objection(_("Write at least one word."))
    if two_sided and not draft.right:
        yield Objection(_("Write here what else is to be found."), "right")
    if not two_sided and draft.right:
        yield Objection(_("This kind of rule is about single words. Leave this empty."), "right")
    if len(draft.sides) > MOST_SIDES:
        yield Objection(_("This rule has more than %(count)s words. Make several of it.") % {"count": MOST_SIDES})
    if len(draft.note) > LONGEST_NOTE:
        yield Objection(_("The note is longer than %(count)s characters.") % {"count": LONGEST_NOTE}, "note")


def _is_symbols(side: str, texts: list[str]) -> bool:
    return not texts


def _is_one_letter(side: str, texts: list[str]) -> bool:
    return all(len(text) == 1 for text in texts)


def _is_only_stop_words(side: str, texts: list[str]) -> bool:
    """Tell whether nothing is said; "kan niet meer" says something, though search skips each of its words."""
    tells = len(texts) >= SHORTEST_TELLING and not TELLING.isdisjoint(texts)
    return all(is_stop(text) for text in texts) and not tells


def _is_too_long(side: str, texts: list[str]) -> bool:
    return len(texts) > LONGEST_PHRASE


# The first that is true of a side is what is wrong with it.
SIDE_FAULTS: tuple[tuple[Callable[[str, list[str]], bool], Promise], ...] = (
    (_is_symbols, gettext_lazy("“%(side)s” holds no word.")),
    (_is_one_letter, gettext_lazy("“%(side)s” is a single letter: far too many questions would hit it.")),
    (_is_only_stop_words, gettext_lazy("“%(side)s” holds only small words that search skips.")),
    (_is_too_long, gettext_lazy("“%(side)s” is longer than %(longest)s words: nobody types it like that.")),
)


def _of_the_sides(draft: Draft) -> Iterator[Objection]:
    for at, sides in (("left", draft.left), ("right", draft.right)):
        for side in sides:
            what = _of_a_side(draft.kind, side)
            if what is not None:
                yield Objection(str(what) % {"side": side, "longest": LONGEST_PHRASE}, at)


def _of_a_side(kind: str, side: str) -> Promise | None:
    texts = [word.text for word in words(side) if not word.joined]
    # How words are cut may be told of small words too: "dag" in dagopvang, "mogelijk" that stays whole.
    checked = [one for one in SIDE_FAULTS if not (kind in (PART, WHOLE) and one[0] is _is_only_stop_words)]
    what = next((text for is_so, text in checked if is_so(side, texts)), None)
    return _of_a_word(kind, texts) if what is None and kind not in SYNONYM_KINDS else what


def _of_a_word(kind: str, texts: list[str]) -> Promise | None:
    if len(texts) > 1:
        return gettext_lazy("“%(side)s” is more than one word. This kind of rule is about single words.")
    if kind == PART and (len(texts[0]) < SHORTEST_PART or not texts[0].isalpha()):
        return gettext_lazy("“%(side)s” is too short to be part of a long word: three letters at least.")
    return None


def _among(draft: Draft, rules: Rules, *, may_repeat: bool = False) -> Iterator[Objection]:
    if rules.has(draft):
        yield Objection(_("This rule is there already."))
    elif not any(draft.steps()):
        yield Objection(_("All these words are one word for search already."))
    elif draft.active and not may_repeat and rules.says_already(draft):
        yield Objection(_("Other rules say all of this already."))
    elif draft.active:
        yield from circles(draft, rules)


def unknown(draft: Draft, is_known: Callable[[str], bool]) -> list[str]:
    """Give the sides of which no telling word stands in any listing."""
    return [side for side in draft.sides if not any(is_known(stem) for stem in stems_of(side))]


def finds_nothing(draft: Draft, without: Iterable[str]) -> bool:
    """Tell whether nothing that this rule leads to stands in a listing, so that it changes nothing yet."""
    return draft.kind in (EQUAL, ONE_WAY) and set(draft.found) <= set(without)
