"""What of a question may be kept: no word that may point to someone, no conversation, and no hour."""

from dataclasses import replace

from django.utils.translation import gettext as _

from core.errors import Refusal
from search.address import Address
from search.facets import OPEN_NOW, clean_filters, labels_of, load_terms
from search.listening import heard
from search.page.refine import chips_of
from search.query import SearchPage
from search.understanding.places import places, unknown_place


def to_keep(asked: Address) -> Address:
    """Leave out what is of one conversation, of one page and of today, and every filter that we do not know."""
    terms, known = load_terms(), places()
    filters = {}
    for group, values in clean_filters(asked.filters, terms, known).items():
        names = known.names if group == "municipality" else labels_of(group, terms)
        if kept := tuple(sorted(value for value in values if value in names and value != OPEN_NOW)):
            filters[group] = kept
    return Address(
        text=asked.text, where=asked.where, filters=filters, within=asked.within, sort=asked.sort,
        as_typed=asked.as_typed,
    )  # fmt: skip


def refuse_someone(asked: Address, page: SearchPage) -> None:
    """Raise Refusal when the words may point to one person, or tell of danger: of that we write nothing down."""
    if unknown_place(asked.where):
        raise Refusal(_("We do not know this place. Choose a municipality or a postcode, and save again."))
    if page.understood.danger:
        raise Refusal(_("Of this question we write nothing down."))
    if asked.text and not heard.holds_nobody(asked.text, page):
        raise Refusal(
            _(
                "There may be something of a person in this question: a name, a number, an address or a day. Take it "
                "out, and save again."
            )
        )


def title_of(asked: Address, page: SearchPage) -> str:
    """Name a question for who saved it: its words, then what was chosen."""
    # What was read in the words stands in the words.
    chosen = [chip.value for chip in chips_of(replace(page, understood=replace(page.understood, chips=())), asked)]
    return " · ".join(part for part in dict.fromkeys([asked.text, *chosen]) if part)
