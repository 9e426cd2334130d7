"""Rules as text in Solr's format, in and out; what Solr has no word for stands in remarks that it skips.

A remark that begins with `#:` is ours: it holds a whole rule of another kind, or something about the next rule.
Solr and Elasticsearch read the synonyms and skip the rest; we read everything back.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from search.rules.draft import EQUAL, KEEP, ONE_WAY, PART, WHOLE, Draft

OURS = "#:"
# The words of the file itself; Dutch, because editors open it.
WORD_RULES = {KEEP: "nooit verbeteren", PART: "woorddeel", WHOLE: "nooit splitsen"}
KINDS = {name: kind for kind, name in WORD_RULES.items()}
NOTE, OFF = "noot", "uit"
# A backslash takes the next sign literally.
SIGN = re.compile(r"\\(.)|(=>)|(,)|(#)|([^\\=,#]+|.)")


class Line(NamedTuple):
    """A rule with the number of the line that it stands on."""

    number: int
    draft: Draft


class Fault(NamedTuple):
    """A line that is no rule, and why: "arrows" or "remark"."""

    number: int
    why: str
    text: str


class _Sides(NamedTuple):
    left: tuple[str, ...]
    right: tuple[str, ...]
    arrows: int
    remark: str


def read(text: str) -> Iterator[Line | Fault]:
    """Read every rule of a file in order; empty lines and remarks of others are skipped."""
    note = ""
    for number, raw in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        line = raw.strip()
        if not line.startswith(OURS):
            if line and not line.startswith("#"):
                yield _synonyms(number, line, note)
                note = ""
            continue
        name, _colon, rest = (piece.strip() for piece in line.removeprefix(OURS).partition(":"))
        if name == NOTE:
            note = rest
            continue
        yield _ours(number, name, rest, note)
        note = ""


def _ours(number: int, name: str, rest: str, note: str) -> Line | Fault:
    """Read a rule behind `#:`, switched off or not."""
    if name in KINDS:
        return Line(number, Draft(KINDS[name], _cut(rest).left, note=note))
    if name != OFF:
        return Fault(number, "remark", name)
    inner, _colon, words = (piece.strip() for piece in rest.partition(":"))
    read_as = _ours(number, inner, words, note) if inner in KINDS else _synonyms(number, rest, note)
    return Line(number, _switched_off(read_as.draft)) if isinstance(read_as, Line) else read_as


def _switched_off(draft: Draft) -> Draft:
    return Draft(draft.kind, draft.left, draft.right, draft.note, active=False)


def _synonyms(number: int, line: str, note: str) -> Line | Fault:
    sides = _cut(line)
    if sides.arrows > 1:
        return Fault(number, "arrows", line)
    note = note or sides.remark
    if sides.arrows:
        return Line(number, Draft(ONE_WAY, sides.left, sides.right, note))
    return Line(number, Draft(EQUAL, sides.left[:1], sides.left[1:], note))


def _cut(line: str) -> _Sides:
    """Cut a line at its commas and its arrow; what stands behind a # is a remark."""
    halves: list[list[str]] = [[""]]
    behind = ""
    for match in SIGN.finditer(line):
        literal, arrow, comma, remark, plain = match.groups()
        if remark:
            behind = line[match.end() :].strip()
            break
        if arrow:
            halves.append([""])
        elif comma:
            halves[-1].append("")
        else:
            # A comma can only part sides here: one that belongs to a side becomes a space, which says the same.
            halves[-1][-1] += " " if literal == "," else literal or plain
    right = _clean(halves[1]) if len(halves) > 1 else ()
    return _Sides(_clean(halves[0]), right, len(halves) - 1, behind)


def _clean(sides: Iterable[str]) -> tuple[str, ...]:
    spaced = (" ".join(side.split()) for side in sides)
    return tuple(dict.fromkeys(side for side in spaced if side))


def write(drafts: Iterable[Draft], heading: Iterable[str] = ()) -> Iterator[str]:
    """Write every rule, one line each, its note above it; `heading` are remarks on top."""
    yield from (f"# {line}" for line in heading)
    for draft in drafts:
        if draft.note:
            yield f"{OURS} {NOTE}: {' '.join(draft.note.split())}"
        line = _line(draft)
        if draft.active:
            yield f"{OURS} {line}" if draft.kind in WORD_RULES else line
        else:
            yield f"{OURS} {OFF}: {line}"


def _line(draft: Draft) -> str:
    if draft.kind in WORD_RULES:
        return f"{WORD_RULES[draft.kind]}: {_listed(draft.left)}"
    if draft.kind == ONE_WAY:
        return f"{_listed(draft.left)} => {_listed(draft.right)}"
    return _listed(draft.sides)


def _listed(sides: Iterable[str]) -> str:
    return ", ".join(_escaped(side) for side in sides)


def _escaped(side: str) -> str:
    """Keep the signs that mean something in the format."""
    return side.replace("\\", "\\\\").replace(",", "\\,").replace("#", "\\#").replace("=>", "\\=>")
