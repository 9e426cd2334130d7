"""How long a yes lasts, and which text was read with it. No queries."""

from datetime import date, timedelta

# The text in clienten/consent/texts that is read now; a change of meaning is a new file beside it.
TEXT_VERSION = "2026-11"
# Never indefinite: a year at most, and thirty days after the end of the question.
LONGEST = timedelta(days=365)
AFTER_THE_END = timedelta(days=30)


def first_end(given_on: date, mandate_until: date | None = None) -> date:
    """Give the last day of a yes as long as the end of the question is not known; with a mandate it ends as well."""
    return min(given_on + LONGEST, mandate_until or date.max)


def end_after_closing(valid_until: date, closed_on: date) -> date:
    """Give the last day of a yes once the question is closed; never later than it was."""
    return min(valid_until, closed_on + AFTER_THE_END)
