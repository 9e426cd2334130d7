"""The doors of guests need no login: each address behind them is tried by whoever did not come in by its code."""

import pytest
from django.utils import timezone

from doorverwijzing.guest import magic_link
from doorverwijzing.guest.views.door import SESSION_KEY
from doorverwijzing.models import Referral
from organisaties.models import Membership
from tests.leaks.roads import roads
from tests.leaks.test_addresses import EVERYTHING, METHODS, ask, is_denied, of_clients, said, told
from tests.leaks.world import browser, tell_of_a_neighbour

pytestmark = pytest.mark.django_db
INSIDE = "gast/vraag/"
STRANGER = "guest of another question"
# No login opens these, so one of each kind says it; `make faults` lets everyone try.
LOOKERS = {STRANGER, "visitor", "another client", "operator", "frontline_worker elsewhere", "who left"}
# Opens once a moment was agreed; nothing of the person stands in it.
AFTER_AGREEING = {"gast/vraag/<uuid:pk>/samen/agenda/"}


def behind_the_door(world):
    """Give the addresses of the question as a guest reads and answers it."""
    return [road for road in roads(world.sender.pk) if road.name.startswith(INSIDE)]


def guest_at(referral):
    """Give a browser that came in by the code of this referral; its receiver has no accounts any more."""
    receiver = referral.receiver
    Membership.objects.filter(organization=receiver).update(ended_at=timezone.now())
    receiver.inbox = "post@huurhulp.example"
    receiver.save()
    client, link = browser(), magic_link._link_of(referral)
    session = client.session
    session[SESSION_KEY] = {link.pk.hex: timezone.now().timestamp() + 600}
    session.save()
    return client


@pytest.fixture
def guest(world):
    """Give who came in by the code of this question."""
    return guest_at(world.referral)


@pytest.fixture
def strangers(world):
    """Give everyone but its guest, with who came in for somebody else's question at the same receiver."""
    tell_of_a_neighbour(world)
    guest_at(world.referral)
    neighbour = Referral.objects.exclude(pk=world.referral.pk).get(receiver=world.referral.receiver)
    people = {**world.outsiders, STRANGER: guest_at(neighbour)}
    return {who: one for who, one in people.items() if EVERYTHING or who in LOOKERS}


@pytest.mark.parametrize("method", METHODS)
def test_only_who_came_in_by_the_code_of_a_question_finds_it(world, strangers, method, settings):
    settings.ROOT_URLCONF = "tests.leaks.bare_urls"
    wrong = {}
    for road in behind_the_door(world):
        for who, outsider in strangers.items():
            response = ask(outsider, method, road.path)
            heard = of_clients(world.aviary.heard(said(response)))
            if heard or not is_denied(response, outsider, method, road):
                wrong[f"{method} {road.name} {who}"] = heard or response.status_code

    assert told(wrong) == ""
    assert EVERYTHING or set(strangers) == LOOKERS


def test_the_guest_of_a_question_finds_something_behind_every_door(world, guest):
    """Without this the test above would prove nothing."""
    doors = behind_the_door(world)

    answers = {road.name: [ask(guest, method, road.path) for method in ("GET", "POST")] for road in doors}

    closed = {name for name, both in answers.items() if all(one.status_code in (404, 405) for one in both)}
    heard = {home for both in answers.values() for one in both for home in world.aviary.heard(said(one))}
    assert closed == AFTER_AGREEING
    assert len(doors) > 15
    assert len(of_clients(heard)) > 5
