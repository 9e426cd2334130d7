"""Every change of the catalogue reaches the index, by whatever road it was written."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from organisaties.models import Organization
from search.changes import outbox
from search.engines import index
from search.find import search
from search.fresh import consistency, sync
from search.models import Change, Popularity
from search.query import SearchQuery
from sociale_kaart.models import (
    Accessibility,
    Address,
    Attribute,
    Language,
    Location,
    Phone,
    Program,
    Schedule,
    Service,
    ServiceAtLocation,
    TaxonomyTerm,
)
from tests.factories.organisaties import OrganizationFactory
from tests.factories.search import listing, need
from tests.factories.sociale_kaart import LocationFactory, ServiceFactory

pytestmark = pytest.mark.django_db


def noted():
    """Give the services that wait for the index of this node."""
    return {change.service_id for change in outbox.waiting(index.cursor())}


def is_in_step():
    """Tell whether, once what waits is read, every record of the index says what the catalogue says."""
    return all(report.is_clean for report in consistency.check())


@pytest.fixture
def oppas():
    """Give a listing that the index holds."""
    service = listing("Oppas", needs=["care"])
    search(SearchQuery("oppas"))
    assert noted() == set()
    return service


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Do what happens after a commit."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


# What is done to one listing, without `save()` and without `delete()` of a row.
SILENT = {
    "name": lambda one: Service.objects.filter(pk=one.pk).update(name="Anders"),
    "hidden": lambda one: Service.objects.filter(live=True, pk=one.pk).update(live=False),
    "house": lambda one: Organization.objects.filter(pk=one.organization_id).update(name="Anders"),
    "other house": lambda one: Service.objects.filter(pk=one.pk).update(organization=OrganizationFactory()),
    "phone": lambda one: Phone.objects.filter(service=one).update(number="050 00 00 01"),
    "its phones": lambda one: one.phones.update(number="050 00 00 01"),
    "hours": lambda one: Schedule.objects.filter(service=one).update(byday="TU"),
    "place": lambda one: Location.objects.filter(service_at_locations__service=one).update(protected=True),
    "town": lambda one: Address.objects.update(city="Jabbeke"),
    "term": lambda one: TaxonomyTerm.objects.filter(code="care").update(name="Hulp"),
    "several": lambda one: Service.objects.bulk_update([one], ["name"]),
    "language": lambda one: Language.objects.bulk_create([Language(service=one, code="ar")]),
    "ease": lambda one: Accessibility.objects.bulk_create(
        [Accessibility(location=Location.objects.get(), description="lift")]
    ),
    "upsert": lambda one: Service.objects.bulk_create(
        [one], update_conflicts=True, unique_fields=["id"], update_fields=["name"]
    ),
    "moved phone": lambda one: Phone.objects.filter(service=one).update(service=None),
    "tag": lambda one: Attribute.objects.bulk_create([Attribute(service=one, taxonomy_term=need("money"))]),
}


@pytest.mark.parametrize("what", SILENT)
def test_rows_written_without_save_are_noted(oppas, what):
    SILENT[what](oppas)

    assert noted() == {oppas.pk}
    assert is_in_step()


def test_a_row_that_moves_changes_where_it_came_from_and_where_it_goes(oppas):
    other = listing("Tuinhulp")
    sync.catch_up()
    Phone.objects.filter(service=oppas).update(service=other)

    assert noted() == {oppas.pk, other.pk}


def test_a_phone_of_the_organization_is_followed(oppas):
    oppas.phones.all().delete()
    sync.catch_up()
    Phone.objects.create(organization=oppas.organization, number="050 00 00 02")

    assert search(SearchQuery("oppas")).hits[0].card["phone"] == "050 00 00 02"


def test_a_term_that_comes_under_another_one_changes_what_is_filed_under_it(oppas):
    top, middle = need("top"), need("middle")
    TaxonomyTerm.objects.filter(code="care").update(parent=middle)
    sync.catch_up()
    middle.parent = top
    middle.save()

    assert noted() == {oppas.pk}
    assert search(SearchQuery(filters={"category": frozenset({"top"})})).total == 1


def test_a_program_that_ends_leaves_no_trace(oppas):
    program = Program.objects.create(organization=oppas.organization, name="Zonnebloem")
    oppas.program = program
    oppas.save()
    assert search(SearchQuery("zonnebloem")).total == 1
    program.delete()

    assert search(SearchQuery("zonnebloem")).total == 0


@pytest.mark.parametrize("table", [ServiceAtLocation, Location, Address, TaxonomyTerm, Attribute, Organization])
def test_rows_that_go_away_are_followed(oppas, table):
    table.objects.order_by("pk").first().delete()

    assert oppas.pk in noted()
    assert is_in_step()


TAKEN_AWAY = {
    "unpublished": lambda one: one.unpublish(),
    "erased": lambda one: one.delete(),
    "erased in bulk": lambda one: Service.objects.filter(pk=one.pk).delete(),
    "with its house": lambda one: one.organization.delete(),
    "house unpublished": lambda one: one.organization.unpublish(),
}


@pytest.mark.parametrize("how", TAKEN_AWAY)
def test_what_is_unpublished_or_erased_is_found_no_more(oppas, commit, how):
    with commit():
        TAKEN_AWAY[how](oppas)

    assert search(SearchQuery("oppas")).total == search(SearchQuery()).total == 0
    assert is_in_step()


def test_the_change_and_its_note_live_and_die_together(oppas):
    class StoppedError(Exception):
        """The power goes."""

    with pytest.raises(StoppedError), transaction.atomic():
        Service.objects.filter(pk=oppas.pk).update(name="Tuinhulp")
        assert noted() == {oppas.pk}
        raise StoppedError

    assert noted() == set()
    assert search(SearchQuery("oppas")).total == 1


def test_a_note_that_was_rolled_back_is_made_again(oppas):
    with transaction.atomic():
        try:
            with transaction.atomic():
                oppas.save()
                raise ValueError
        except ValueError:
            oppas.save()

    assert noted() == {oppas.pk}


def test_many_changes_in_one_transaction_are_one_note_and_one_commit_of_the_index(oppas, commit):
    before, stamp = Change.objects.count(), index.engine().stamp
    with commit() as callbacks, transaction.atomic():
        for number in range(60):
            Language.objects.create(service=oppas, code=f"x{number}")
            oppas.name = f"Oppas {number}"
            oppas.save()

    assert Change.objects.count() == before + 1
    assert len(callbacks) == 1
    assert index.engine().stamp != stamp
    assert search(SearchQuery("oppas")).hits[0].card["name"] == "Oppas 59"


def test_to_read_a_change_the_openings_of_no_other_service_are_looked_at(oppas):
    Popularity.objects.bulk_create(Popularity(service_id=str(number), value=0.5) for number in range(3))
    Popularity.objects.create(service_id=oppas.pk, value=0.25)
    outbox.write([oppas.pk])

    with CaptureQueriesContext(connection) as asked:
        sync.catch_up()

    assert [oppas.pk in query["sql"] for query in asked if Popularity._meta.db_table in query["sql"]] == [True]


def test_a_service_that_changed_often_is_read_once(oppas):
    for _time in range(20):
        outbox.write([oppas.pk])

    assert sync.catch_up() == 1
    assert noted() == set()


def test_a_renamed_organization_takes_all_its_services_along_in_few_steps(commit):
    house = OrganizationFactory(name="Het Oude Huis")
    Service.objects.bulk_create(ServiceFactory.build(organization=house, name=f"Dienst {n}") for n in range(200))
    assert search(SearchQuery("oude huis")).total == 200

    with CaptureQueriesContext(connection) as asked, commit():
        house.name = "De Nieuwe Deur"
        house.save()

    assert (search(SearchQuery("nieuwe deur")).total, search(SearchQuery("oude huis")).total) == (200, 0)
    assert len(asked) < 60
    assert is_in_step()


def test_thousands_of_rows_are_noted_in_batches():
    search(SearchQuery())
    house = OrganizationFactory()
    with CaptureQueriesContext(connection) as asked:
        Service.objects.bulk_create(ServiceFactory.build(organization=house) for _n in range(1200))

    assert len(noted()) == 1200
    assert len([one for one in asked if "search_change" in one["sql"]]) < 10


def test_a_large_change_does_not_keep_its_writer_waiting(oppas, commit):
    rows = [ServiceFactory.build(organization=oppas.organization, name="Tuinhulp") for _n in range(outbox.BATCH)]
    with commit():
        Service.objects.bulk_create(rows)

    assert len(noted()) == outbox.BATCH
    assert search(SearchQuery("tuinhulp")).total == outbox.BATCH


def test_what_is_in_no_service_notes_nothing(oppas):
    LocationFactory()
    OrganizationFactory(name="Nieuw").save()

    assert noted() == set()


def places_at_once():
    Location.objects.bulk_create(LocationFactory.build() for _n in range(3))


@pytest.mark.parametrize(
    "make", [OrganizationFactory, LocationFactory, places_at_once], ids=["partner", "place", "places"]
)
def test_what_is_new_is_in_no_service_yet_and_none_is_looked_for(make):
    with CaptureQueriesContext(connection) as queries:
        make()

    assert not any(Service._meta.db_table in query["sql"] for query in queries)


def test_a_checked_listing_is_followed(oppas):
    Service.objects.filter(pk=oppas.pk).update(assured_date=date(2026, 11, 1))

    assert noted() == {oppas.pk}


def test_a_listing_comes_and_goes_on_the_moment_that_an_editor_chose(oppas, time_machine):
    begin, end = timezone.now() + timedelta(days=2), timezone.now() + timedelta(days=4)
    later = listing("Zomerkamp", live=False)
    later.go_live_at, later.expire_at = begin, end
    later.save_revision().publish()
    call_command("publish_scheduled")
    assert search(SearchQuery("zomerkamp")).total == 0

    time_machine.move_to(begin + timedelta(minutes=1))
    call_command("publish_scheduled")
    assert search(SearchQuery("zomerkamp")).total == 1

    time_machine.move_to(end + timedelta(minutes=1))
    call_command("publish_scheduled")
    assert search(SearchQuery("zomerkamp")).total == 0
