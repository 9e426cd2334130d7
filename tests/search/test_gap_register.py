"""What the region lacks, as the coordinator reads it: need by place, small numbers kept apart, and a file of it."""

import csv
import io
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from gebied.models import Municipality
from organisaties.roles import Role
from search.listening import gap_table
from search.models import GapStep, GapWords
from sociale_kaart.models import Gap, TaxonomyTerm
from tests.factories.organisaties import MembershipFactory

pytestmark = pytest.mark.django_db
URL = "/tekorten/"
TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def _needs(vocabulary, places):
    """Have the sixteen needs and all places."""


@pytest.fixture
def desk(log_in, coordinator):
    """Give the browser of the coordinator."""
    return log_in(coordinator)


def need(code):
    """Give one of the sixteen needs."""
    return TaxonomyTerm.objects.needs().get(code=code)


def report(code, town, times=1, *, day=None, origin="search"):
    """Let something be reported."""
    where = Municipality.objects.named(town).get() if town else None
    rows = [Gap(day=day or timezone.localdate(), origin=origin, need=need(code), municipality=where)] * times
    Gap.objects.bulk_create(Gap(day=row.day, origin=row.origin, need=row.need, municipality=where) for row in rows)


def cells(table, code):
    """Give what a row of the table says, by place."""
    row = next(row for row in table.rows if row.need.code == code)
    return {cell.label: cell.words for cell in row.cells}


def table(before=0):
    """Make the table of this quarter, or of one before it."""
    offered = gap_table.periods(timezone.localdate())
    return gap_table.table(offered[before], offered)


def test_needs_stand_by_place_with_small_numbers_in_words():
    report("shelter", "Jabbeke", 7)
    report("shelter", "Zedelgem", 4, origin="refusal")
    report("health", "Oostkamp", 5)

    assert [row.need.code for row in table().rows] == ["shelter", "health"]
    assert cells(table(), "shelter") == {
        "Beernem": "geen", "Jabbeke": "7", "Oostkamp": "geen", "Zedelgem": "minder dan 5",
    }  # fmt: skip


def test_other_places_come_together_in_one_column():
    report("shelter", "Gent", 3)
    report("shelter", "Antwerpen", 3)
    report("shelter", "", 1)

    assert cells(table(), "shelter")["elders"] == "7"


def test_a_small_number_has_no_bar_that_tells_it():
    report("shelter", "Jabbeke", 4)
    report("shelter", "Zedelgem", 20)
    shares = {cell.label: cell.share for cell in table().rows[0].cells}

    assert (shares["Jabbeke"], shares["Zedelgem"]) == (0, 100)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2026-4", date(2026, 10, 1), TODAY), ("2026-3", date(2026, 7, 1), date(2026, 9, 30)),
        ("2025-4", date(2025, 10, 1), date(2025, 12, 31)), ("2025-3", date(2026, 10, 1), TODAY),
        ("", date(2026, 10, 1), TODAY), ("jaar", date(2026, 10, 1), TODAY),
    ],
)  # fmt: skip
def test_a_period_has_a_first_and_a_last_day(name, first, last):
    period = gap_table.period(name, gap_table.periods(TODAY))

    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize("today", [TODAY, date(2026, 1, 1), date(2026, 12, 31), date(2028, 2, 29)])
def test_no_two_periods_share_a_day_and_none_is_left_out(today):
    offered = gap_table.periods(today)

    assert offered[0].last == today
    assert [newer.first - older.last for newer, older in pairwise(offered)] == [timedelta(days=1)] * 4


def test_no_two_tables_can_be_subtracted_to_a_small_number(desk):
    for before in range(5):
        report("shelter", "Jabbeke", 5, day=day_in(before))
    report("shelter", "Jabbeke", 3, day=day_in(1))
    offered = [one.name for one in desk.get(URL).context["periods"]]
    told = [cells(desk.get(URL, {"periode": name}).context["table"], "shelter")["Jabbeke"] for name in offered]

    assert told == ["5", "8", "5", "5", "5"]


def test_only_the_period_counts():
    report("shelter", "Jabbeke", 5, day=timezone.localdate() - timedelta(days=500))

    assert table().rows == []
    assert len(table().quiet) == 16


def day_in(before):
    """Give the last day of the quarter that is so many before this one."""
    return gap_table.periods(timezone.localdate())[before].last


def test_the_quarters_begin_with_the_first_report():
    report("shelter", "Jabbeke", 5, day=day_in(2))
    report("shelter", "Jabbeke", 6)

    assert [quarter.words for quarter in table().quarters] == ["5", "geen", "6"]


def test_the_chart_is_the_sum_of_what_each_table_tells():
    report("shelter", "Jabbeke", 7)
    report("shelter", "Jabbeke", 8, day=day_in(1))
    report("health", "Zedelgem", 2)
    report("health", "Zedelgem", 9, day=day_in(1))
    report("health", "Beernem", 4, day=day_in(2))

    assert cells(table(), "health")["Zedelgem"] == "minder dan 5"
    assert [quarter.words for quarter in table(1).quarters] == ["niet getoond", "17", "7"]
    assert [quarter.share for quarter in table().quarters] == [0, 100, 41]


def test_small_numbers_of_places_that_come_together_count_along():
    report("shelter", "Gent", 3)
    report("shelter", "Antwerpen", 3)
    report("shelter", "Jabbeke", 5, day=day_in(1))

    assert [quarter.words for quarter in table().quarters] == ["5", "6"]


def test_an_empty_quarter_still_shows_those_before_it(desk):
    report("shelter", "Jabbeke", 5, day=day_in(1))
    page = " ".join(desk.get(URL).content.decode().split())

    assert "In deze periode is niets gemeld." in page
    assert "De hele streek, per kwartaal" in page
    assert gap_table.periods(timezone.localdate())[1].label in page


def test_the_page_shows_table_words_and_what_is_done(desk):
    report("shelter", "Jabbeke", 6)
    GapWords.objects.create(need=need("shelter"), month=timezone.localdate().replace(day=1), words="een bed voor twee")
    GapStep.objects.create(need=need("shelter"), text="Op stuurgroep 3 dec.")
    page = " ".join(desk.get(URL).content.decode().split())

    for part in ("Wat ontbreekt er in de streek?", ">6<", "een bed voor twee", "Op stuurgroep 3 dec.", "tabel.csv"):
        assert part in page


def test_an_empty_register_says_what_will_come(desk):
    assert "In deze periode is niets gemeld." in desk.get(URL).content.decode()


def test_what_is_done_is_written_changed_and_taken_away(desk):
    report("shelter", "Jabbeke")
    for text in ("Hanne belt", "Op de stuurgroep"):
        assert desk.post(f"{URL}shelter/", {"text": text}).headers["Location"] == URL
        assert GapStep.objects.get().text == text
    desk.post(f"{URL}shelter/", {"text": ""})

    assert not GapStep.objects.exists()
    assert desk.get(f"{URL}bestaat-niet/").status_code == 404
    assert desk.post(f"{URL}shelter/", {"text": "x" * 61}).status_code == 200


def test_the_file_has_dutch_heads_and_opens_in_a_spreadsheet(desk):
    report("shelter", "Jabbeke", 6)
    report("shelter", "Beernem", 2)
    GapStep.objects.create(need=need("shelter"), text="=HYPERLINK(1)")
    quarter = gap_table.periods(timezone.localdate())[0]
    response = desk.get(f"{URL}tabel.csv?periode={quarter.name}")
    text = response.content.decode()
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))

    assert text.startswith("\ufeff")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment; filename=" in response.headers["Content-Disposition"]
    assert rows[0] == ["Nood", "Gemeente", "Aantal", "Van", "Tot", "Wat nu?"]
    counts = {row[1]: row[2] for row in rows[1:]}
    assert (counts["Jabbeke"], counts["Beernem"], counts["Oostkamp"]) == ("6", "minder dan 5", "geen")
    assert rows[1][3:5] == [quarter.first.isoformat(), quarter.last.isoformat()]
    assert {row[5] for row in rows[1:]} == {"'=HYPERLINK(1)"}


@pytest.mark.parametrize("role", [role for role in Role if role != Role.NETWORK_COORDINATOR])
@pytest.mark.parametrize("path", [URL, f"{URL}tabel.csv", f"{URL}shelter/"])
def test_only_the_coordinator_reads_the_register(log_in, organization, role, path):
    browser = log_in(MembershipFactory(organization=organization, role=role).user)

    assert browser.get(path).status_code == 403


def test_a_visitor_is_asked_to_log_in(visitor):
    assert [visitor.get(path).status_code for path in (URL, f"{URL}tabel.csv")] == [302, 302]


def test_one_number_of_queries_for_one_and_for_thirty_rows(desk, django_assert_num_queries):
    report("shelter", "Jabbeke")
    desk.get(URL)
    with django_assert_num_queries(10):
        desk.get(URL)

    for code in TaxonomyTerm.objects.needs().values_list("code", flat=True):
        report(code, "Zedelgem", 3)
        GapStep.objects.update_or_create(need=need(code), defaults={"text": "Bekeken"})
        GapWords.objects.create(need=need(code), month=timezone.localdate(), words=f"iets van {code}")
    with django_assert_num_queries(10):
        desk.get(URL)
