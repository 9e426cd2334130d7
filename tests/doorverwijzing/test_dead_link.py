"""A link of a guest that leads nowhere: what is, what is kept, what now and whom to call, and never from whom."""

import re
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from clienten.rights_of_subject.erasing import erase
from core import audit
from doorverwijzing.guest import magic_link
from doorverwijzing.models import GuestLink, Referral
from doorverwijzing.workflow import Status
from organisaties.models import Organization
from tests.doorverwijzing.test_guest import SECRETS, GuestCast
from tests.factories.organisaties import MembershipFactory
from tests.factories.sociale_kaart import PhoneFactory, social_house

pytestmark = pytest.mark.django_db
DESK, OF_SENDER = "050 00 00 91", "050 00 00 92"


@pytest.fixture
def house(places):
    social_house("Sociaal Huis Zedelgem", "Zedelgem", DESK)


@pytest.fixture
def sent(house):
    cast = GuestCast()
    PhoneFactory(service=None, organization=cast.house, number=OF_SENDER)
    return cast.sent()


def main(page):
    """Give what a reader sees of a page; the token of a form differs each time."""
    return re.sub(r'value="[^"]*"', "", re.search(r"<main.*</main>", page.text, re.S)[0])


def dead(way, referral):
    """Make one of the ways in which a link leads nowhere; give its signature."""
    signature = magic_link.way_in(referral).split("/")[2]
    if way == "ended":
        GuestLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    elif way == "replaced":
        GuestLink.objects.update(closed_at=timezone.now())
    elif way == "nothing to do":
        GuestLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
        Referral.objects.filter(pk=referral.pk).update(status=Status.EXPIRED)
    elif way == "accounts":
        MembershipFactory(organization=referral.receiver)
    elif way == "home":
        Referral.objects.filter(pk=referral.pk).update(status=Status.PRESENTED)
    elif way == "erased":
        erase(referral.client, by=audit.SYSTEM)
    return {"cut": signature[:-4], "made up": str(uuid.uuid4())}.get(way, signature)


DEAD = ["ended", "replaced", "nothing to do", "accounts", "home", "erased", "cut", "made up"]


@pytest.mark.parametrize("way", DEAD)
def test_every_dead_link_says_whom_to_call_and_never_from_whom_it_was(way, sent, visitor):
    page = visitor.get(f"/gast/{dead(way, sent)}/")

    assert page.status_code == 410
    assert "Sociaal Huis Zedelgem" in main(page)
    assert f'href="tel:{DESK.replace(" ", "")}"' in main(page)
    assert not any(secret in page.text for secret in (*SECRETS, OF_SENDER, sent.receiver.name, sent.receiver.inbox))


@pytest.mark.parametrize("way", ["ended", "accounts", "made up"])
def test_a_dead_link_says_why_and_what_is_kept(way, sent, visitor):
    words = main(visitor.get(f"/gast/{dead(way, sent)}/"))

    assert "Een link uit een mail werkt 14 dagen, voor één vraag." in words
    assert "Wat al geantwoord is, is bewaard." in words


def test_where_nothing_is_left_to_do_our_link_and_a_made_up_one_give_the_same_page(sent, visitor):
    ours = visitor.get(f"/gast/{dead('nothing to do', sent)}/")

    assert main(ours) == main(visitor.get(f"/gast/{uuid.uuid4()}/"))


@pytest.mark.parametrize(("neighbour", "told"), [("050 00 00 93", "Sociaal Huis Jabbeke"), ("", "/organisaties/")])
def test_without_a_desk_of_its_own_a_neighbour_is_called_else_all_numbers_are_one_press_away(
    neighbour, told, house, visitor
):
    Organization.objects.get(name="Sociaal Huis Zedelgem").phones.all().delete()
    social_house("Sociaal Huis Jabbeke", "Jabbeke", neighbour)

    words = main(visitor.get(f"/gast/{uuid.uuid4()}/"))

    assert told in words
    assert "Sociaal Huis Zedelgem" not in words
