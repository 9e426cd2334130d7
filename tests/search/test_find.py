"""The one door: what is found in the catalogue of the database, and how fresh it is."""

from datetime import datetime, timedelta

import pytest

from gebied.models import Municipality
from search.changes import outbox
from search.engines import index
from search.find import search
from search.fresh import sync
from search.models import Change
from search.query import SearchQuery
from sociale_kaart.changes import services_changed
from sociale_kaart.models import Address, CostOption, Language, Service, ServiceArea, TaxonomyTerm
from tests.factories.organisaties import OrganizationFactory
from tests.factories.search import listing
from tests.factories.sociale_kaart import ScheduleFactory, ServiceFactory

pytestmark = pytest.mark.django_db
MONDAY_MORNING = datetime(2026, 11, 23, 10, 0)
SUNDAY = datetime(2026, 11, 22, 10, 0)


def names(text="", **options):
    """Give the names that a question finds, strictly."""
    return [hit.card["name"] for hit in search(SearchQuery(text, **options)).hits]


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Do what happens after a commit."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_a_page_tells_where_when_and_what(places):
    listing("Schuldbemiddeling", summary="We maken een plan voor je schulden.", cost_kind="free", needs=["money"])

    page = search(SearchQuery("schulden zedelgem", now=MONDAY_MORNING))
    hit = page.hits[0]

    assert (page.total, page.level, page.engine) == (1, 0, "embedded")
    assert hit.card["place"] == "Zedelgem"
    assert hit.card["phone"] == "050 00 00 99"
    assert hit.open_now is True
    assert hit.km < 5
    assert "<mark>schulden</mark>" in hit.text_html
    assert set(hit.why) == {"schulden", "Zedelgem"}
    assert [(value.value, value.count) for value in page.facets["category"] if value.count] == [("money", 1)]
    assert [(value.label, value.count) for value in page.facets["municipality"] if value.count] == [("Zedelgem", 1)]


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("oppas gratis", {"cost_kind": "free"}), ("oppas zonder afspraak", {"walk_in": True}),
        ("oppas zonder verwijzing", {"referral_way": "self"}), ("oppas aan huis", {"home_visits": True}),
        ("oppas zonder wachtlijst", {}),
    ],
)  # fmt: skip
def test_what_meets_a_wish_stands_first_and_the_others_stay(text, wish):
    listing("Oppas A", takes_new_people=bool(wish))
    listing("Oppas B", **wish)

    assert names(text) == ["Oppas B", "Oppas A"]


def test_what_is_for_a_group_of_people_stands_before_what_is_for_all():
    for name, group in (("Sportclub A", ""), ("Sportclub B", "jongeren")):
        listing(name, eligibility_description=f"Voor {group}" if group else "Voor iedereen")

    assert names("sportclub voor jongeren") == ["Sportclub B", "Sportclub A"]


@pytest.mark.parametrize(
    ("listed", "text"),
    [
        ("Thuiszorg", "thuis zorg"), ("Thuiszorg", "thuis-zorg"), ("Budgetbegeleiding", "begeleiding budget"),
        ("Begeleiding van je budget", "budgetbegeleiding"), ("Schuldbemiddeling", "schuld"),
        ("O.C.M.W.", "ocmw"), ("OCMW", "o.c.m.w."), ("Schuldbemiddeling", "scholdbemiddeling"),
        ("Schuldbemiddeling", "schuldbem"), ("Voedselbank", "food bank"), ("Advocaat", "avocat"),
        ("Poetshulp", "poetsvrouw"),
    ],
)  # fmt: skip
def test_one_thing_is_found_however_it_is_written(listed, text):
    listing(listed)
    listing("Fietsles")

    assert names(text) == [listed]


def test_who_takes_nobody_now_stands_under_who_does():
    listing("Crisiswoning", summary="Een huis voor enkele weken.", takes_new_people=False)
    listing("Noodwoning", summary="Een huis voor enkele weken.")

    assert names("een huis voor enkele weken") == ["Noodwoning", "Crisiswoning"]


def test_open_now_follows_the_moment_of_asking():
    listing("Tandarts", hours="MO")

    assert [hit.open_now for hit in search(SearchQuery("tandarts", now=MONDAY_MORNING)).hits] == [True]
    assert [hit.open_now for hit in search(SearchQuery("tandarts", now=SUNDAY)).hits] == [False]
    assert names("tandarts", filters={"access": frozenset({"open_now"})}, now=MONDAY_MORNING) == ["Tandarts"]
    assert names("tandarts", filters={"access": frozenset({"open_now"})}, now=SUNDAY) == []
    assert names("tandarts", open_at=MONDAY_MORNING) == ["Tandarts"]


def test_a_day_of_closing_is_no_day_of_opening(time_machine):
    time_machine.move_to("2026-11-20T10:00:00+01:00")
    ScheduleFactory(
        service=listing("Tandarts", hours="MO"), byday="", opens_at=None, closes_at=None, valid_from="2026-11-23",
        valid_to="2026-11-24",
    )  # fmt: skip
    open_now = {"access": frozenset({"open_now"})}
    page = search(SearchQuery("tandarts", now=MONDAY_MORNING))

    assert page.hits[0].open_now is False
    assert {value.value: value.count for value in page.facets["access"]}["open_now"] == 0
    assert names("tandarts", filters=open_now, now=MONDAY_MORNING) == []
    assert names("tandarts", filters=open_now, now=MONDAY_MORNING + timedelta(days=7)) == ["Tandarts"]


def test_filters_understand_codes_and_labels():
    listing("Oppas", area=("Jabbeke",), cost_kind="free")

    for key, value in [("municipality", "Jabbeke"), ("municipality", "31012"), ("area", "jabbeke"), ("cost", "free")]:
        assert names("oppas", filters={key: frozenset({value})}) == ["Oppas"]
    assert names("oppas", filters={"municipality": frozenset({"Zedelgem"})}) == []
    assert names("oppas", filters={"municipality": frozenset({"Nergenshuizen"})}) == []
    assert names("oppas", filters={"zomaar": frozenset({"iets"})}) == ["Oppas"]


@pytest.mark.parametrize("area", ["WE40", "West-Vlaanderen", "Vlaanderen", "België"])
def test_a_wide_area_serves_every_municipality_in_it(area):
    listing("Tolk", area=(area,))

    assert names("tolk", area="Zedelgem", area_only=True) == ["Tolk"]
    assert names("tolk", filters={"municipality": frozenset({"Oostkamp"})}) == ["Tolk"]


@pytest.mark.parametrize(
    "name", ["provincie West-Vlaanderen", "Zedelgem, Jabbeke en Oostkamp", "Stad Zedelgem", "8210 Zedelgem"]
)
def test_an_area_in_free_words_is_understood(name):
    service = listing("Tolk", town="Brugge", area=())
    ServiceArea.objects.create(service=service, name=name)

    assert names("tolk", area="Zedelgem", area_only=True) == ["Tolk"]
    assert names("tolk", area="Gent", area_only=True) == []


def test_a_service_without_an_area_serves_where_its_door_is():
    listing("Tolk", town="Oostkamp", area=())

    assert names("tolk", area="Oostkamp", area_only=True) == ["Tolk"]
    assert names("tolk", area="Zedelgem", area_only=True) == []


def test_a_secret_address_leaves_no_trace():
    service = listing("Vluchthuis", town="Jabbeke", area=("Vlaanderen",))
    service.service_at_locations.get().location.__class__.objects.update(protected=True)

    hit = search(SearchQuery("vluchthuis")).hits[0]

    assert hit.position is None
    assert hit.card["place"] == ""
    assert names("Jabbeke voorbeeldstraat") == []


@pytest.mark.parametrize("change", [{"live": False}, {"status": "defunct"}, {"status": "inactive"}])
def test_what_may_not_be_seen_is_not_found(change):
    listing("Oppas", **change)

    assert names("oppas") == []


def test_an_edited_listing_is_found_at_once(commit):
    service = listing("Oppas")
    assert names("tuinhulp") == []

    with commit():
        service.name = "Tuinhulp"
        service.save()

    assert names("tuinhulp") == ["Tuinhulp"]
    assert names("oppas") == []


def test_a_new_one_is_found_and_a_hidden_one_is_gone_at_once(commit):
    assert names("") == []
    with commit():
        service = listing("Oppas")
    assert names("oppas") == ["Oppas"]
    with commit():
        service.live = False
        service.save()
    assert names("oppas") == []


def test_a_renamed_organization_follows_in_all_its_services(commit):
    house = OrganizationFactory(name="Het Oude Huis")
    for number in range(3):
        ServiceFactory(organization=house, name=f"Dienst {number}")
    assert len(names("oude huis")) == 3

    with commit():
        house.name = "De Nieuwe Deur"
        house.save()

    assert len(names("nieuwe deur")) == 3
    assert {hit.card["organization"] for hit in search(SearchQuery("nieuwe deur")).hits} == {"De Nieuwe Deur"}


@pytest.mark.parametrize("table", ["language", "cost", "address", "term", "area"])
def test_a_changed_row_under_a_service_is_followed(commit, table):
    service = listing("Oppas", needs=["care"])
    assert names("oppas") == ["Oppas"]

    with commit():
        if table == "language":
            Language.objects.create(service=service, code="ar", name="Arabisch")
        elif table == "cost":
            CostOption.objects.create(service=service, amount=0, amount_description="gratis")
        elif table == "address":
            Address.objects.filter(location__service_at_locations__service=service).get().save()
        elif table == "term":
            TaxonomyTerm.objects.get(code="care").save()
        else:
            service.service_areas.get().delete()

    assert Change.objects.filter(service_id=service.pk).exists()
    asked = {"language": {"language": {"ar"}}, "cost": {"cost": {"free"}}}.get(table, {})
    assert names("oppas", filters={key: frozenset(value) for key, value in asked.items()}) == ["Oppas"]


def test_rows_written_in_bulk_are_followed_by_the_signal_of_an_import(commit):
    assert names("") == []
    with commit():
        made = Service.objects.bulk_create([ServiceFactory.build(organization=OrganizationFactory(), name="Boottocht")])
        services_changed.send(sender=None, ids=[str(row.pk) for row in made])

    assert names("boottocht") == ["Boottocht"]


def test_a_process_that_was_killed_after_the_commit_loses_nothing():
    assert names("") == []
    listing("Oppas")  # written, but nobody ran what comes after the commit

    assert sync.is_behind()
    assert names("oppas") == ["Oppas"]
    assert not sync.is_behind()


def test_the_same_change_may_be_read_twice():
    service = listing("Oppas")
    assert names("oppas") == ["Oppas"]
    outbox.write([service.pk, service.pk])
    (index.current() / "cursor.json").unlink()

    assert names("oppas") == ["Oppas"]
    assert search(SearchQuery("")).total == 1


def test_a_change_that_commits_late_is_not_skipped():
    assert names("") == []
    late = Change(pk=10_000, service_id=listing("Oppas").pk)
    Change.objects.all().delete()
    Change.objects.create(pk=10_001, service_id="x")
    sync.catch_up()
    late.save(force_insert=True)

    assert names("oppas") == ["Oppas"]


def test_old_changes_are_forgotten_but_for_the_newest(time_machine):
    time_machine.move_to("2026-01-01T10:00:00+01:00")
    outbox.write(["x", "y"])
    time_machine.move_to("2026-03-01T10:00:00+01:00")

    assert sync.prune() == 1
    assert [change.service_id for change in Change.objects.all()] == ["y"]


def test_the_number_of_queries_does_not_grow_with_the_results(django_assert_num_queries):
    listing("Oppas")
    search(SearchQuery("oppas"))
    with django_assert_num_queries(3):
        assert len(search(SearchQuery("oppas")).hits) == 1

    for _number in range(29):
        listing("Oppas")
    search(SearchQuery("oppas"))
    with django_assert_num_queries(3):
        assert search(SearchQuery("oppas", size=30)).total == 30


def test_a_municipality_that_merged_is_still_known():
    assert Municipality.objects.named("Ham").exists()
    listing("Oppas", town="Ham", area=("Ham",))

    assert names("oppas ham") == ["Oppas"]


def test_of_several_needs_each_brings_its_own_services(keys):
    found = keys("schulden en alcohol")

    assert {"schuld-mol", "alcohol"} <= set(found[:6])


def test_of_several_needs_what_is_made_for_none_of_them_stands_below(ask):
    finder, result = ask("schulden en alcohol")
    names = {name for concept in finder._plan.needed for name in concept.names}

    assert finder._plan.several
    assert result.total == len(result.rows)
    assert names
    assert not {row.key for row in result.rows} & {row.key for row in result.related}


def test_what_only_mentions_the_words_stands_below_what_is_made_for_one_of_them(ask):
    finder, result = ask("huisbaas wil mij buiten", area="Mol")

    assert result.level == 0
    assert all(finder.ranking.is_made_for_one(row) for row in result.rows)


def test_what_has_every_word_fits_even_when_nothing_is_made_for_it():
    listing("Samen sterk", summary="Hier krijg je koffie en een kapotte fiets hersteld.")

    page = search(SearchQuery("kapotte fiets"))

    assert [hit.card["name"] for hit in page.hits] == ["Samen sterk"]
    assert page.level == 0


def test_below_few_results_stands_what_helps_with_the_same_need():
    listing("Rolstoelen lenen", needs=("disability",))
    listing("Wonen met steun", needs=("disability",))
    listing("Advocaat", needs=("law",))

    page = search(SearchQuery("rolstoelen"))

    assert [hit.card["name"] for hit in page.hits] == ["Rolstoelen lenen"]
    assert [hit.card["name"] for hit in page.related] == ["Wonen met steun"]


def test_a_mere_trace_of_the_words_is_no_answer_when_it_stands_under_other_needs():
    listing("Zelfmoordlijn", needs=("mind",))
    listing("Leven in de stad", summary="Samen leven en koken.", needs=("meeting",))

    page = search(SearchQuery("ik wil niet meer leven"))

    assert [hit.card["name"] for hit in page.hits] == ["Zelfmoordlijn"]
    assert page.related == []


def test_who_offers_it_tells_what_it_is_made_for(places):
    kriebels = OrganizationFactory(name="Kinderopvang De Kriebels")
    listing("Baby's en peuters", organization=kriebels, summary="Kinderopvang elke werkdag.")
    listing("Toch je diploma", summary="Met kinderopvang, want kinderopvang helpt. Kinderopvang is gratis.")

    assert names("childcare zedelgem")[0] == "Baby's en peuters"


def test_who_needs_an_interpreter_for_a_language_does_not_speak_it():
    for name, spoken in (("Tandarts Noord", "ar"), ("Tandarts Zuid", "")):
        service = listing(name, interpretation_services="Een tolk Arabisch kan mee.")
        if spoken:
            Language.objects.create(service=service, code=spoken, name="Arabisch")

    page = search(SearchQuery("tandarts arabisch"))

    assert [hit.card["name"] for hit in page.hits] == ["Tandarts Noord"]
    assert [(hit.card["name"], hit.missing) for hit in page.related] == [("Tandarts Zuid", ("Arabisch",))]
