"""What people in the demo region looked for lately, and what they reported as missing: invented counts, no people."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from django.utils import timezone

from gebied.models import Municipality
from search.listening import gap_table, tally
from search.listening.tally import Question
from search.models import Asked, GapStep, GapWords
from sociale_kaart.models import Gap, Service, TaxonomyTerm
from sociale_kaart.models.gap import GapOrigin

ZONE = "WE40"
LAST_DAYS = 84
MILLISECONDS = 9
SOME, LOW_RANK = 6, 8
# What was asked; how often; how often opened; how many of those below the fifth place.
WELL = [
    ("schulden", 61, 48, 3), ("huur", 44, 35, 2), ("psycholoog", 39, 30, 4), ("voedselpakket", 33, 29, 0),
    ("nederlands leren", 27, 22, 1), ("poetshulp", 31, 24, 2), ("kinderopvang", 36, 27, 3), ("tolk", 19, 15, 0),
    ("advocaat", 22, 17, 1), ("verslaving", 17, 13, 0), ("mantelzorg", 15, 11, 1), ("kringwinkel", 12, 10, 0),
]  # fmt: skip
NOTHING = [
    ("tandarts zonder voorschot", 14), ("stookolietank", 7), ("opvang voor hond", 9), ("rijbewijs theorie", 11),
    ("nachtopvang koppels", 8), ("zwemles volwassenen", 6), ("hoortoestel lenen", 5), ("trouwring verpand", 3),
]  # fmt: skip
WEAK = [
    ("logopedie turks", 10, 6, 2), ("verhuizen zonder geld", 13, 9, 4), ("babyspullen gratis", 12, 10, 5),
    ("diabetes begeleiding thuis", 7, 4, 1), ("school na de school", 6, 3, 1),
]  # fmt: skip
CORRECTED = [
    ("psygoloog", "psycholoog", 18, 15), ("kinderbijslach", "kinderbijslag", 9, 7), ("shulden", "schulden", 8, 7),
    ("belastigen", "belastingen", 7, 5), ("mutalitiet", "mutualiteit", 6, 4),
]  # fmt: skip
REJECTED = [("buurtpol", "buurtpot", 6), ("sneukeltocht", "sneukelt", 5)]
LOW = [("brief lezen", 16, 13, 9), ("computer hulp", 14, 11, 7), ("uit huis gezet", 12, 10, 6)]

# Need, how often in Beernem, Jabbeke, Oostkamp and Zedelgem, and what is done about it.
TOWNS = ("Beernem", "Jabbeke", "Oostkamp", "Zedelgem")
GAPS: list[tuple[str, tuple[int, int, int, int], str]] = [
    ("shelter", (7, 0, 5, 12), "Op stuurgroep 3 dec."),
    ("transport", (9, 6, 3, 2), "Rijdienst zoekt chauffeurs"),
    ("health", (3, 5, 4, 6), ""),
    ("mind", (2, 0, 6, 5), ""),
    ("newcomers", (0, 2, 0, 4), "Noor vraagt de tolkdienst"),
    ("housing", (5, 3, 8, 7), "Zeven Daken bekijkt leegstand"),
]
SAID = [
    ("shelter", "een bed voor een koppel"), ("shelter", "opvang waar de hond mee mag"),
    ("transport", "vervoer naar het ziekenhuis na 18 u."), ("health", "een tandarts zonder voorschot"),
    ("mind", "een psycholoog die Turks spreekt"), ("newcomers", "een tolk Tigrinya"),
    ("housing", "een kamer die je met een uitkering kunt betalen"),
]  # fmt: skip


def load() -> None:
    """Fill the counts and the register once; never over what people asked since."""
    today = timezone.localdate()
    if not Asked.objects.exists():
        tally.write([*_asked(today), *_opened(today)])
    if not Gap.objects.filter(origin=GapOrigin.SEARCH).exists():
        _load_gaps(today)


def _asked(today: date) -> Iterator[tally.Note]:
    for text, times, opened, low in [*WELL, *LOW]:
        yield from _spread(Question(today, text, ZONE), times, opened, low)
    for text, times in NOTHING:
        yield from _spread(Question(today, text, ZONE, level=1, found=False), times)
    for text, times, opened, low in WEAK:
        yield from _spread(Question(today, text, ZONE, level=1), times, opened, low)
    for text, meant, times, opened in CORRECTED:
        yield from _spread(Question(today, text, ZONE, correction="shown", meant=meant), times, opened)
    for text, meant, times in REJECTED:
        yield from _spread(Question(today, text, ZONE, correction="shown", meant=meant), times)
        yield from _spread(Question(today, text, ZONE, level=1, found=False, correction="rejected"), times)


def _spread(asked: Question, times: int, opened: int = 0, low: int = 0) -> Iterator[tally.Note]:
    """Give the same question on so many days; most of them lately."""
    for number in range(times):
        day = asked.day - timedelta(days=number * number * LAST_DAYS // (times * times))
        question = replace(asked, day=day)
        yield tally.asked(question, again=False, total=SOME if asked.found else 0, milliseconds=MILLISECONDS)
        if number < opened:
            is_low = number < low
            counts = {"opened": 1, "low": int(is_low), "rank_sum": LOW_RANK if is_low else 1}
            yield tally.Note(question, counts)


def _opened(today: date) -> Iterator[tally.Note]:
    """Let some services be opened more than others."""
    keys = Service.objects.public().order_by("name", "pk").values_list("pk", flat=True)
    for number, key in enumerate(keys):
        choice = tally.Choice(today - timedelta(days=number % LAST_DAYS), key)
        yield tally.Note(choice, {"times": 1 + number * 7 % 23})


def _load_gaps(today: date) -> None:
    needs = {need.code: need for need in TaxonomyTerm.objects.needs()}
    quarters = gap_table.periods(today)[:3]
    for code, counts, step in GAPS:
        for before, quarter in enumerate(quarters):
            _load_gap(needs[code], [max(count - 2 * before, 0) for count in counts], quarter)
        if step:
            GapStep.objects.get_or_create(need=needs[code], defaults={"text": step, "since": today})
    month = today.replace(day=1)
    GapWords.objects.bulk_create(GapWords(need=needs[code], month=month, words=words) for code, words in SAID)


def _load_gap(need: TaxonomyTerm, counts: list[int], quarter: gap_table.Period) -> None:
    """Spread these over the days of a quarter, or over what has passed of it."""
    days = (quarter.last - quarter.first).days + 1
    for town, count in zip(TOWNS, counts, strict=True):
        where = Municipality.objects.named(town).get()
        Gap.objects.bulk_create(
            Gap(day=quarter.last - timedelta(days=number * 17 % days), origin=GapOrigin.SEARCH, need=need,
                municipality=where)
            for number in range(count)
        )  # fmt: skip
