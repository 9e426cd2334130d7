"""The page of the people: who sees it, what it says, and every form on it."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from organisaties import actions
from organisaties.models import Invitation, Membership
from organisaties.roles import Role
from tests.factories.organisaties import MembershipFactory, OrganizationFactory, UserFactory

pytestmark = pytest.mark.django_db
TOM = "tom@pannenhoek.example"
QUERIES = 14


def url(name, organization, *more):
    """Give an address under one organization."""
    return reverse(f"organisaties:{name}", args=[organization.pk, *more])


def words(response):
    """Read a page as a person does: without tags, one space between words."""
    text = re.sub(r"<script.*?</script>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(text.split())


@pytest.fixture
def invitation(organization, team_lead):
    """Give an open invitation for Tom."""
    return actions.invite(organization, email=TOM, roles=[Role.FRONTLINE_WORKER], by=team_lead)


def addresses(organization, user, invitation):
    """Give every address about the people of one organization."""
    return [
        url("members", organization),
        url("invite", organization),
        url("change", organization, user.pk),
        url("leave", organization, user.pk),
        url("withdraw", organization, invitation.pk),
        url("send_again", organization, invitation.pk),
    ]


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_learns_nothing(log_in, organization, worker, stranger, invitation, method):
    for address in addresses(organization, worker, invitation):
        assert getattr(log_in(stranger), method)(address).status_code in {404, 405}, address


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_visitor_logs_in_first(visitor, organization, worker, invitation, method):
    for address in addresses(organization, worker, invitation):
        assert getattr(visitor, method)(address)["Location"] == f"/account/login/?next={address}"


def test_who_left_sees_the_people_no_longer(log_in, organization, team_lead, worker):
    actions.leave(worker, organization, by=team_lead)

    assert log_in(worker).get(url("members", organization)).status_code == 404
    assert "Je hoort nog bij geen organisatie" in words(log_in(worker).get("/leden/"))


def test_a_member_sees_the_people_and_what_each_may(log_in, organization, team_lead, worker):
    page = words(log_in(worker).get("/leden/"))

    assert "2 mensen, 1 beheert" in page
    assert "Lotte jij vragen" in page
    assert "Els beheren, vragen" in page


def test_a_member_who_does_not_manage_has_nothing_to_change(log_in, organization, team_lead, worker, invitation):
    response = log_in(worker).get("/leden/")

    assert "Nodig iemand uit" not in words(response)
    assert TOM not in words(response)
    assert team_lead.email not in words(response)
    assert b"wijzigen" not in response.content


def test_a_member_who_does_not_manage_is_refused_with_the_reason(log_in, organization, team_lead, worker, invitation):
    browser = log_in(worker)
    answers = [
        browser.post(url("invite", organization), {"email": TOM, "roles": ["team_lead"]}),
        browser.post(url("change", organization, worker.pk), {"roles": ["team_lead"]}),
        browser.post(url("leave", organization, team_lead.pk)),
        browser.post(url("withdraw", organization, invitation.pk)),
        browser.post(url("send_again", organization, invitation.pk)),
    ]

    assert [answer.status_code for answer in answers] == [403] * 5
    assert all("Alleen wie Sociaal Huis Pannenhoek beheert, kan dit." in words(answer) for answer in answers)
    assert Membership.objects.of(team_lead).exists()


def test_a_team_lead_sees_what_waits_and_what_happened(log_in, organization, team_lead, worker, invitation):
    actions.set_roles(worker, organization, roles=[Role.LISTING_EDITOR], by=team_lead)

    page = words(log_in(team_lead).get("/leden/"))

    assert f"{TOM} vragen, nog tot" in page
    assert "Lotte mag nu: fiches (door Els)" in page
    assert f"Els nodigde {TOM} uit" in page


def test_what_happened_is_said_in_sentences(log_in, organization, team_lead, worker, invitation):
    koen = MembershipFactory(organization=organization, user__first_name="Koen").user
    actions.withdraw_invitation(invitation, by=team_lead)
    actions.leave(koen, organization, by=team_lead)
    actions.leave(worker, organization, by=worker)

    page = words(log_in(team_lead).get("/leden/"))

    assert "Lotte vertrok" in page
    assert "Els stopte de toegang van Koen" in page
    assert f"Els haalde de uitnodiging van {TOM} weg" in page


def test_what_happened_elsewhere_is_not_told(log_in, organization, team_lead, stranger):
    elsewhere = Membership.objects.get(user=stranger).organization
    actions.leave(stranger, elsewhere, by=stranger)

    assert "Wim" not in words(log_in(team_lead).get("/leden/"))


def test_a_team_lead_alone_is_asked_to_find_a_second_one(log_in, organization, team_lead):
    assert "Alleen jij. Nodig een tweede beheerder uit." in words(log_in(team_lead).get("/leden/"))


def test_members_without_a_team_lead_hear_whom_to_ask(log_in, organization, worker):
    assert "Niemand beheert hier." in words(log_in(worker).get("/leden/"))


def test_a_coordinator_can_help_any_organization(log_in, organization, worker, coordinator):
    browser = log_in(coordinator)

    assert "1 mens, 0 beheren" in words(browser.get(url("members", organization)))
    browser.post(url("change", organization, worker.pk), {"roles": ["team_lead"], "seen": "frontline_worker"})

    assert organization.is_managed_by(worker)


def test_who_works_in_two_places_goes_from_one_to_the_other(log_in, organization, worker):
    other = OrganizationFactory(name="Budgethuis De Zeven Knopen")
    MembershipFactory(user=worker, organization=other)

    page = log_in(worker).get(url("members", organization))

    assert "Je werkt ook bij: Budgethuis De Zeven Knopen" in words(page)
    assert url("members", other).encode() in page.content


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_costs_the_same_for_one_and_thirty_people(
    log_in, organization, team_lead, django_assert_num_queries, rows
):
    for number in range(rows):
        colleague = MembershipFactory(organization=organization, user__first_name=f"Collega {number}").user
        MembershipFactory(organization=organization, user=colleague, role=Role.LISTING_EDITOR)
        actions.invite(organization, email=f"nieuw{number}@x.example", roles=[Role.TEAM_LEAD], by=team_lead)
    browser = log_in(team_lead)
    browser.get("/leden/")

    with django_assert_num_queries(QUERIES):
        response = browser.get("/leden/")

    assert f"{rows + 1} mensen" in words(response)


def test_inviting_sends_the_mail_and_says_so(log_in, organization, team_lead, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = log_in(team_lead).post(
            url("invite", organization), {"email": TOM, "roles": ["frontline_worker"]}, follow=True
        )

    assert response.redirect_chain == [(url("members", organization), 302)]
    assert f"De uitnodiging is op weg naar {TOM}." in words(response)
    assert [sent.to for sent in mail.outbox] == [[TOM]]


def test_pressing_invite_twice_is_one_invitation_without_a_fault(log_in, organization, team_lead):
    browser = log_in(team_lead)
    answers = [
        browser.post(url("invite", organization), {"email": TOM, "roles": ["frontline_worker"]}) for _time in range(2)
    ]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"email": "", "roles": ["team_lead"]}, "Vul het e-mailadres van de persoon in."),
        ({"email": "geen adres", "roles": ["team_lead"]}, "Dit is geen e-mailadres."),
        ({"email": f"{'a' * 250}@x.example", "roles": ["team_lead"]}, "260 tekens"),
        ({"email": TOM}, "Kies minstens één ding dat deze persoon mag."),
        ({"email": TOM, "roles": ["network_coordinator"]}, "network_coordinator"),
        ({"email": TOM, "roles": ["boss"]}, "boss"),
        ({"email": "85073003328@x.example", "roles": ["team_lead"]}, "rijksregisternummer"),
    ],
)
def test_a_wrong_invitation_keeps_what_was_typed(log_in, organization, team_lead, typed, message):
    response = log_in(team_lead).post(url("invite", organization), typed)

    assert response.status_code == 200
    assert message in words(response)
    assert 'role="alert"' in response.content.decode()
    if typed["email"]:
        assert f'value="{typed["email"]}"' in response.content.decode()
    assert not Invitation.objects.exists()


def test_inviting_a_colleague_says_that_they_work_here(log_in, organization, team_lead, worker):
    response = log_in(team_lead).post(url("invite", organization), {"email": worker.email, "roles": ["team_lead"]})

    assert f"{worker.email} werkt hier al." in words(response)


def test_an_address_is_shown_as_text_and_never_as_html(log_in, organization, team_lead):
    response = log_in(team_lead).post(
        url("invite", organization), {"email": '"<script>x</script>"@x.example', "roles": ["team_lead"]}, follow=True
    )

    assert "<script>x" not in response.content.decode()


def test_an_invitation_is_taken_away_or_sent_again(log_in, organization, team_lead, invitation, time_machine):
    browser = log_in(team_lead)
    time_machine.move_to(timezone.now() + timedelta(hours=1), tick=False)

    again = browser.post(url("send_again", organization, invitation.pk), follow=True)
    away = browser.post(url("withdraw", organization, invitation.pk), follow=True)
    twice = browser.post(url("withdraw", organization, invitation.pk), follow=True)

    assert f"De uitnodiging is op weg naar {TOM}." in words(again)
    assert f"De uitnodiging van {TOM} is weg." in words(away)
    assert "Deze uitnodiging staat niet meer open." in words(twice)


def test_an_invitation_of_another_organization_is_not_found(log_in, organization, invitation):
    lead = MembershipFactory(role=Role.TEAM_LEAD)

    response = log_in(lead.user).post(url("withdraw", lead.organization, invitation.pk))

    assert response.status_code == 404


def test_what_a_colleague_may_is_chosen_with_ticks(log_in, organization, team_lead, worker):
    browser = log_in(team_lead)
    page = browser.get(url("change", organization, worker.pk))
    assert "Wat mag Lotte?" in words(page)
    assert 'value="frontline_worker" id="id_roles_0" checked' in page.content.decode()

    response = browser.post(
        url("change", organization, worker.pk),
        {"roles": ["listing_editor", "learning_editor"], "seen": "frontline_worker"},
        follow=True,
    )

    assert "Lotte mag nu: fiches, werkwijzen." in words(response)


def test_a_stale_form_says_that_a_colleague_was_first(log_in, organization, team_lead, worker):
    browser = log_in(team_lead)
    actions.set_roles(worker, organization, roles=[Role.LISTING_EDITOR], by=team_lead)

    stale = browser.post(
        url("change", organization, worker.pk), {"roles": ["data_protection_contact"], "seen": "frontline_worker"}
    )

    assert "Een collega wijzigde dit intussen." in words(stale)
    assert "Nu: fiches." in words(stale)
    assert re.search(r'value="data_protection_contact"[^>]*checked', stale.content.decode())
    assert 'name="seen" value="listing_editor"' in stale.content.decode()
    again = browser.post(
        url("change", organization, worker.pk), {"roles": ["data_protection_contact"], "seen": "listing_editor"}
    )
    assert again.status_code == 302


def test_saving_the_same_twice_is_fine(log_in, organization, team_lead, worker):
    typed = {"roles": ["listing_editor"], "seen": "frontline_worker"}
    browser = log_in(team_lead)

    answers = [browser.post(url("change", organization, worker.pk), typed).status_code for _time in range(2)]

    assert answers == [302, 302]


def test_the_last_team_lead_is_told_whom_to_ask(log_in, organization, team_lead, worker):
    browser = log_in(team_lead)

    left = browser.post(url("leave", organization, team_lead.pk))
    changed = browser.post(
        url("change", organization, team_lead.pk), {"roles": ["frontline_worker"], "seen": "team_lead"}
    )

    for response in (left, changed):
        assert response.status_code == 200
        assert "Jij bent de laatste die hier beheert. Laat eerst een collega beheren: Lotte." in words(response)


def test_leaving_asks_first_and_is_done_once(log_in, organization, team_lead, worker):
    browser = log_in(worker)
    address = url("leave", organization, worker.pk)
    assert "Vertrek je bij Sociaal Huis Pannenhoek?" in words(browser.get(address))

    first = browser.post(address, follow=True)
    second = browser.post(address, follow=True)

    assert "Je werkt niet meer bij Sociaal Huis Pannenhoek." in words(first)
    assert "Je hoort nog bij geen organisatie" in words(second)


def test_the_access_of_a_colleague_is_stopped(log_in, organization, team_lead, worker):
    browser = log_in(team_lead)
    assert "Stop je de toegang van Lotte?" in words(browser.get(url("leave", organization, worker.pk)))

    response = browser.post(url("leave", organization, worker.pk), follow=True)

    assert "Lotte werkt niet meer bij Sociaal Huis Pannenhoek." in words(response)
    assert browser.post(url("leave", organization, worker.pk)).status_code == 404


@pytest.mark.parametrize("name", ["change", "leave"])
def test_who_does_not_work_here_is_not_found(log_in, organization, team_lead, stranger, name):
    assert log_in(team_lead).get(url(name, organization, stranger.pk)).status_code == 404
    assert log_in(team_lead).get(url(name, organization, 999_999)).status_code == 404


def test_someone_who_works_nowhere_hears_how_to_begin(log_in):
    page = words(log_in(UserFactory()).get("/leden/"))

    assert "Vraag een uitnodiging aan wie je team beheert." in page
