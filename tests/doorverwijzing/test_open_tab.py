"""A page of a receiver that lies open drops what was taken back, and lets nobody seem to be there."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from clienten.models import Item
from doorverwijzing import actions
from doorverwijzing.models import Packet
from tests.doorverwijzing.test_guest import GuestCast
from tests.doorverwijzing.test_guest_together import let_in
from tests.factories.doorverwijzing import Cast, now

pytestmark = pytest.mark.django_db
BY_ITSELF = {"HX-Request": "true", "X-By-Itself": "1"}


@pytest.fixture
def cast():
    return Cast()


def looks_at(page):
    """Give the address at which this page looks again by itself."""
    return re.search(r'hx-get="(/doorverwijzing/open/[^"]+)"', page.text)[1]


@pytest.mark.parametrize("where", ["", "contact/"])
def test_an_open_page_of_the_receiver_goes_once_the_content_is_taken_back(cast, log_in, client, where):
    referral = cast.accepted()
    page = log_in(cast.noor).get(referral.get_absolute_url() + where)
    address = looks_at(page)
    assert "no-store" in page["Cache-Control"]
    quiet = client.get(address, headers=BY_ITSELF)

    actions.withdraw(now(referral), by=cast.lotte)
    told = client.get(address, headers=BY_ITSELF)

    assert (quiet.status_code, quiet.content) == (204, b"")
    assert (told.status_code, told.content, told["HX-Redirect"]) == (200, b"", referral.get_absolute_url())
    assert "hx-get" not in log_in(cast.noor).get(told["HX-Redirect"]).text.split("<main")[1].split("</main")[0]


def test_the_open_page_of_a_guest_goes_too_and_leads_to_the_door_of_the_guest(client):
    cast = GuestCast()
    referral = cast.sent()
    let_in(client, referral)
    page = client.get(f"/gast/vraag/{referral.pk}/")
    address = looks_at(page)
    assert "Ik slaap niet" in page.text
    assert client.get(address, headers=BY_ITSELF).status_code == 204

    actions.withdraw(now(referral), by=cast.lotte)
    told = client.get(address, headers=BY_ITSELF)

    assert told["HX-Redirect"] == f"/gast/vraag/{referral.pk}/"
    assert "Ik slaap niet" not in client.get(told["HX-Redirect"], follow=True).text


def test_one_piece_that_goes_is_enough_and_a_new_piece_is_not(cast, log_in, client):
    referral = cast.received()
    address = looks_at(log_in(cast.noor).get(referral.get_absolute_url()))
    Packet.objects.filter(referral=referral).update(items=[*now(referral).packet.items, "debts"])
    assert client.get(address).status_code == 204

    actions.withdraw(now(referral), by=cast.lotte, items=[Item.OWN_WORDS])

    assert client.get(address, headers=BY_ITSELF)["HX-Redirect"] == referral.get_absolute_url()


@pytest.mark.parametrize("gone", ["its days are over", "erased"])
def test_what_ends_or_is_erased_leaves_the_page_too(cast, log_in, client, time_machine, gone):
    referral = cast.received()
    address = looks_at(log_in(cast.noor).get(referral.get_absolute_url()))

    if gone == "erased":
        Packet.objects.filter(referral=referral).delete()
    else:
        time_machine.move_to(timezone.now() + timedelta(days=4000))

    assert client.get(address, headers=BY_ITSELF)["HX-Redirect"] == referral.get_absolute_url()


@pytest.mark.parametrize("logged_in", [True, False])
def test_what_someone_typed_on_a_page_that_leaves_is_given_back_and_nothing_else(cast, log_in, client, logged_in):
    referral = cast.accepted()
    reader = log_in(cast.noor)
    address = looks_at(reader.get(referral.get_absolute_url()))
    sent_by = reader if logged_in else client
    early = sent_by.post(address, {"typed": ["Wij bellen morgen."]})
    actions.withdraw(now(referral), by=cast.lotte)

    page = sent_by.post(address, {"typed": ["Wij bellen <b>morgen</b>.", " ", "dinsdag 14 u."]})

    assert (early.status_code, early.content) == (204, b"")
    assert (page.status_code, "no-store" in page["Cache-Control"]) == (200, True)
    assert re.findall(r"readonly>(.*?)</textarea>", page.text) == [
        "Wij bellen &lt;b&gt;morgen&lt;/b&gt;.", "dinsdag 14 u.",
    ]  # fmt: skip
    assert sent_by.get(address).url == referral.get_absolute_url(), "loaded again it is no empty page"
    main = page.text.split("<main")[1].split("</main")[0]
    assert f'href="{referral.get_absolute_url()}"' in main
    assert not [word for word in ("Amina", "0470", "Ik slaap niet") if word in main]
    assert "Wij bellen" not in str(dict(sent_by.session.items()))


def test_a_made_up_ticket_learns_nothing(client):
    for made_up in ("iets", "v1:00000000:AAAA", "v1::"):
        assert client.get(f"/doorverwijzing/open/{made_up}/").status_code == 404
        assert client.post(f"/doorverwijzing/open/{made_up}/", {"typed": "x"}).status_code == 404


def test_the_address_tells_nothing_of_the_question_or_the_person(cast, log_in):
    referral = cast.received()

    address = looks_at(log_in(cast.noor).get(referral.get_absolute_url()))

    assert not [word for word in (str(referral.pk), referral.pk.hex, "own_words", "Amina") if word in address]


def test_a_page_that_looks_by_itself_keeps_no_session_open(cast, log_in, settings, time_machine):
    settings.SESSION_IDLE_MINUTES = 15
    referral, browser = cast.received(), log_in(cast.noor)
    address = looks_at(browser.get(referral.get_absolute_url()))
    start = timezone.now()

    for minutes in (7, 14):
        time_machine.move_to(start + timedelta(minutes=minutes))
        assert browser.get(address, headers=BY_ITSELF).status_code == 204
    time_machine.move_to(start + timedelta(minutes=16))

    assert "/account/login/" in browser.get("/vandaag/").url
    assert browser.get(address, headers=BY_ITSELF).status_code == 204
