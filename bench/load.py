"""The fixed load of the bench: eleven kinds of questions, drawn once from the words of the invented catalogue."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench.make_catalogue import WORDS

PER_KIND = 20
SEED = 11
PLACES = ("Brugge", "Zedelgem", "Oostkamp", "Gent", "Mol", "Geel", "Hasselt", "Leuven", "Mechelen", "Kortrijk", "9000")
EVERYDAY = (
    "ik kan mijn rekening niet betalen", "mijn man slaat me", "te weinig eten in huis", "ik slaap slecht van stress",
    "niemand om mee te praten", "mijn kind wil niet naar school", "ik begrijp de brief niet", "geen geld voor dokter",
    "de deurwaarder stond aan de deur", "ik moet uit mijn huis", "ik zoek een slaapplaats", "mijn moeder vergeet alles",
    "elektriciteit wordt afgesloten", "ik drink te veel", "werk zoeken zonder diploma", "ik spreek geen nederlands",
    "te oud om zelf te koken", "mijn ziekenhuisrekening is te hoog", "scheiden met kinderen", "ruzie met de huisbaas",
)  # fmt: skip
ELSEWHERE = (
    "food bank", "debt help", "housing", "banque alimentaire", "logement social", "aide alimentaire", "social housing",
    "learn dutch", "cours de néerlandais", "psychologist", "psychologue", "legal aid", "avocat gratuit", "childcare",
    "crèche", "home care", "aide à domicile", "homeless shelter", "sans abri", "wheelchair",
)  # fmt: skip
ACRONYMS = (
    "OCMW", "O.C.M.W.", "caw", "C.A.W.", "CLB", "vdab", "vaph", "V.A.P.H.", "ggz", "cgg", "wzc", "lac", "pvb", "ibo",
    "okan", "nt2", "mmc", "kdv", "osb", "dvo",
)  # fmt: skip
SYNONYMS = (
    "rusthuis", "kuisvrouw", "den dop", "mutualiteit", "voogd", "psychiater", "bejaarden", "invalide", "crèche",
    "kredieten", "gokken", "wasserij", "tandarts", "juridische bijstand", "asielzoeker", "eenzaam", "taxi", "pc",
    "huisbaas", "borg",
)  # fmt: skip
OPENING = ("open nu", "vanavond", "zaterdag", "zondag", "open zaterdagvoormiddag", "na 17 uur", "woensdagnamiddag")
FREE = ("gratis", "zonder afspraak", "aan huis", "in het Turks", "zonder verwijzing")


@dataclass(frozen=True)
class Question:
    """One question of the load."""

    kind: str
    text: str


def load() -> list[Question]:
    """Give all questions, the same ones every time."""
    chance = random.Random(SEED)  # noqa: S311 (a bench, no secret)
    return [Question(kind, text) for kind, make in KINDS.items() for text in make(chance)]


def _compound(chance: random.Random) -> tuple[str, str]:
    words = WORDS["needs"][chance.choice(list(WORDS["needs"]))]
    return chance.choice(words["left"]).strip(), chance.choice(words["right"])


def _each(make: Callable[[str, str, random.Random], str]) -> Callable[[random.Random], Iterator[str]]:
    def questions(chance: random.Random) -> Iterator[str]:
        for _number in range(PER_KIND):
            yield make(*_compound(chance), chance)

    return questions


def _typo(left: str, right: str, chance: random.Random) -> str:
    word = left + right
    at = chance.randrange(1, len(word) - 1)
    return chance.choice((word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:],
                          word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]))  # fmt: skip


def _listed(texts: tuple[str, ...]) -> Callable[[random.Random], Iterator[str]]:
    return lambda chance: iter(texts[:PER_KIND])


KINDS: dict[str, Callable[[random.Random], Iterator[str]]] = {
    "exact": _each(lambda left, right, chance: left + right),
    "apart": _each(lambda left, right, chance: f"{left} {right}"),
    "part": _each(lambda left, right, chance: chance.choice((left, right))),
    "synonyms": _listed(SYNONYMS),
    "acronyms": _listed(ACRONYMS),
    "typos": _each(_typo),
    "place": _each(lambda left, right, chance: f"{left}{right} {chance.choice(PLACES)}"),
    "hours and ways": _each(lambda left, right, chance: f"{left}{right} {chance.choice(OPENING + FREE)}"),
    "everyday": _listed(EVERYDAY),
    "unfinished": _each(lambda left, right, chance: (left + right)[: chance.randint(3, len(left + right) - 1)]),
    "elsewhere": _listed(ELSEWHERE),
}
