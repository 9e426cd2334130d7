"""How long a yes lasts, which text was read with it, and by when a person is answered. No queries."""

from calendar import monthrange
from datetime import date, timedelta

# The text in clienten/consent/texts that is read now; a change of meaning is a new file beside it.
TEXT_VERSION = "2026-11"
# Never indefinite: a year at most, and thirty days after the end of the question.
LONGEST = timedelta(days=365)
AFTER_THE_END = timedelta(days=30)
# A person is answered within a month; when it is complex or there are many, two months later (art. 12.3 of the GDPR).
ANSWER_MONTHS, MORE_MONTHS = 1, 2
# A public body shows its documents within twenty days, or forty when it says why (Bestuursdecreet of 7 December 2018).
OPEN_DAYS, MORE_OPEN_DAYS = 20, 20
MONTHS_IN_YEAR = 12


def first_end(given_on: date, mandate_until: date | None = None) -> date:
    """Give the last day of a yes as long as the end of the question is not known; with a mandate it ends as well."""
    return min(given_on + LONGEST, mandate_until or date.max)


def end_after_closing(valid_until: date, closed_on: date) -> date:
    """Give the last day of a yes once the question is closed; never later than it was."""
    return min(valid_until, closed_on + AFTER_THE_END)


def months_on(day: date, months: int) -> date:
    """Go a number of months on, or back below zero; the last day of a month that does not have that day."""
    year, month = divmod(day.year * MONTHS_IN_YEAR + day.month - 1 + months, MONTHS_IN_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def answer_by(asked_on: date, *, openness: bool = False, longer: bool = False) -> date:
    """Give the last day to answer what was asked on a day; `openness` asks a public body for a document."""
    if openness:
        return asked_on + timedelta(days=OPEN_DAYS + longer * MORE_OPEN_DAYS)
    return months_on(asked_on, ANSWER_MONTHS + longer * MORE_MONTHS)
