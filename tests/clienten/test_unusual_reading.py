"""Who looks at unusually much in one day is told to who watches over the data, once, without a name in the mail."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from clienten import reading, unusual_reading
from clienten.unusual_reading import LEAST, TIMES_USUAL
from core.models import OutgoingMail
from organisaties.roles import Role
from tests.factories.clienten import ClientCardFactory
from tests.factories.organisaties import MembershipFactory, OrganizationFactory

pytestmark = pytest.mark.django_db
TUESDAY = timezone.make_aware(datetime(2026, 11, 24, 11))


@pytest.fixture
def lotte():
    house = OrganizationFactory(name="Sociaal Huis Pannenhoek")
    MembershipFactory(organization=house, role=Role.DATA_PROTECTION_CONTACT, user__email="dirk@huis.example")
    return MembershipFactory(organization=house, user__first_name="Lotte", user__email="lotte@huis.example").user


@pytest.fixture
def cards(lotte):
    house = lotte.memberships.get().organization
    return [ClientCardFactory(organization=house, first_name="KANARIE") for _card in range(LEAST)]


@pytest.fixture
def look(lotte, time_machine):
    """Let Lotte open these cards on a day."""

    def at(day, cards):
        time_machine.move_to(day, tick=False)
        for card in cards:
            reading.note(card, by=lotte, organization=card.organization, page="card")

    return at


def nights(time_machine, *days):
    """Let some nights go by; give the mails."""
    for day in days:
        time_machine.move_to(day.replace(hour=3), tick=False)
        unusual_reading.tell()
    return list(OutgoingMail.objects.all())


def test_who_opens_many_is_told_once_to_who_watches_and_not_in_the_mail(look, cards, lotte, time_machine):
    look(TUESDAY, cards)

    wednesday = TUESDAY + timedelta(days=1)
    (mail,) = nights(time_machine, TUESDAY, wednesday, wednesday, wednesday + timedelta(days=1))

    assert mail.to == "dirk@huis.example"
    assert "?van=2026-11-24&tot=2026-11-24" in mail.body
    assert not [word for word in ("Lotte", "KANARIE", lotte.email) if word in mail.subject + mail.body]


def test_a_night_that_was_missed_is_made_up_for(look, cards, time_machine):
    look(TUESDAY, cards)

    assert len(nights(time_machine, TUESDAY + timedelta(days=3))) == 1


def test_one_card_opened_often_and_a_busy_day_are_not_unusual(look, cards, time_machine):
    look(TUESDAY, cards[:1] * LEAST)
    look(TUESDAY + timedelta(days=1), cards[:-1])

    assert nights(time_machine, TUESDAY + timedelta(days=2)) == []


def test_who_opens_many_every_day_is_not_told_for_doing_so(look, cards, time_machine):
    for days in range(1, 6):
        look(TUESDAY - timedelta(days=days), cards[: LEAST // TIMES_USUAL + 1])
    look(TUESDAY, cards)

    assert nights(time_machine, TUESDAY + timedelta(days=1)) == []


def test_who_watches_hears_nothing_about_themselves(look, cards, lotte, time_machine):
    house = lotte.memberships.get().organization
    house.memberships.exclude(user=lotte).delete()
    MembershipFactory(organization=house, user=lotte, role=Role.DATA_PROTECTION_CONTACT)
    MembershipFactory(role=Role.NETWORK_COORDINATOR, user__email="netwerk@regio.example")

    look(TUESDAY, cards)

    assert [mail.to for mail in nights(time_machine, TUESDAY + timedelta(days=1))] == ["netwerk@regio.example"]
