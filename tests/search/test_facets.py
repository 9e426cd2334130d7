"""Filters: counts of the strict results, several choices in a group, parts of a need, ease of entry, a moment."""

from datetime import timedelta

import pytest
from django.utils import timezone

from search.find import search
from search.query import SearchQuery
from sociale_kaart.models import Accessibility, Attribute, Language, Schedule, Taxonomy, TaxonomyTerm
from tests.factories.search import listing, need
from tests.factories.sociale_kaart import ScheduleFactory

pytestmark = pytest.mark.django_db
SATURDAY_NOON, MONDAY_TEN = "2026-11-28", "2026-11-23"


@pytest.fixture
def get(visitor):
    """Ask the page as a visitor."""
    return lambda query="": visitor.get(f"/zoeken/{query}")


@pytest.fixture
def find():
    """Ask the search itself."""
    return lambda **fields: search(SearchQuery(**fields))


def part_of(code, parent):
    """Give a part of a need."""
    above = need(parent)
    term, _new = TaxonomyTerm.objects.get_or_create(
        code=code, defaults={"taxonomy": above.taxonomy, "name": code.capitalize(), "parent": above}
    )
    return term


def about(service, term):
    """File a service under a term."""
    Attribute.objects.create(service=service, taxonomy_term=term)
    return service


def counts(page, group):
    """Give the counts of one facet by value."""
    return {one.value: one.count for one in page.facets[group]}


def test_two_values_of_a_group_widen_and_each_keeps_its_own_count(find):
    listing("Oppas", cost_kind="free")
    listing("Oppas", cost_kind="paid")
    listing("Oppas", cost_kind="low")
    page = find(text="oppas", filters={"cost": frozenset({"free", "paid"})})

    assert page.total == 2
    assert counts(page, "cost") | {} == {"free": 1, "low": 1, "income": 0, "paid": 1}
    assert {one.value for one in page.facets["cost"] if one.selected} == {"free", "paid"}


def test_values_of_two_groups_narrow(find):
    listing("Oppas", cost_kind="free", referral_way="self")
    listing("Oppas", cost_kind="free", referral_way="worker")

    filters = {"cost": frozenset({"free"}), "referral": frozenset({"self"})}
    assert find(text="oppas", filters=filters).total == 1


@pytest.mark.parametrize(
    "group", ["category", "municipality", "target", "language", "cost", "referral", "how", "access", "accessibility"]
)
def test_a_count_is_the_total_after_choosing_it(find, group):
    first = listing("Oppas", cost_kind="free", home_visits=True, needs=["money"])
    Accessibility.objects.create(location=first.service_at_locations.get().location, description="lift")
    Language.objects.bulk_create([Language(service=first, code="ar"), Language(service=first, code="tr")])
    groups = Taxonomy.objects.create(name="Doelgroepen", vocabulary="target_groups")
    about(first, TaxonomyTerm.objects.create(taxonomy=groups, vocabulary="target_groups", code="young", name="Jong"))
    listing("Oppas", cost_kind="paid", walk_in=True, takes_new_people=False, needs=["family", "money"])
    listing("Oppas", area=("Jabbeke", "Zedelgem"), referral_way="form")
    before = find(text="oppas")

    assert any(one.count for one in before.facets[group])
    for one in before.facets[group]:
        assert find(text="oppas", filters={group: frozenset({one.value})}).total == one.count


def test_a_need_holds_what_is_filed_under_its_parts(find):
    about(listing("Oppas", needs=["money"]), need("money"))
    about(listing("Oppas"), part_of("debts", "money"))
    about(listing("Oppas"), part_of("budget", "money"))

    assert find(filters={"category": frozenset({"money"})}).total == 3
    assert find(filters={"category": frozenset({"debts"})}).total == 1


def test_the_parts_of_a_need_show_under_it_once_it_is_chosen(get):
    about(listing("Oppas"), part_of("debts", "money"))
    need("family")
    without, chosen = get("?q=oppas"), get("?q=oppas&thema=money")

    def options(response):
        group = next(group for group in response.context["screen"].folded_groups if group.key == "category")
        return [(one.value, one.is_part) for one in group.options]

    assert options(without) == [("money", False)]
    assert options(chosen) == [("money", False), ("debts", True)]


def test_a_part_that_is_chosen_too_narrows_its_need(find):
    about(listing("Oppas", needs=["money"]), need("money"))
    about(listing("Oppas"), part_of("debts", "money"))
    page = find(text="oppas", filters={"category": frozenset({"money", "debts"})})

    assert page.total == 1
    assert {one.value for one in page.facets["category"] if one.selected} == {"money", "debts"}


def test_a_term_above_itself_ends_somewhere(find):
    term = part_of("debts", "money")
    TaxonomyTerm.objects.filter(code="money").update(parent=term)
    about(listing("Oppas"), term)

    assert find(filters={"category": frozenset({"debts"})}).total == 1
    assert find(filters={"category": frozenset({"debts", "money"})}).total in {0, 1}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["Ingang zonder trap", "Aangepast toilet"], {"step_free", "toilet"}),
        (["Twee treden aan de deur"], set()),
        (["Eén trede aan de deur, met oprijplaat"], {"step_free"}),
        (["Ingang zonder trap", "Twee treden"], set()),
        (["Lift", "Ringleiding voor hoorapparaten"], {"lift", "hearing"}),
        (["Voelpad voor wie niet ziet", "Rustige wachtruimte"], {"sight", "quiet"}),
        (["Parkeerplaats voor mensen met een handicap"], {"parking"}),
        (["Tillift"], set()),
    ],
)
def test_ease_of_entry_is_read_from_the_words_of_a_place(find, words, found):
    service = listing("Oppas")
    location = service.service_at_locations.get().location
    for description in words:
        Accessibility.objects.create(location=location, description=description)
    page = find(text="oppas")

    assert {value for value, count in counts(page, "accessibility").items() if count} == found


def test_a_protected_address_tells_nothing_of_its_entrance(find):
    service = listing("Oppas")
    location = service.service_at_locations.get().location
    location.protected = True
    location.save()
    Accessibility.objects.create(location=location, description="Ingang zonder trap")

    assert not any(counts(find(text="oppas"), "accessibility").values())


def test_twelve_values_show_first_and_all_on_demand(find, get):
    for code in ["fr", "en", "de", "ar", "tr", "uk", "ru", "fa", "ps", "bg", "ro", "pl", "es", "pt", "it"]:
        Language.objects.create(service=listing(f"Oppas {code}"), code=code)
    page = find(text="oppas")
    whole = find(text="oppas", whole_facets=frozenset({"language"}))
    chosen = find(text="oppas", filters={"language": frozenset({"tr"})})

    assert (len(page.facets["language"]), "language" in page.cut_facets) == (12, True)
    assert (len(whole.facets["language"]), "language" in whole.cut_facets) == (15, False)
    assert "tr" in counts(chosen, "language")
    assert "alles=taal" in get("?q=oppas").content.decode()
    assert "Toon minder" in get("?q=oppas&alles=taal").content.decode()


def test_a_chosen_value_without_results_stays_greyed_and_others_go(get):
    listing("Oppas", cost_kind="free")
    response = get("?q=oppas&prijs=paid")
    group = next(group for group in response.context["screen"].folded_groups if group.key == "cost")

    assert [(one.value, one.count, one.checked) for one in group.options] == [("free", 1, False), ("paid", 0, True)]


def test_a_moment_keeps_what_is_open_then(get):
    listing("Oppas in het weekend", hours="SA")
    listing("Oppas in de week", hours="MO")

    def names(query):
        return [row.hit.card["name"] for row in get(query).context["screen"].rows]

    assert names(f"?q=oppas&op={SATURDAY_NOON}&om=10:00") == ["Oppas in het weekend"]
    assert names(f"?q=oppas&op={MONDAY_TEN}") == ["Oppas in de week"]
    assert names(f"?q=oppas&op={MONDAY_TEN}&om=03:00") == []


def test_a_day_of_closing_counts_at_the_asked_moment(find, get):
    service = listing("Oppas", hours="MO")
    today = timezone.localdate()
    monday = today + timedelta(days=(7 - today.weekday()) % 7 or 7)
    ScheduleFactory(
        service=service, byday="", freq="", opens_at=None, closes_at=None, valid_from=monday, valid_to=monday
    )

    assert Schedule.objects.count() == 2
    assert get(f"?q=oppas&op={monday.isoformat()}").context["screen"].total == 0
    assert get(f"?q=oppas&op={(monday + timedelta(days=7)).isoformat()}").context["screen"].total == 1


def test_the_moment_is_a_chip_that_can_be_taken_away(get):
    listing("Oppas", hours="SA")
    chips = {chip.kind: chip for chip in get(f"?q=oppas&op={SATURDAY_NOON}&om=14:30").context["screen"].chips}

    assert chips["Open op"].value.startswith("zaterdag 28 november")
    assert "14.30 u." in chips["Open op"].value
    assert chips["Open op"].remove_url == "?q=oppas"


@pytest.mark.parametrize(
    "query", ["op=2026-11-31", "op=gisteren", "op=0001-01-01", "om=25:99", "om=half", "op=2026-11-28&om=x"]
)
def test_a_moment_that_does_not_exist_is_said_and_the_results_stay(get, query):
    listing("Oppas")
    response = get(f"?q=oppas&{query}")

    assert response.context["screen"].total == 1
    assert "Deze dag of dit uur kennen we niet." in response.content.decode()


def test_open_now_and_open_at_another_moment_both_hold(get):
    listing("Oppas", hours="SA")

    assert get(f"?q=oppas&nu=open_now&op={MONDAY_TEN}").context["screen"].total == 0


def test_only_what_lies_near_enough_stays_once_it_is_known_from_where(get):
    listing("Oppas hier", town="Zedelgem")
    far = listing("Oppas daar", town="Mol").service_at_locations.get().location
    far.latitude, far.longitude = 51.19, 5.11
    far.save()

    def total(query):
        return get(query).context["screen"].total

    assert (total("?q=oppas&binnen=10"), total("?q=oppas&binnen=10&waar=Zedelgem")) == (2, 1)
    assert "Hoe ver?" not in get("?q=oppas").content.decode()
    chips = {chip.kind: chip for chip in get("?q=oppas+zedelgem&binnen=10").context["screen"].chips}
    assert (chips["Binnen"].value, chips["Binnen"].remove_url) == ("10 km", "?q=oppas+zedelgem")
