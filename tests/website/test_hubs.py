"""Two pages of the rail that gather places, and what waits for who watches."""

from datetime import timedelta

import pytest
from django.utils import timezone

from clienten.models import Mode, RequestKind, SubjectRequest
from clienten.rights_of_subject import asking
from doorverwijzing import actions, waits, watchers
from doorverwijzing.models import CoSignature, RightKind
from doorverwijzing.today import Wait
from doorverwijzing.ways import rights
from organisaties.roles import Role
from tests.factories.doorverwijzing import Cast
from tests.factories.organisaties import MembershipFactory, UserFactory
from website.navigation import workplace

pytestmark = pytest.mark.django_db

NETWORK, DATA = "/netwerk/", "/gegevens-en-nood/"
TODAY_QUERIES = 21


@pytest.fixture
def cast(places, vocabulary):
    return Cast()


def holding(role, organization):
    return MembershipFactory(user=UserFactory(first_name="Wie"), organization=organization, role=role).user


@pytest.mark.parametrize(
    ("role", "network", "data"),
    [
        (Role.NETWORK_COORDINATOR, True, False),
        (Role.DATA_PROTECTION_CONTACT, False, True),
        (Role.TEAM_LEAD, False, True),
        (Role.FRONTLINE_WORKER, False, True),
        (Role.LISTING_EDITOR, False, False),
    ],
)
def test_each_door_of_a_hub_opens_for_whom_it_is_shown(role, network, data, organization, log_in):
    visitor = log_in(holding(role, organization))

    for path, shown in ((NETWORK, network), (DATA, data)):
        page = visitor.get(path)
        assert page.status_code == (200 if shown else 404), path
        for door in page.context["doors"] if shown else []:
            assert visitor.get(door.url).status_code in (200, 302), door.url


@pytest.mark.parametrize("path", ["/verwijsrecht/", "/cijfers/nooit-geopend/", "/netwerk/termijnen/"])
def test_a_page_behind_a_hub_lights_up_the_hub(path, organization):
    place = workplace(holding(Role.NETWORK_COORDINATOR, organization), path)

    assert [link.label for link in (*place.rail, *place.more) if link.current] == ["Netwerk"]


def test_who_watches_sees_what_waits_and_others_do_not(cast, log_in):
    watcher = holding(Role.DATA_PROTECTION_CONTACT, cast.house)
    coordinator = holding(Role.NETWORK_COORDINATOR, cast.rent_help)
    rights.set_right(cast.house, need=None, kind=RightKind.AFTER_COORDINATION, by=coordinator)
    referral = cast.presented()
    rights.consult(referral, person="Bert", day=referral.created_at.date(), by=cast.lotte)
    actions.send(referral, mode=Mode.SCREEN, signature="Amina", by=cast.lotte)
    asking.note(referral.client, kind=RequestKind.ACCESS, asked_on=referral.created_at.date(), by=watcher)

    assert [wait.title for wait in watchers.waiting(watcher)] == ["Antwoord Amina over de eigen gegevens"]
    assert [wait.title for wait in watchers.waiting(coordinator)] == [f"Zeg of {cast.house} met jou sprak"]
    assert not watchers.waiting(cast.lotte)
    assert "1 persoon wacht op jou." in log_in(watcher).get("/vandaag/").text
    assert "1 taak wacht op jou." in log_in(coordinator).get("/vandaag/").text
    for someone, label in ((watcher, "Gegevens en nood"), (coordinator, "Netwerk")):
        place = workplace(someone, "/vandaag/")
        assert [(link.label, link.count) for link in place.more if link.count] == [(label, 1)]
        assert place.bar[-1].count == 1


@pytest.mark.parametrize("rows", [1, 30])
def test_the_badge_the_heading_and_the_list_of_a_day_count_the_same(rows, cast, log_in, django_assert_num_queries):
    watcher = holding(Role.TEAM_LEAD, cast.house)
    referral = cast.presented()
    SubjectRequest.objects.bulk_create(
        SubjectRequest(organization=cast.house, card=referral.client, kind=RequestKind.ACCESS) for _one in range(rows)
    )
    asked = CoSignature.objects.create(referral=referral, asked_of=cast.house, asked_by=cast.noor)
    visitor = log_in(watcher)
    visitor.get("/vandaag/")

    with django_assert_num_queries(TODAY_QUERIES):
        page = visitor.get("/vandaag/")

    badge = page.context["rail"][0].count
    assert asked.agreed is None
    assert badge == len(page.context["waits"]) == rows + 1
    assert (page.context["people"], page.context["others"]) == (1, rows)
    assert f"1 persoon en {rows} ta" in page.text


def test_a_day_counts_each_person_once_and_says_what_else_there_is(cast, log_in):
    cast.unreached()
    day = log_in(cast.lotte)

    assert "1 persoon wacht op jou." in day.get("/vandaag/").text
    cast.refused()
    assert "1 persoon en 1 taak wachten op jou." in day.get("/vandaag/").text


@pytest.mark.parametrize(("rows", "late", "shown"), [(6, 0, 6), (14, 0, 5), (14, 8, 8)])
def test_a_long_day_shows_what_must_be_done_first_and_folds_the_rest(rows, late, shown):
    now = timezone.now()
    days = [timedelta(days=number + 1 if number >= late else -1) for number in range(rows)]
    listed = [Wait(now + away, now, "Bel", "", "/", "Bel") for away in days]

    first, folded = waits.split(listed)

    assert [*first, *folded] == listed
    assert len(first) == shown


def test_a_page_counts_what_it_shows_in_one_query(cast, django_assert_num_queries):
    watcher = holding(Role.TEAM_LEAD, cast.house)

    with django_assert_num_queries(1):
        assert waits.watched(watcher, {Role.TEAM_LEAD}) == {
            "overrides": 0,
            "emergencies": 0,
            "requests": 0,
            "incidents": 0,
        }
