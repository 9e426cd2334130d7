"""What colleagues of the demo saw to be wrong on a listing: two wait for an answer, one was put right."""

from demo.cast import BLAUWE_DEUR, INE, KARIM, LOTTE, WINDVANG, offer, someone
from sociale_kaart import corrections
from sociale_kaart.models import Correction
from sociale_kaart.models.correction import Outcome, Part

WAIT = [
    (
        BLAUWE_DEUR,
        "Blijven wonen",
        LOTTE,
        Part.HOURS,
        "Op vrijdag sluiten ze om 12 u. Ik stond voor de deur.",
    ),
    (BLAUWE_DEUR, "Samen een huis zoeken", KARIM, Part.REACHING, ""),
]
PUT_RIGHT = (WINDVANG, "Energieschulden", LOTTE, Part.WHOM, "Ook voor wie een budgetmeter heeft.")


def load() -> None:
    """Tell them once."""
    if Correction.objects.exists():
        return
    for slug, name, who, part, text in [*WAIT, PUT_RIGHT]:
        corrections.tell(offer(slug, name), part=part, text=text, by=someone(who))
    corrections.close(Correction.objects.get(service__name=PUT_RIGHT[1]), outcome=Outcome.ADOPTED, by=someone(INE))
