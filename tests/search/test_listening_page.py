"""What editors read of what people look for: only what five asked, for who may teach words."""

from datetime import timedelta

import pytest
from django.utils import timezone

from organisaties.roles import Role
from search.listening import asked, tally
from search.models import Asked
from tests.factories.organisaties import MembershipFactory

pytestmark = pytest.mark.django_db
URL = "/gezocht/"


def ask(text, times=5, *, day=None, opened=0, low=0, **fields):
    """Count a question."""
    question = tally.Question(day or timezone.localdate(), text, **fields)
    notes = [tally.asked(question, again=False, total=int(question.found), milliseconds=8)] * times
    tally.write([*notes, tally.Note(question, {"opened": opened, "low": low, "rank_sum": opened})])


@pytest.fixture
def page(log_in, coordinator):
    """Open the page as the coordinator; give its lists by name."""
    browser = log_in(coordinator)

    def opened(query=""):
        response = browser.get(f"{URL}{query}")
        return {part["kind"].name: [row.text for row in part["rows"]] for part in response.context["lists"]}

    return opened


def test_each_question_stands_in_the_list_of_what_went_wrong(page):
    ask("kernfusie", found=False, level=1)
    ask("oppas tuin", level=1)
    ask("psygoloog", correction="shown", meant="psycholoog", opened=2)
    ask("buurtpol", correction="rejected", found=False, level=1)
    ask("brief lezen", opened=4, low=3)
    ask("schulden", opened=5)

    assert page() == {
        "niets": ["kernfusie"], "zwak": ["oppas tuin"], "verbeterd": ["psygoloog"], "toch": ["buurtpol"],
        "laag": ["brief lezen"],
    }  # fmt: skip


def test_fewer_than_five_are_never_shown(page):
    for count in range(1, 5):
        ask(f"vraag {count}", count, found=False, low=1, opened=1)
        ask(f"zwak {count}", count, level=1)
        ask(f"fout {count}", count, correction="shown", meant="goed")
        ask(f"toch {count}", count, correction="rejected")

    assert {text for texts in page("?dagen=180").values() for text in texts} == set()


def test_five_on_five_days_in_two_zones_are_five(page):
    for days in range(5):
        ask(
            "kernfusie",
            1,
            day=timezone.localdate() - timedelta(days=days),
            found=False,
            zone="WE40" if days % 2 else "",
        )

    assert page()["niets"] == ["kernfusie"]


def test_with_filters_it_is_no_wonder_that_nothing_was_found(page):
    ask("oppas", found=False, filters="cost")

    assert page()["niets"] == []


def test_a_result_that_is_opened_at_once_counts_as_a_question(page):
    ask("brief lezen", 1, opened=6, low=6)

    assert page()["laag"] == ["brief lezen"]


def test_only_the_chosen_days_count(page):
    ask("kernfusie", found=False, day=timezone.localdate() - timedelta(days=60))

    assert page("?dagen=30")["niets"] == []
    assert page("?dagen=90")["niets"] == ["kernfusie"]
    assert page("?dagen=onzin")["niets"] == ["kernfusie"]


def test_a_rejected_correction_says_what_was_rejected():
    ask("buurtpol", correction="shown", meant="buurtpot")
    ask("buurtpol", correction="rejected", found=False)
    kind = asked.kind_named("toch")

    assert [row.meant for row in asked.queries(kind, kind.rows(Asked.objects.all()))] == ["buurtpot"]


def test_each_row_leads_to_a_synonym_and_to_a_gap(log_in, coordinator):
    ask("tandarts zonder voorschot", found=False)
    ask("oppas tuin", level=1)
    ask("psygoloog", correction="shown", meant="psycholoog")
    ask("buurtpol", correction="rejected")
    ask("brief lezen", opened=4, low=3)
    page = log_in(coordinator).get(URL).content.decode()

    for text in ("tandarts%20zonder%20voorschot", "oppas%20tuin", "psygoloog", "buurtpol", "brief%20lezen"):
        assert f"?woord={text}" in page
        assert f'href="/zoeken/tekort/?woorden={text}"' in page


def test_a_word_whose_correction_was_rejected_can_be_left_alone(log_in, coordinator):
    ask("buurtpol", correction="rejected", found=False)

    assert "?soort=keep&amp;woord=buurtpol" in log_in(coordinator).get(URL).content.decode()


def test_one_list_has_pages(log_in, coordinator):
    for number in range(60):
        ask(f"vraag {number}", found=False)
    browser = log_in(coordinator)
    overview, second = browser.get(URL), browser.get(f"{URL}?lijst=niets&dagen=30&page=2")

    assert len(overview.context["lists"][0]["rows"]) == asked.SHOWN
    assert overview.context["lists"][0]["more"]
    assert len(second.context["lists"][0]["rows"]) == 10
    assert "lijst=niets&amp;dagen=30&amp;page=1" in second.content.decode()


def test_an_empty_page_says_so(log_in, coordinator):
    assert log_in(coordinator).get(URL).content.decode().count("Hier staat niets.") == len(asked.KINDS)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.NETWORK_COORDINATOR, 200), (Role.LEARNING_EDITOR, 200), (Role.FRONTLINE_WORKER, 403),
        (Role.TEAM_LEAD, 403), (Role.LISTING_EDITOR, 403), (Role.DATA_PROTECTION_CONTACT, 403),
    ],
)  # fmt: skip
def test_only_who_may_teach_words_listens(log_in, organization, role, status):
    user = MembershipFactory(organization=organization, role=role).user

    assert log_in(user).get(URL).status_code == status


def test_a_visitor_is_asked_to_log_in(visitor):
    assert visitor.get(URL).status_code == 302


def test_one_number_of_queries_for_one_and_for_thirty_rows(log_in, coordinator, django_assert_num_queries):
    browser = log_in(coordinator)
    ask("kernfusie", found=False)
    ask("buurtpol", correction="rejected")
    browser.get(URL)
    with django_assert_num_queries(15):
        browser.get(URL)

    for number in range(30):
        ask(f"vraag {number}", found=False)
        ask(f"laag {number}", low=2, opened=2)
        ask(f"toch {number}", correction="rejected")
    with django_assert_num_queries(15):
        browser.get(URL)
