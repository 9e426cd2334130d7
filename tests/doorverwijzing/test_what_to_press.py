"""What a worker sees at once: what to press, how many there are, who did it and to whom one writes."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from clienten.models import Item
from core import audit
from core.moments import spoken_date
from doorverwijzing import actions, packet, receiving, thread
from doorverwijzing.deadlines import answer_by
from doorverwijzing.models import CloseResult, Message
from doorverwijzing.words import badge_for_receiver
from doorverwijzing.workflow import Side, Status
from organisaties.roles import PartnerType, SecrecyRegime
from tests.factories.doorverwijzing import SHARED, Cast, now
from tests.factories.organisaties import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return Cast()


def page_of(client, address):
    return client.get(address).content.decode()


def test_the_button_of_the_day_opens_the_form_and_the_title_opens_the_question(cast, client):
    referral = cast.accepted()
    client.force_login(cast.noor)
    form = reverse("doorverwijzing:contact", args=[referral.pk])

    page = page_of(client, reverse("doorverwijzing:today"))

    assert re.search(rf'href="{form}">Bevestig contact<', page)
    assert re.search(rf'<h3><a href="{referral.get_absolute_url()}">Zeg of je Amina gesproken hebt<', page)


def test_the_day_counts_what_its_list_holds_drafts_too(cast, client):
    cast.presented()
    other = Cast()
    MembershipFactory(user=cast.lotte, organization=other.house)
    other.sent()
    client.force_login(cast.lotte)

    day = client.get(reverse("doorverwijzing:today"))
    outbox = client.get(reverse("doorverwijzing:outbox"))

    assert day.context["outgoing_total"] == len(outbox.context["rows"]) == 2


def test_contact_and_a_try_each_have_their_button_and_say_what_the_sender_sees(cast, client):
    referral = cast.accepted()
    client.force_login(cast.noor)

    page = page_of(client, reverse("doorverwijzing:contact", args=[referral.pk]))

    told = ("Bevestig contact", "ziet: contact gelegd, datum en manier.", "Noteer deze poging",
            "ziet: niet bereikt, op welke dag.", "Nog niet geprobeerd.", "Ze verdwijnt nooit vanzelf.")  # fmt: skip
    assert [words for words in told if words not in page] == []


def test_the_receiver_reads_its_own_moves_without_its_own_name(cast):
    referral = cast.contact_made()
    ours = [knot.title for knot in thread.for_workers(referral, Side.RECEIVER, "Amina")]
    theirs = [knot.title for knot in thread.for_workers(referral, Side.SENDER, "Amina")]

    assert ours[:4] == ["Amina zei ja, verstuurd naar ons", "Geopend", "Aangenomen", "Wij spraken met Amina"]
    assert all(str(cast.rent_help) in title for title in theirs[:4])


@pytest.mark.parametrize(("by_client", "title"), [(True, "Amina nam de ja terug"), (False, "Toestemming teruggenomen")])
def test_the_sender_reads_whether_the_person_took_the_yes_back_or_a_colleague_did(cast, by_client, title):
    referral = cast.received()
    actions.withdraw(referral, by=audit.CLIENT if by_client else cast.lotte)

    ours = thread.for_workers(referral, Side.SENDER, "Amina")[-1]
    theirs = thread.for_workers(referral, Side.RECEIVER, "")[-1]

    assert (ours.title, "door Lotte" in ours.when) == (title, not by_client)
    assert theirs.title == "Toestemming teruggenomen"


def test_each_side_reads_to_whom_it_writes(cast, client):
    referral = cast.accepted()

    for someone, other in ((cast.lotte, cast.rent_help), (cast.noor, cast.house)):
        client.force_login(someone)
        assert f"Berichten met {other}</h2>" in page_of(client, referral.get_absolute_url())


def test_who_closed_a_question_reads_how_it_ended_and_until_when_it_can_be_read(cast, client):
    referral = cast.closed()
    client.force_login(cast.noor)
    last = spoken_date(timezone.localdate() + timedelta(days=30))

    page = page_of(client, referral.get_absolute_url())

    assert "<strong>Deze vraag is afgerond: opgelost.</strong> Je hoeft niets meer te doen." in page
    assert f"Je leest ze nog tot {last}." in page
    assert f"stukken, tot {last}." in page
    assert "<span>afgerond: opgelost</span>" in page_of(client, reverse("doorverwijzing:inbox"))


def test_a_question_that_was_not_solved_is_not_said_in_green(cast):
    referral = cast.running()
    receiving.close(referral, result=CloseResult.NOT, by=cast.noor)

    assert badge_for_receiver(referral)[:2] == ("afgerond: niet opgelost", "quiet")


@pytest.mark.parametrize(
    ("agreed", "badge", "result"),
    [
        (True, ("badge-quiet", "afgerond: niet opgelost"), "niet opgelost"),
        (False, ("badge-reached", "afgerond"), "afgerond; hoe het afliep, mag niet verteld worden"),
    ],
)
def test_the_sender_reads_how_it_ended_beside_the_state_when_that_was_agreed(
    cast, client, monkeypatch, agreed, badge, result
):
    monkeypatch.setitem(SHARED, Item.FEEDBACK_OUTCOME, agreed)
    referral = cast.running()
    receiving.close(referral, result=CloseResult.NOT, by=cast.noor)
    client.force_login(cast.lotte)

    page = page_of(client, referral.get_absolute_url())

    assert re.search(r'class="badge (badge-\w+)".*?<span>([^<]*)</span>', page, re.S).groups() == badge
    assert f"<dd>{result}</dd>" in page


def test_after_the_consent_the_one_who_closed_it_still_reads_how_it_ended(cast, client):
    referral = cast.closed()
    packet.destroy(referral)
    client.force_login(cast.noor)

    page = page_of(client, referral.get_absolute_url())

    assert "Deze vraag is afgerond: opgelost." in page
    assert "je leest de inhoud niet meer." in page


@pytest.mark.parametrize(
    ("state", "words"),
    [("refused", "Bekijk en kies"), ("passed_on", "Vraag het nu"), ("expired", "Bel en kies verder")],
)
def test_the_button_of_what_came_back_says_what_to_do_first(cast, client, state, words):
    getattr(cast, state)()
    client.force_login(cast.lotte)

    assert f">{words}<span" in page_of(client, reverse("doorverwijzing:today"))


def test_what_limits_reaching_someone_stands_out(cast, client):
    card = cast.question.client
    card.no_voicemail, card.sms_allowed = True, True
    card.save()
    referral = cast.sent()
    client.force_login(cast.noor)

    page = page_of(client, referral.get_absolute_url())

    assert "<li><strong>Nooit een bericht inspreken.</strong></li><li>Een sms mag.</li>" in page


def test_the_preview_says_until_when_the_receiver_would_have(cast, client):
    referral = cast.draft()
    client.force_login(cast.lotte)
    told = f"antwoord voor {spoken_date(answer_by(referral))}"

    page = page_of(client, reverse("doorverwijzing:share", args=[referral.pk]))

    assert told in page
    assert "5. Versturen" in page


def test_the_choices_lead_to_the_top_of_the_next_page_and_hide_only_what_could_be_seen(cast, client):
    cast.rent_help.partner_type, cast.rent_help.secrecy_regime = PartnerType.VOLUNTEER, SecrecyRegime.NONE
    cast.rent_help.save()
    client.force_login(cast.lotte)
    nothing_chosen = actions.prepare(cast.question, cast.service, by=cast.lotte)
    address = reverse("doorverwijzing:share", args=[nothing_chosen.pk])

    page = page_of(client, address)

    assert f'<form method="post" action="{address}"' in page
    assert "<strong>Niet te zien:</strong> voornaam en telefoon. De ontvanger" in page
    assert "Alleen de vraag en hoe je deze persoon bereikt" in page
    assert "Deel alleen wat echt nodig is" not in page


def test_the_sender_reads_what_is_waited_for_and_can_ask_one_more_service(cast, client):
    referral = cast.sent()
    client.force_login(cast.lotte)
    more = f'href="{reverse("doorverwijzing:search", args=[referral.question_id])}">Nog een dienst voor deze vraag<'

    asked = page_of(client, referral.get_absolute_url())
    receiving.accept(referral, by=cast.noor)
    accepted = page_of(client, referral.get_absolute_url())

    assert "antwoord voor" in asked and more in asked
    assert "zij nemen contact voor" in accepted and "antwoord voor" not in accepted and more in accepted


def test_what_left_already_promises_no_other_day(cast):
    assert answer_by(cast.sent()) is None


def test_who_works_on_both_sides_can_answer_for_the_receiver(log_in):
    cast = Cast()
    MembershipFactory(user=cast.lotte, organization=cast.rent_help)
    referral, browser = cast.sent(), log_in(cast.lotte)
    page = browser.get(referral.get_absolute_url()).content.decode()
    still = now(referral).state

    theirs = browser.get(referral.get_absolute_url() + "?kant=ontvanger").content.decode()
    accept = f"/doorverwijzing/{referral.pk}/aannemen/"

    assert still is Status.SENT
    assert f'href="{referral.get_absolute_url()}?kant=ontvanger"' in page
    assert accept not in page
    assert accept in theirs
    assert now(referral).state is Status.RECEIVED


def test_who_works_on_both_sides_writes_from_the_page_of_the_receiver_as_the_receiver(log_in):
    cast = Cast()
    MembershipFactory(user=cast.lotte, organization=cast.rent_help)
    referral, browser = cast.received(), log_in(cast.lotte)
    theirs = browser.get(referral.get_absolute_url() + "?kant=ontvanger").content.decode()
    (side,) = set(re.findall(r'name="kant" value="(\w+)"', theirs))
    at = f"/doorverwijzing/{referral.pk}/bericht/"

    sent = [
        browser.post(at, {"text": "Wanneer past het?", "form_key": uuid4(), "kant": side}),
        browser.post(at, {"text": "Ze is thuis.", "form_key": uuid4()}),
        browser.post(at, {"text": "", "form_key": uuid4(), "kant": side}),
    ]

    written = {one.text: one.organization for one in Message.objects.all()}
    assert written == {"Wanneer past het?": cast.rent_help, "Ze is thuis.": cast.house}
    assert [answer.get("Location", "") for answer in sent] == [
        referral.get_absolute_url() + "?kant=ontvanger#berichten", referral.get_absolute_url() + "#berichten", "",
    ]  # fmt: skip
    assert 'name="kant"' in sent[2].text


@pytest.mark.parametrize("way", ["bericht", "bellen"])
def test_who_works_on_both_sides_tells_no_more_from_the_page_of_the_receiver_than_was_agreed(log_in, way):
    cast = Cast()
    MembershipFactory(user=cast.lotte, organization=cast.rent_help)
    referral, browser = cast.contact_made(), log_in(cast.lotte)
    words = {"text": "Ze huilde.", **({"call": "1"} if way == "bellen" else {})}

    answer = browser.post(
        f"/doorverwijzing/{referral.pk}/bericht/", {**words, "form_key": uuid4(), "kant": "ontvanger"}
    )

    written = [(one.text, one.organization) for one in Message.objects.all()]
    assert written == ([] if way == "bericht" else [("Bel mij even over deze vraag.", cast.rent_help)])
    assert answer.status_code == (200 if way == "bericht" else 302)


def test_nobody_of_the_sender_alone_writes_as_the_receiver(log_in):
    cast = Cast()
    referral = cast.received()

    log_in(cast.lotte).post(
        f"/doorverwijzing/{referral.pk}/bericht/", {"text": "Dag.", "form_key": uuid4(), "kant": "ontvanger"}
    )

    assert Message.objects.get().organization == cast.house


def test_nobody_of_the_sender_alone_sees_the_page_of_the_receiver(log_in):
    cast = Cast()
    referral = cast.sent()

    page = log_in(cast.lotte).get(referral.get_absolute_url() + "?kant=ontvanger").content.decode()

    assert "aannemen" not in page
    assert "?kant=ontvanger" not in page
    assert now(referral).state is Status.SENT
