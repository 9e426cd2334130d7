"""The door of an invitation: new people choose a password, known people say yes, dead links say so."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from core.models import User
from organisaties import actions
from organisaties.models import Invitation, Membership
from organisaties.roles import Role
from tests.factories.organisaties import UserFactory
from tests.factories.sociale_kaart import PhoneFactory, social_house

pytestmark = pytest.mark.django_db
TOM = "tom@pannenhoek.example"
GOOD = {"first_name": "Tom", "last_name": "", "phone": "", "password": "drie woorden samen"}
OVER = "Deze link werkt niet meer. Vraag een nieuwe."
NEVER = "/leden/uitnodiging/dit-is-geen-sleutel/"
DESK, OF_INVITER = "050 00 00 91", "050 00 00 92"


def words(response):
    """Read a page as a person does."""
    return " ".join(re.sub(r"<script.*?</script>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL).split())


def is_in(browser):
    """Tell whether a browser holds the session of someone."""
    return "_auth_user_id" in browser.session


@pytest.fixture
def invitation(organization, team_lead):
    """Give an open invitation for Tom."""
    return actions.invite(organization, email=TOM, roles=[Role.FRONTLINE_WORKER], by=team_lead)


@pytest.fixture
def door(invitation):
    """Give the address in the mail."""
    return invitation.get_absolute_url()


def test_a_new_person_sees_who_invites_and_what_for(visitor, door):
    response = visitor.get(door)

    assert response.status_code == 200
    assert "Sociaal Huis Pannenhoek nodigt je uit" in words(response)
    assert "Dit mag je dan: vragen." in words(response)
    assert TOM in words(response)
    assert response["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert 'content="noindex"' in response.content.decode()


def test_a_new_person_chooses_a_password_and_is_in(visitor, door, organization):
    response = visitor.post(door, GOOD)

    assert response.status_code == 302
    assert response["Location"] == "/vandaag/"
    assert is_in(visitor)
    assert organization.is_cared_for_by(User.objects.get(email=TOM))


def test_a_new_person_chooses_a_second_step_without_typing_the_password_again(visitor, door, settings):
    settings.SECOND_FACTOR = "required"
    visitor.post(door, GOOD)

    response = visitor.get("/account/2fa/totp/activate/")

    assert response.status_code == 200
    assert "Stel de app met codes in" in words(response)


def test_the_password_works_the_next_time(visitor, client, door):
    visitor.post(door, GOOD)

    client.post("/account/login/", {"login": TOM, "password": GOOD["password"]})

    assert is_in(client)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"password": ""}, "Kies een wachtwoord."),
        ({"password": "kort"}, "Dit wachtwoord is te kort. Neem minstens 12 tekens."),
        ({"password": "123456789012345"}, "cijfers"),
        ({"password": "administrator"}, "Dit wachtwoord"),
        ({"password": "tom@pannenhoek.example"}, "wachtwoord"),
        ({"first_name": "Bartholomeus", "password": "bartholomeus1"}, "wachtwoord"),
        ({"first_name": ""}, "Vul je voornaam in."),
        ({"first_name": "x" * 151}, "150"),
        ({"last_name": "85.07.30-033.28"}, "rijksregisternummer"),
        ({"phone": "85.07.30-033.28"}, "rijksregisternummer"),
    ],
)
def test_what_is_not_right_is_said_and_makes_no_account(visitor, door, wrong, message):
    response = visitor.post(door, {**GOOD, "last_name": "Maes", **wrong})

    assert response.status_code == 200
    assert message in words(response)
    assert 'role="alert"' in response.content.decode()
    assert not User.objects.filter(email=TOM).exists()
    assert not is_in(visitor)


def test_what_was_typed_stays_except_the_password(visitor, door):
    page = visitor.post(door, {**GOOD, "last_name": "Maes", "password": "kort"}).content.decode()

    assert 'value="Tom"' in page
    assert 'value="Maes"' in page
    assert 'kort"' not in page


def test_the_address_cannot_be_chosen(visitor, door):
    visitor.post(door, {**GOOD, "email": "iemand.anders@x.example"})

    assert User.objects.filter(email=TOM).exists()
    assert not User.objects.filter(email="iemand.anders@x.example").exists()


def test_a_link_works_once(visitor, client, door):
    visitor.post(door, GOOD)

    second = client.post(door, {**GOOD, "password": "heel andere woorden"})

    assert second.status_code == 410
    assert OVER in words(second)
    assert not is_in(client)


def test_pressing_again_after_beginning_leads_in(visitor, door, organization):
    visitor.post(door, GOOD)

    assert visitor.post(door, GOOD)["Location"] == f"/leden/{organization.pk}/"


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_never_was_says_the_same(visitor, method):
    response = getattr(visitor, method)(NEVER)

    assert response.status_code == 410
    assert OVER in words(response)


def test_a_withdrawn_and_an_old_link_say_the_same(visitor, door, invitation, team_lead, time_machine):
    time_machine.move_to(timezone.now() + timedelta(days=8), tick=False)
    old = visitor.get(door)
    time_machine.move_to(timezone.now() - timedelta(days=8), tick=False)
    actions.withdraw_invitation(invitation, by=team_lead)
    withdrawn = visitor.get(door)

    assert old.status_code == withdrawn.status_code == 410
    assert words(old) == words(withdrawn)
    assert OVER in words(old)
    assert "Sociaal Huis Pannenhoek" not in words(old)


def said_in_main(response):
    """Read what a page itself says; its head and foot belong to the site."""
    return re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)[0]


@pytest.mark.parametrize("way", ["used", "taken back", "too old", "never was"])
def test_a_dead_link_says_whom_to_call_and_never_who_invited(way, visitor, door, invitation, team_lead, places):
    social_house("Sociaal Huis Zedelgem", "Zedelgem", DESK)
    PhoneFactory(service=None, organization=invitation.organization, number=OF_INVITER)
    if way == "used":
        Invitation.objects.update(accepted_at=timezone.now())
    elif way == "taken back":
        actions.withdraw_invitation(invitation, by=team_lead)
    elif way == "too old":
        Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))

    page = visitor.get(NEVER if way == "never was" else door)

    assert page.status_code == 410
    assert "Sociaal Huis Zedelgem" in said_in_main(page)
    assert f'href="tel:{DESK.replace(" ", "")}"' in said_in_main(page)
    assert said_in_main(page) == said_in_main(visitor.get(NEVER))
    inviting = (invitation.organization.name, OF_INVITER, team_lead.first_name, team_lead.email, TOM)
    assert not [secret for secret in inviting if secret in page.content.decode()]


def test_without_a_desk_to_call_all_numbers_are_one_press_away(visitor):
    page = visitor.get(NEVER)

    assert 'href="/organisaties/"' in said_in_main(page)
    assert "tel:" not in said_in_main(page)


def test_a_known_person_logs_in_first_and_comes_back(visitor, door):
    UserFactory(email=TOM)

    response = visitor.get(door)

    assert "Je hebt al een account. Meld je eerst aan" in words(response)
    assert f'href="/account/login/?next={door}"' in response.content.decode()


def test_a_known_person_is_not_given_another_password(visitor, door):
    UserFactory(email=TOM)

    visitor.post(door, GOOD)

    assert not is_in(visitor)
    assert not User.objects.get(email=TOM).check_password(GOOD["password"])


def test_a_known_person_says_yes(log_in, door, organization):
    tom = UserFactory(email=TOM)
    browser = log_in(tom)
    assert "Zeg ja" in words(browser.get(door))
    assert not organization.has_member(tom)

    response = browser.post(door, follow=True)

    assert "Welkom bij Sociaal Huis Pannenhoek." in words(response)
    assert organization.has_member(tom)


def test_someone_else_is_asked_to_log_out_first(log_in, door, stranger, organization):
    browser = log_in(stranger)

    seen, pressed = browser.get(door), browser.post(door)

    assert "Deze uitnodiging is voor een ander adres" in words(seen)
    assert TOM not in words(seen)
    assert pressed.status_code == 200
    assert not organization.has_member(stranger)


def test_opening_the_door_costs_few_queries(visitor, door, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        visitor.get(door)


def test_an_invitation_gives_nothing_more_than_was_asked(visitor, door, organization):
    visitor.post(door, {**GOOD, "roles": ["team_lead"], "is_superuser": "on", "is_staff": "on"})

    user = User.objects.get(email=TOM)
    assert (user.is_superuser, user.is_staff) == (False, False)
    assert [held.role for held in Membership.objects.of(user)] == ["frontline_worker"]
