"""A link to an erased question: a kind word for who knew of it, nothing of whom, and nothing at all for a stranger."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from clienten.rights_of_subject.erasing import erase
from core import audit
from core.models import OutgoingMail
from doorverwijzing import gone
from doorverwijzing.guest import magic_link
from doorverwijzing.guest.views.door import SESSION_KEY
from doorverwijzing.models import GuestLink, Referral, Tombstone
from tests.doorverwijzing.test_guest import MAILBOX, GuestCast
from tests.factories.doorverwijzing import Cast
from tests.factories.organisaties import MembershipFactory

pytestmark = pytest.mark.django_db
OF_WHOM = ("Amina", "0470 00 00 62", "Ik slaap niet", "blijven wonen", "Pannenhoek")


def test_both_sides_read_that_a_question_is_gone_and_a_stranger_finds_nothing(log_in):
    cast = Cast()
    referral = cast.received()
    told = {cast.lotte: 410, cast.noor: 410, MembershipFactory().user: 404}

    erase(referral.client, by=audit.SYSTEM)

    for person, status in told.items():
        browser = log_in(person)
        for page in (
            browser.get(referral.get_absolute_url()),
            browser.post(f"{referral.get_absolute_url()}aannemen/"),
        ):
            words = page.content.decode()
            assert page.status_code == status
            assert ("Deze vraag is weg" in words) is (status == 410)
            main = re.search(r"<main.*</main>", words, re.S)[0]
            assert not any(word in main for word in OF_WHOM)
    mark = Tombstone.objects.get()
    assert (mark.referral_id, mark.reason) == (referral.pk, "term")


def test_a_draft_that_was_erased_never_was_for_its_receiver(log_in):
    cast = Cast()
    referral = cast.draft()

    erase(referral.client, by=audit.SYSTEM)

    assert log_in(cast.noor).get(referral.get_absolute_url()).status_code == 404
    assert log_in(cast.lotte).get(referral.get_absolute_url()).status_code == 410


def test_the_link_of_a_guest_says_that_it_is_gone_and_a_made_up_one_says_nothing(client, visitor):
    cast = GuestCast()
    referral = cast.sent()
    door = magic_link.way_in(referral)
    session = client.session
    session[SESSION_KEY] = {GuestLink.objects.get().pk.hex: timezone.now().timestamp() + 3600}
    session.save()
    erase(referral.client, by=audit.SYSTEM)
    inside = f"/gast/vraag/{referral.pk}/"

    pages = [client.get(door), client.get(f"{door}code/"), client.get(inside), client.post(f"{inside}aannemen/")]

    assert {page.status_code for page in pages} == {410}
    assert all("Deze vraag is weg" in page.content.decode() for page in pages)
    assert not any(word in page.content.decode() for page in pages for word in OF_WHOM)
    assert visitor.get(inside).status_code == 404
    made_up = visitor.get(f"{door[:-3]}xx/")
    assert (made_up.status_code, "Deze vraag is weg" in made_up.text) == (410, False)
    other = Referral.objects.get(pk=Cast().sent().pk)
    assert client.get(f"/gast/vraag/{other.pk}/").status_code == 404
    letter = [mail for mail in OutgoingMail.objects.order_by("created_at") if mail.to == MAILBOX][-1]
    assert "gewist" in letter.subject


def test_a_mark_is_forgotten_after_a_year():
    cast = Cast()
    erase(cast.received().client, by=audit.SYSTEM)
    assert gone.tidy() == {"forgotten": 0}

    Tombstone.objects.update(created_at=timezone.now() - gone.KEPT - timedelta(hours=1))

    assert gone.tidy() == {"forgotten": 1}
