"""A draft that is given up: the worker goes on to another service, and nobody else ever learns of it."""

import pytest
from django.urls import reverse

from clienten.consent import asking
from clienten.consent.giving import Yes
from clienten.models import ConsentRequest
from core.errors import Refusal
from doorverwijzing import actions, today
from doorverwijzing.models import Referral
from doorverwijzing.ways import family
from doorverwijzing.workflow import Status
from tests.factories.doorverwijzing import Cast, now
from tests.factories.sociale_kaart import ServiceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return Cast()


def drop(client, referral):
    return client.post(reverse("doorverwijzing:share", args=[referral.pk]), {"other": "1"})


def two_presented(cast):
    """Show two services of one house to the client, for one question."""
    first = cast.presented()
    cast.service = ServiceFactory(accepts_referrals=True, organization=cast.rent_help)
    return first, cast.presented()


def ask_by_code(client, cast, referral):
    """Let the worker ask the yes on the client's own device."""
    client.force_login(cast.lotte)
    client.post(reverse("doorverwijzing:say_yes", args=[referral.pk]), {"mode": "code"})
    return ConsentRequest.objects.order_by("created_at").last()


def say_yes_to_all(asked):
    """Let the client answer."""
    asking.answer(asked, answers=dict.fromkeys(asked.items, True), name="Amina", language="nl")


def waiting(user):
    return [kind for kind, rows in today.waiting_kinds(user).items() if rows.exists()]


@pytest.mark.parametrize("state", [Status.DRAFT, Status.PRESENTED])
def test_choosing_another_service_gives_the_draft_up_and_leads_to_the_search(cast, client, state):
    referral = cast.at(state)
    client.force_login(cast.lotte)

    answer = drop(client, referral)

    assert answer.url == reverse("doorverwijzing:search", args=[referral.question_id])
    assert waiting(cast.lotte) == []
    assert client.get(reverse("doorverwijzing:outbox")).context["rows"] == []
    assert family.ways_of(referral.question) == []


def test_the_choices_say_how_to_choose_another_service(cast, client):
    referral = cast.draft()
    client.force_login(cast.lotte)

    page = client.get(reverse("doorverwijzing:share", args=[referral.pk])).content.decode()

    assert "Kies een andere dienst" in page


@pytest.mark.parametrize("end", [actions.drop, actions.withdraw])
def test_who_would_have_received_it_never_learns_that_it_was_there(cast, client, end):
    referral = cast.presented()
    end(referral, by=cast.lotte)
    client.force_login(cast.noor)

    assert client.get(reverse("doorverwijzing:inbox")).context["rows"] == []
    assert client.get(referral.get_absolute_url()).status_code == 404
    assert family.all_for_client(cast.sent()) == [Referral.objects.get(status=Status.SENT)]


def test_the_page_of_a_dropped_draft_leads_on_to_the_search(cast, client):
    referral = cast.presented()
    actions.drop(referral, by=cast.lotte)
    client.force_login(cast.lotte)

    answer = client.post(reverse("doorverwijzing:share", args=[referral.pk]), follow=True)

    assert answer.redirect_chain[-1][0] == reverse("doorverwijzing:search", args=[referral.question_id])


def test_what_was_sent_meanwhile_is_not_dropped(cast, client):
    referral = cast.sent()
    client.force_login(cast.lotte)

    drop(client, referral)

    assert Referral.objects.get().state is Status.SENT


def test_a_stranger_cannot_drop_it(cast, client):
    referral = cast.draft()
    client.force_login(cast.noor)

    assert drop(client, referral).status_code == 404
    assert Referral.objects.get().state is Status.DRAFT


def test_an_untouched_draft_makes_room_for_the_service_that_was_chosen_instead(cast, client):
    client.force_login(cast.lotte)
    other = ServiceFactory(accepts_referrals=True, organization=cast.rent_help)
    for service in (cast.service, other):
        client.post(reverse("doorverwijzing:choose_service", args=[cast.question.pk, service.pk]))

    assert [draft.service for draft in Referral.objects.filter(status=Status.DRAFT)] == [other]


def test_a_draft_with_choices_stays_beside_a_second_one(cast, client):
    cast.draft()
    other = ServiceFactory(accepts_referrals=True, organization=cast.rent_help)
    client.force_login(cast.lotte)

    client.post(reverse("doorverwijzing:choose_service", args=[cast.question.pk, other.pk]))

    assert Referral.objects.filter(status=Status.DRAFT).count() == 2


@pytest.mark.parametrize("answered", [False, True])
@pytest.mark.parametrize("end", [actions.drop, actions.withdraw])
def test_what_was_asked_by_code_for_the_other_draft_to_the_same_house_still_counts(cast, client, end, answered):
    given_up, going_on = two_presented(cast)
    asked = ask_by_code(client, cast, going_on)
    if answered:
        say_yes_to_all(asked)

    end(given_up, by=cast.lotte)

    if not answered:
        say_yes_to_all(asking.find(asked.code))
    client.post(reverse("doorverwijzing:yes_by_code", args=[going_on.pk]), {"send": "1"})
    assert now(going_on).state is Status.SENT


def test_two_drafts_to_one_house_each_have_a_code_and_an_answer_of_their_own(cast, client):
    first, second = two_presented(cast)
    for_first = ask_by_code(client, cast, first)
    for_second = ask_by_code(client, cast, second)

    say_yes_to_all(asking.find(for_first.code))

    assert asking.find(for_second.code) == for_second
    waits = client.post(reverse("doorverwijzing:yes_by_code", args=[second.pk]), {"send": "1"}).text
    assert "Er is nog geen antwoord" in waits
    assert [now(one).state for one in (first, second)] == [Status.PRESENTED] * 2
    for_first.refresh_from_db()
    with pytest.raises(Refusal, match="hoort bij een andere vraag"):
        actions.send(second, by=cast.lotte, yes=Yes(mode="code", request=for_first))


def test_a_receiver_without_mailbox_is_told_on_the_page_where_it_was_chosen(cast, client):
    cast.rent_help.inbox = ""
    cast.rent_help.save()
    client.force_login(cast.lotte)

    chosen = client.post(
        reverse("doorverwijzing:choose_service", args=[cast.question.pk, cast.service.pk]), follow=True
    )

    assert chosen.redirect_chain[-1][0] == reverse("doorverwijzing:search", args=[cast.question.pk])
    page = chosen.content.decode()
    assert "Huurhulp De Blauwe Deur krijgt hier nog geen vragen." in page
    assert "Bel hen, of kies een andere dienst." in page
    assert not Referral.objects.exists()


def test_a_code_for_a_draft_that_was_dropped_opens_nothing(cast, client):
    first, second = two_presented(cast)
    for_first, for_second = (ask_by_code(client, cast, one) for one in (first, second))

    actions.drop(first, by=cast.lotte)

    assert asking.find(for_first.code) is None
    assert asking.find(for_second.code) == for_second
