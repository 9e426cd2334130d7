"""The screens of both sides: what each sees, what a stranger does not learn, and what bad input does."""

import re
import uuid
from itertools import product

import pytest
from django.urls import reverse
from django.utils import timezone

from clienten.models import Item
from core import audit
from doorverwijzing import actions
from doorverwijzing.models import Message, Referral
from doorverwijzing.workflow import Status
from leernetwerk.choices import Moment
from organisaties.roles import Role
from tests.factories.doorverwijzing import Cast
from tests.factories.leernetwerk import MethodGuideFactory
from tests.factories.organisaties import MembershipFactory, UserFactory
from tests.factories.sociale_kaart import ServiceFactory

pytestmark = pytest.mark.django_db
PAGES = [
    "referral", "share", "say_yes", "back_to_choices", "receipt", "withdraw", "settle", "answer", "message", "accept",
    "refuse", "pass_on", "contact", "start", "close",
]  # fmt: skip


@pytest.fixture
def cast():
    return Cast()


def text_of(response):
    return response.content.decode()


def address(name, referral):
    return reverse(f"doorverwijzing:{name}", args=[referral.pk])


def refused(client, referral, method, name):
    response = getattr(client, method)(address(name, referral))
    assert response.status_code == 404, (name, method, response.status_code)
    assert "Amina" not in text_of(response)
    assert "Pannenhoek" not in text_of(response)


@pytest.mark.parametrize("status", Status)
def test_a_stranger_does_not_learn_that_it_exists_whatever_its_state(cast, client, stranger, status, settings):
    # The page that says so is looked at below.
    settings.ROOT_URLCONF = "tests.leaks.bare_urls"
    client.force_login(stranger)
    referral = cast.at(status)

    for name in PAGES:
        refused(client, referral, "get", name)


@pytest.mark.parametrize("role", [None, *Role])
def test_a_stranger_of_any_role_does_not_learn_that_it_exists(cast, client, role):
    referral = cast.sent()
    someone = UserFactory()
    if role:
        MembershipFactory(user=someone, role=role)
    client.force_login(someone)
    # One role tries every method; the others the two that a browser knows.
    methods = ("get", "post") if role else ("get", "post", "head", "put", "delete")

    for name, method in product(PAGES, methods):
        refused(client, referral, method, name)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.FRONTLINE_WORKER, Role.TEAM_LEAD)])
def test_a_colleague_who_does_not_work_with_clients_sees_no_referral(cast, client, role):
    referral = cast.sent()
    for organization in (cast.house, cast.rent_help):
        colleague = UserFactory()
        MembershipFactory(user=colleague, organization=organization, role=role)
        client.force_login(colleague)
        assert client.get(referral.get_absolute_url()).status_code == 404


def test_the_receiver_does_not_learn_of_a_draft(cast, client):
    referral = cast.presented()
    client.force_login(cast.noor)

    for name in PAGES:
        assert client.get(address(name, referral)).status_code == 404


def test_the_receiver_cannot_open_the_pages_of_the_sender(cast, client):
    referral = cast.accepted()
    client.force_login(cast.noor)

    for name in ("share", "say_yes", "receipt", "withdraw", "answer"):
        assert client.get(address(name, referral)).status_code == 404


def test_the_receiver_reads_the_shared_items_and_nothing_else(cast, client):
    referral = cast.sent()
    client.force_login(cast.noor)

    page = text_of(client.get(referral.get_absolute_url()))

    assert "Ik slaap niet" in page
    assert "0470 00 00 62" in page
    assert "1.450" not in page
    assert "2.340" not in page
    assert "Alleen met Yusuf" not in page


def test_withdrawal_takes_the_content_from_the_receivers_page_at_once(cast, client):
    referral = cast.accepted()
    actions.withdraw(referral, by=audit.CLIENT)
    client.force_login(cast.noor)

    page = text_of(client.get(referral.get_absolute_url()))

    assert "Ik slaap niet" not in page
    assert "Amina" not in page
    assert "0470 00 00 62" not in page


def test_the_road_of_the_sender_from_question_to_sent(cast, client, mailoutbox, django_capture_on_commit_callbacks):
    client.force_login(cast.lotte)

    with django_capture_on_commit_callbacks(execute=True):
        begun = client.post(reverse("doorverwijzing:choose_service", args=[cast.question.pk, cast.service.pk]))
        referral = Referral.objects.get()
        chosen = client.post(begun.url, {Item.CONTACT: "share", Item.INCOME: "not"})
        sent = client.post(chosen.url, {"mode": "screen", "signature": "Amina"})

    assert begun.url == address("share", referral)
    assert chosen.url == address("say_yes", referral)
    assert sent.url == referral.get_absolute_url()
    assert actions.shared_items(referral) == [Item.CONTACT]
    assert len(mailoutbox) == 1


def test_one_button_shares_everything(cast, client):
    client.force_login(cast.lotte)
    referral = actions.prepare(cast.question, cast.service, by=cast.lotte)

    client.post(address("share", referral), {"all": "1"})

    assert all(Referral.objects.get().choices.values())


def test_the_preview_keeps_the_choices_and_does_not_go_on(cast, client):
    client.force_login(cast.lotte)
    referral = actions.prepare(cast.question, cast.service, by=cast.lotte)

    response = client.post(address("share", referral), {Item.OWN_WORDS: "share", "preview": "1"}, follow=True)

    assert Referral.objects.get().state is Status.DRAFT
    assert "Ik slaap niet" in text_of(response).split('id="preview"')[1]
    assert "0470 00 00 62" not in text_of(response).split('id="preview"')[1]

    typed = {Item.OWN_WORDS: "not", "colleague": "Noor 85.07.30-033.28"}
    refused = text_of(client.post(address("share", referral), typed))
    assert '<details class="fold" open>' in refused and "Dat bewaren we niet" in refused
    assert typed["colleague"] in refused
    assert Referral.objects.get().state is Status.DRAFT


def test_the_guidelines_of_the_region_lie_beside_the_handover(cast, client):
    MethodGuideFactory(title="Eerste gesprek")
    MethodGuideFactory(title="In de maak", moment=Moment.REFER, draft=True)
    guide = MethodGuideFactory(title="Warm doorverwijzen", moment=Moment.REFER)
    client.force_login(cast.lotte)

    page = text_of(client.get(address("share", cast.draft())))

    assert f'href="{guide.url}"' in page and "Warm doorverwijzen" in page
    assert "Eerste gesprek" not in page and "In de maak" not in page
    assert re.findall(r'name="warmth" value="(\d)"', page) == list("12345")


def test_a_missing_name_under_the_yes_is_told_and_the_choice_is_kept(cast, client):
    client.force_login(cast.lotte)
    referral = cast.presented()

    page = text_of(client.post(address("say_yes", referral), {"mode": "oral", "signature": ""}))

    assert "Schrijf de naam van wie tekent, of van de getuige." in page
    assert 'value="oral"' in page and "checked" in page.split('value="oral"')[1][:80]


def test_a_national_number_is_refused_at_the_field_and_nothing_is_lost(cast, client):
    client.force_login(cast.noor)
    referral = cast.received()
    typed = "Zijn nummer is 85.07.30-033.28, kun je dat nakijken?"

    page = text_of(client.post(address("message", referral), {"text": typed, "form_key": uuid.uuid4()}))

    assert "Dat bewaren we niet" in page
    assert typed in page
    assert not Message.objects.exists()


def test_html_in_a_message_is_shown_as_text(cast, client):
    client.force_login(cast.noor)
    referral = cast.received()
    actions.write_message(referral, text="<script>alert(1)</script>", form_key=uuid.uuid4(), by=cast.lotte)

    page = text_of(client.get(referral.get_absolute_url()))

    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_message_sent_twice_comes_once(cast, client):
    client.force_login(cast.noor)
    referral = cast.received()
    form = {"text": "Is de brief al gekomen?", "form_key": uuid.uuid4()}

    client.post(address("message", referral), form)
    client.post(address("message", referral), form)

    assert referral.messages.count() == 1


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({}, "Zeg waarom je deze vraag niet kunt opnemen."),
        ({"code": "no_room"}, "Kies wie kan helpen, of meld dat er niets is."),
        ({"code": "no_room", "way_on": "search", "other": "Bestaat Niet"}, "We kennen geen dienst met die naam."),
    ],
)
def test_a_refusal_without_a_way_on_is_told_at_the_field(cast, client, form, told):
    referral = cast.received()
    client.force_login(cast.noor)

    response = client.post(address("refuse", referral), form)

    assert told in text_of(response)
    assert Referral.objects.get().state is Status.RECEIVED


def test_a_refusal_may_name_another_service(cast, client):
    other = ServiceFactory(name="Hulp bij schulden")
    referral = cast.received()
    client.force_login(cast.noor)

    client.post(address("refuse", referral), {"code": "not_ours", "way_on": "search", "other": "hulp bij schulden"})

    assert Referral.objects.get().decline.alternative == other


def test_of_two_services_with_one_name_none_is_guessed(cast, client):
    ServiceFactory(name="Buddy")
    meant = ServiceFactory(name="Buddy", organization__name="CAW De Brug")
    client.force_login(cast.noor)
    no, at = {"code": "not_ours", "way_on": "search"}, address("refuse", cast.received())

    assert "Schrijf de organisatie erbij: Buddy, " in client.post(at, {**no, "other": "buddy"}).content.decode()
    client.post(at, {**no, "other": "Buddy, caw de brug"})

    assert Referral.objects.get().decline.alternative == meant


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("31 november", "31 november bestaat niet. Kies een andere dag."),
        ("2026-02-30", "30 februari bestaat niet. Kies een andere dag."),
        ("gisteren of zo", "Schrijf de dag zo: 23 november."),
        ("2099-01-01", "Die dag moet nog komen. Kies vandaag of een dag ervoor."),
        ("2020-01-01", "Kies die dag of een latere."),
        ("", "Zeg op welke dag."),
    ],
)
def test_an_impossible_day_of_contact_is_told_and_kept(cast, client, day, told):
    referral = cast.accepted()
    client.force_login(cast.noor)
    form = {
        "spoken": "yes",
        "day": day,
        "channel": "phone",
        "initiative": "receiver",
        "appointment": "donderdag 10 uur",
    }

    page = text_of(client.post(address("contact", referral), form))

    assert told in page
    assert "donderdag 10 uur" in page
    assert Referral.objects.get().state is Status.ACCEPTED


def test_contact_without_initiative_is_told(cast, client):
    referral = cast.accepted()
    client.force_login(cast.noor)

    page = text_of(client.post(address("contact", referral), {"spoken": "yes", "day": "", "channel": "phone"}))

    assert "Zeg wie het initiatief nam." in page


def test_my_day_names_who_waits_and_what_to_press(cast, client):
    cast.accepted()
    client.force_login(cast.noor)

    page = text_of(client.get("/vandaag/"))

    assert "1 persoon wacht op jou." in page
    assert "Zeg of je Amina gesproken hebt" in page
    assert "Bevestig contact" in page


def test_a_day_without_questions_says_so(client):
    worker = UserFactory()
    MembershipFactory(user=worker)
    client.force_login(worker)

    page = text_of(client.get("/vandaag/"))

    assert "Niemand wacht op jou." in page


def test_the_receiver_confirms_and_the_sender_sees_it(cast, client):
    referral = cast.accepted()
    client.force_login(cast.noor)
    form = {"spoken": "yes", "day": "", "channel": "home", "initiative": "client", "appointment": "do. 10 u."}

    client.post(address("contact", referral), {**form, "day": timezone.localdate(referral.sent_at).isoformat()})
    client.force_login(cast.lotte)
    page = text_of(client.get(referral.get_absolute_url()))

    assert "contact gelegd" in page
    assert "thuis" in page
    assert "do. 10 u." not in page


def at_the_same(cast):
    """Make another question between two organizations where the same two people work."""
    other = Cast(own_words="Ik slaap niet.")
    MembershipFactory(user=cast.noor, organization=other.rent_help)
    MembershipFactory(user=cast.lotte, organization=other.house)
    return other


def many(cast, count):
    """Make `count` referrals that arrived at the same receiver."""
    for _number in range(count):
        at_the_same(cast).accepted()


def test_what_waits_stands_on_top_of_both_lists_and_nothing_stands_twice(cast, log_in):
    def listed(user, path):
        page = log_in(user).get(path).content.decode()
        return list(re.findall(r'<a[^>]* href="/doorverwijzing/([0-9a-f-]{36})/"', page))

    to_answer, came_back, done = cast.received(), at_the_same(cast).refused(), at_the_same(cast).closed()

    assert listed(cast.noor, "/naar-ons/") == [str(one.pk) for one in (to_answer, done, came_back)]
    assert listed(cast.lotte, "/door-ons/") == [str(one.pk) for one in (came_back, done, to_answer)]


def test_a_list_costs_the_same_with_one_row_and_with_thirty(cast, log_in, django_assert_max_num_queries):
    noor, lotte = log_in(cast.noor), log_in(cast.lotte)
    pages = [(noor, "/vandaag/", 29), (lotte, "/vandaag/", 28), (noor, "/naar-ons/", 13), (lotte, "/door-ons/", 16)]

    # At most: a page that is full of what waits need not look for the newest.
    for more in (1, 29):
        many(cast, more)
        for browser, page, queries in pages:
            browser.get(page)
            with django_assert_max_num_queries(queries, info=f"{page} after {more} more"):
                assert browser.get(page).status_code == 200


def test_passing_on_offers_no_way_that_ends_nowhere(client):
    cast = Cast()
    referral = cast.received()
    client.force_login(cast.noor)
    path = reverse("doorverwijzing:pass_on", args=[referral.pk])

    page = client.get(path).content.decode()
    refused = client.post(path, {"way_on": "nothing"})

    assert "Er bestaat niets" not in page
    assert refused.status_code == 200
    referral.refresh_from_db()
    assert referral.state is Status.RECEIVED


def test_sending_without_saying_how_the_yes_was_given_asks_it_in_our_words(client):
    cast = Cast()
    referral = cast.presented()
    client.force_login(cast.lotte)

    page = client.post(reverse("doorverwijzing:say_yes", args=[referral.pk]), {"signature": "Amina"}).content.decode()

    assert "Kies hoe deze persoon ja zegt." in page
    assert 'value="Amina"' in page
    assert "novalidate" in page
