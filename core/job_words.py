"""What jobs are called and what they count, for who runs the installation: on its page and on the command line."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# What jobs count; a count that is not here shows its own name.
COUNTED: dict[str, str | Promise] = {
    "sent": _("sent"), "put off": _("put off"), "put back": _("put back"), "paused": _("paused"),
    "near": _("told an hour before"), "notices": _("reminders"), "expired": _("given back"),
    "lapsed": _("consent ended"), "handed over": _("handed over"), "reminded": _("reminded"), "mails": _("mails"),
    "lines": _("lines"),
    "destroyed": _("destroyed"), "closed": _("closed again"), "swept": _("swept"), "copied": _("copied"),
    "tasks": _("tasks"), "dated": _("dated"), "kept": _("overviews mended"), "told": _("told to the network"),
    "prolonged": _("kept working"), "answers": _("waiting to be given out"), "unusual": _("told to who watches"),
    "announced": pgettext_lazy("files of persons", "announced"), "spared": pgettext_lazy("files of persons", "spared"),
    "erased": pgettext_lazy("files of persons", "erased"), "held": pgettext_lazy("files of persons", "held"),
    "forgotten": pgettext_lazy("counts", "forgotten"), "laid anew": pgettext_lazy("counts", "laid anew"),
    "lifted or lowered": _("lifted or lowered"), "moved with the calendar": _("moved with the calendar"),
}  # fmt: skip
# Job name to what an operator calls it; a job that is not here shows its own name.
TITLES: dict[str, str | Promise] = {
    "mails": _("Sending mails"),
    "queue": _("Taking up what a crash left"),
    "referrals": _("The clock of referrals"),
    "handovers": _("Reminders of calls and visits"),
    "saved searches": _("What is new for saved searches"),
    "absences": _("Handing over for who is away"),
    "publishing": _("Listings and pages that come and go"),
    "audit chain": _("Checking the audit chain"),
    "keys": _("Tidying the key store"),
    "search": _("The night of search"),
    "owners": _("Does every question have an owner?"),
    "talks": _("Does every open conversation have a worker?"),
    "copies": _("Copies of which the source is closed"),
    "gone": _("Marks of erased questions"),
    "receipts": _("Codes of sheets that are still needed"),
    "answers elsewhere": _("Do answers wait for another region?"),
    "forgetting": _("Removing what is old"),
    "news": _("News of the day, in one mail"),
    "files": _("Removing files that belong to nothing"),
    "retention": _("Keeping data no longer than needed"),
    "looking back": _("Emergency accesses that wait for a look back"),
    "unusual reading": _("Does someone look at unusually much?"),
    "incidents": _("Incidents that wait for a decision"),
    "questions about data": _("Questions about data that wait for an answer"),
    "virus scanner": _("Virus scanner (clamd)"),
    "search server": _("Search server (Elasticsearch)"),
    "cache server": _("Server of the cache (CACHE_URL)"),
}


def in_words(counts: Mapping[str, int]) -> str:
    """Say everything that a job counted."""
    return ", ".join(f"{COUNTED.get(name, name)}: {count}" for name, count in counts.items())


def outcome_in_words(outcome: str) -> str:
    """Say how a job ended, without what it did not find; a fault is said as it was kept."""
    parts = [part.partition(": ") for part in outcome.split(", ")]
    if not all(number.isdecimal() for _name, _sign, number in parts):
        return outcome
    return in_words({name: int(number) for name, _sign, number in parts if number != "0"})
