"""The screens of speaking together: from the choice of a warm way to the outcome, and the small answers beside it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from doorverwijzing.live.hours import ZONE
from doorverwijzing.live.rules import Stage
from doorverwijzing.models import Handover, Overview, Referral
from doorverwijzing.workflow import Status
from tests.factories.doorverwijzing import Cast
from tests.factories.organisaties import MembershipFactory

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 9, tzinfo=ZONE)
TOMORROW = MONDAY + timedelta(days=1, hours=1)


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(MONDAY, tick=False)


@pytest.fixture
def cast():
    return Cast()


def at(name, referral):
    """Give the address of a page about a referral."""
    return reverse(f"doorverwijzing:{name}", args=[referral.pk])


def asked(**more):
    """Fill in the form with one call tomorrow."""
    return {"kind": "call", "minutes": "30", "day": "2026-12-01", "hour": "10:00", **more}


def test_a_warm_way_asks_for_moments_first_and_then_lets_the_client_decide(cast, log_in):
    lotte, referral = log_in(cast.lotte), cast.draft()
    chosen = {"contact": "share", "warmth": "4"}

    assert lotte.post(at("share", referral), chosen).url == at("handover", referral)
    page = lotte.get(at("handover", referral)).content.decode()
    assert "Huurhulp De Blauwe Deur" in page and "2026-12-01T09:00:00+01:00" in page
    assert lotte.post(at("handover", referral), asked()).url == at("share", referral)
    assert "di 1 dec., 10 u." in lotte.get(at("share", referral)).content.decode()
    assert lotte.post(at("share", referral), chosen).url == at("say_yes", referral)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"kind": ""}, "Kies hoe jullie samen spreken."),
        ({"kind": "visit"}, "Zeg waar het bezoek is."),
        ({"hour": ""}, "Vul de dag en het uur allebei in."),
        ({"hour": "20:00"}, "is niet open op dat uur"),
        ({"day": "", "hour": ""}, "Kies minstens één moment"),
        ({"day": "0001-01-01", "hour": "00:00"}, "Het jaar 1 kan niet kloppen"),
    ],
)
def test_what_is_wrong_is_said_at_the_form(cast, log_in, given, words):
    page = log_in(cast.lotte).post(at("handover", cast.sent()), asked(**given)).content.decode()

    assert words in page
    assert not Handover.objects.exists()


def test_a_moment_that_was_offered_when_the_page_was_opened_can_still_be_proposed(cast, log_in, time_machine):
    lotte, referral = log_in(cast.lotte), cast.sent()
    offered = re.findall(r'value="(2026-11-30T[^"]+)"', lotte.get(at("handover", referral)).content.decode())
    ticked = {"kind": "call", "minutes": "30", "moments": [offered[0], offered[2]]}
    time_machine.move_to(MONDAY + timedelta(hours=1, minutes=40), tick=False)

    now_offered = lotte.get(at("handover", referral)).content.decode()
    lotte.post(at("handover", referral), ticked)

    assert not any(f'value="{moment}"' in now_offered for moment in ticked["moments"])
    assert [slot.starts_at.isoformat() for slot in Handover.objects.get().slots.order_by("starts_at")] == [
        datetime.fromisoformat(moment).astimezone(UTC).isoformat() for moment in ticked["moments"]
    ]


@pytest.mark.parametrize(
    "odd", ["x", "2026-12-01", "2026-12-01T09:00:00", "0001-01-01T00:00:00+23:59", "2026-12-01T08:00:00Z"]
)
def test_what_is_no_moment_of_the_form_is_refused(cast, log_in, odd):
    page = log_in(cast.lotte).post(at("handover", cast.sent()), asked(moments=[odd]))

    assert page.status_code == 200
    assert not Handover.objects.exists()


def test_a_ticked_moment_that_can_no_longer_be_says_why_and_stays_ticked(cast, log_in):
    page = log_in(cast.lotte).post(
        at("handover", cast.sent()), {"kind": "call", "minutes": "30", "moments": ["2026-11-30T08:30:00+01:00"]}
    )

    assert "Dit moment is voorbij" in page.content.decode()
    assert re.search(r'value="2026-11-30T08:30:00\+01:00"[^>]*checked', page.content.decode())


def test_the_outcome_of_a_day_that_is_still_to_come_is_refused(cast, log_in, time_machine):
    lotte, noor, referral = log_in(cast.lotte), log_in(cast.noor), cast.sent()
    lotte.post(at("handover", referral), asked())
    noor.post(at("handover_choose", referral), {"slot": str(Handover.objects.get().slots.get().pk)})
    time_machine.move_to(TOMORROW + timedelta(hours=1), tick=False)
    told = {"went": "spoken", "day": "2026-12-02", "channel": "phone", "initiative": "receiver"}

    page = log_in(cast.noor).post(at("handover_outcome", referral), told).content.decode()

    assert "Die dag moet nog komen." in page
    assert Handover.objects.get().state is Stage.AGREED


def test_both_sides_see_what_they_can_do_and_the_outcome_is_contact(cast, log_in, time_machine):
    lotte, noor, referral = log_in(cast.lotte), log_in(cast.noor), cast.sent()
    lotte.post(at("handover", referral), asked())
    slot = Handover.objects.get().slots.get()
    page = referral.get_absolute_url()

    assert "kiest een van deze momenten" in lotte.get(page).content.decode()
    assert "Kies di 1 dec., 10 u." in noor.get(page).content.decode()
    assert noor.get(at("handover_invitation", referral)).status_code == 404
    noor.post(at("handover_choose", referral), {"slot": str(slot.pk)})
    calendar = noor.get(at("handover_invitation", referral))
    assert calendar["Content-Type"].startswith("text/calendar") and b"METHOD:REQUEST" in calendar.content
    assert noor.get(at("handover_outcome", referral)).url == page

    time_machine.move_to(TOMORROW + timedelta(hours=1), tick=False)
    # A night is longer than a session.
    lotte, noor = log_in(cast.lotte), log_in(cast.noor)
    told = {"went": "spoken", "day": "2026-12-01", "channel": "phone", "initiative": "receiver"}
    assert "Vertel hoe het ging" in noor.get(page).content.decode()
    assert "vertelt hoe het ging" in lotte.get(page).content.decode()
    assert 'value="2026-12-01"' in noor.get(at("handover_outcome", referral)).content.decode()
    noor.post(at("handover_outcome", referral), told)
    assert Referral.objects.get().state is Status.CONTACT_MADE
    late = noor.post(at("handover_outcome", referral), {**told, "went": "not_there", "note": "Niemand deed open."})
    assert "hoe het ging, staat er al" in late.text and "Niemand deed open." in late.text
    assert noor.post(at("handover_outcome", referral), told).url == page


def test_the_person_reads_when_they_speak_together_on_the_own_page_and_on_the_sheet(cast, log_in, client, time_machine):
    referral, lotte, noor = cast.sent(), log_in(cast.lotte), log_in(cast.noor)
    lotte.post(at("handover", referral), asked())
    slot = Handover.objects.get().slots.get().pk
    client.post("/volg/", {"code": referral.receipt.code})

    before = client.get("/volg/vraag/").content.decode()
    noor.post(at("handover_choose", referral), {"slot": slot})
    page = client.get("/volg/vraag/?taal=fr").content.decode()
    sheet = lotte.get(at("receipt", referral) + "?taal=fr").content.decode()

    assert "spreek je samen" not in before and "ten laatste" in before
    assert "Op dinsdag 1 december om 10 uur spreek je samen met Lotte en Huurhulp De Blauwe Deur. Ze bellen je." in page
    assert "le mardi 1 décembre, à 10:00" in page and "Je hoort iets" not in page
    assert "Op dinsdag 1 december om 10 uur" in sheet and "Le mardi 1 décembre, à 10:00" in sheet
    time_machine.move_to(TOMORROW + timedelta(hours=1), tick=False)
    client.post("/volg/", {"code": referral.receipt.code})
    assert "spreek je samen" not in client.get("/volg/vraag/").content.decode()


def test_a_receiver_may_say_no_or_call_it_off_and_a_late_press_is_told(cast, log_in):
    noor, referral = log_in(cast.noor), cast.sent()
    log_in(cast.lotte).post(at("handover", referral), asked())

    assert "De vraag zelf gaat verder" in noor.post(at("handover_decline", referral), follow=True).content.decode()
    assert Handover.objects.get().state is Stage.DECLINED
    late = noor.post(at("handover_cancel", referral), follow=True).content.decode()
    assert "Er is geen warme overdracht meer" in late


def test_a_day_shows_what_was_agreed_and_what_has_to_be_chosen(cast, log_in):
    lotte, noor, referral = log_in(cast.lotte), log_in(cast.noor), cast.sent()
    noor.post(at("handover", referral), asked())

    assert "Kies een moment om met Huurhulp De Blauwe Deur te spreken" in lotte.get("/vandaag/").content.decode()
    lotte.post(at("handover_choose", referral), {"slot": str(Handover.objects.get().slots.get().pk)})
    assert "Spreek met Amina en Sociaal Huis Pannenhoek" in noor.get("/vandaag/").content.decode()


def test_the_overview_is_handed_over_on_the_page_and_shown_to_all(cast, log_in, client):
    wim = MembershipFactory(organization=cast.house, user__first_name="Wim").user
    referral = cast.accepted()

    log_in(cast.lotte).post(at("keep_overview", referral), {"keeper": wim.pk, "fallback": cast.lotte.pk})

    assert Overview.objects.get().keeper == wim
    page = log_in(cast.noor).get(referral.get_absolute_url()).content.decode()
    assert "Wim" in page and 'name="keeper"' not in page
    client.post("/volg/", {"code": referral.receipt.code})
    assert "Is Wim er niet? Vraag naar Lotte." in client.get("/volg/vraag/").content.decode()


def test_the_receiver_ticks_what_was_of_use_and_the_sender_reads_how_many(cast, log_in):
    referral = cast.accepted()

    log_in(cast.noor).post(at("tell_use", referral), {"used": ["own_words", "tried"]})

    assert "2 van 3 stukken" in log_in(cast.lotte).get(referral.get_absolute_url()).content.decode()
