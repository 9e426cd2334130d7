"""Not reached: it goes back to the sender, and who gave it back has nothing to read any more."""

from datetime import timedelta

import pytest

from doorverwijzing import packet, thread
from doorverwijzing.models import Referral
from doorverwijzing.workflow import Side
from tests.factories.doorverwijzing import Cast

pytestmark = pytest.mark.django_db


def test_who_gave_it_back_unreached_reads_nothing_any_more(client):
    cast = Cast()
    referral = Referral.objects.get(pk=cast.unreached().pk)
    client.force_login(cast.noor)

    page = client.get(referral.get_absolute_url()).content.decode()

    assert packet.read(referral) is None
    assert "Je probeerde drie keer." in page
    assert "0470 00 00 62" not in page
    assert cast.question.own_words not in page


def test_the_sender_still_sees_whom_to_call(client):
    cast = Cast()
    referral = cast.unreached()
    client.force_login(cast.lotte)

    page = client.get(referral.get_absolute_url()).content.decode()

    assert "0470 00 00 62" in page
    assert "probeerde drie keer" in page


def test_it_goes_back_after_the_last_try_also_when_that_was_noted_to_the_minute():
    cast = Cast()
    referral = cast.unreached()
    step = referral.log.get(move="give_back")
    referral.attempts.update(at=step.at + timedelta(seconds=20))

    knots = thread.for_workers(referral, Side.SENDER, "Amina")

    assert [knot.icon for knot in knots][-4:] == ["phone", "phone", "phone", "phone"]
    assert knots[-1].title.startswith("Niet bereikt, terug bij")
