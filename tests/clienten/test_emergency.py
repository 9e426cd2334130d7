"""Emergency access: of the circle only, with a reason, for an hour, loud, and always looked back at by someone else."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from clienten.emergency import actions
from clienten.emergency.finding import circle_of
from clienten.emergency.looking_back import times_of
from clienten.models import ClientCard, EmergencyAccess
from core import audit, jobs
from core.errors import NotAllowed, Refusal
from organisaties.models import DoorPolicy, EmergencyUse
from organisaties.roles import Role, SecrecyRegime
from tests.factories.clienten import ClientCardFactory
from tests.factories.doorverwijzing import Cast
from tests.factories.organisaties import MembershipFactory, OrganizationFactory, UserFactory
from tests.proof import proven

pytestmark = pytest.mark.django_db
ASK, LOOK = "/noodtoegang/", "/nazicht/"
TYPED = {"why": "reach", "reason": "Ze belde de wachtlijn en hing op.", "asked": "Lotte, geen gehoor"}


@pytest.fixture
def card(organization):
    """Make Amina's card at an organization that stands below a big one."""
    organization.parent_organization = OrganizationFactory(name="Zorgraad")
    organization.save()
    MembershipFactory(organization=organization, role=Role.TEAM_LEAD, user__email="leidt@huis.example")
    return ClientCardFactory(organization=organization)


@pytest.fixture
def neighbour(card):
    """Make a worker of an organization beside it, below the same big one."""
    beside = OrganizationFactory(
        name="Nachtonthaal", parent_organization=card.organization.parent_organization,
        secrecy_regime=SecrecyRegime.PROFESSIONAL,
    )  # fmt: skip
    return MembershipFactory(organization=beside, user__first_name="Nina").user


@pytest.fixture
def contact(organization):
    """Make who watches over the personal data of the organization whose card it is."""
    return MembershipFactory(organization=organization, role=Role.DATA_PROTECTION_CONTACT).user


@pytest.fixture
def fresh(log_in):
    """Give the browser of someone who has just proven that it is they."""

    def browser(user):
        return proven(log_in(user))

    return browser


def open_it(card, by, **parts):
    """Open a card by the action."""
    return actions.open_card(card, by=by, **{**TYPED, **parts})


def test_the_circle_is_above_beside_and_below_and_never_ones_own(card, neighbour, worker, stranger):
    above = card.organization.parent_organization
    boss = MembershipFactory(organization=above).user

    assert set(circle_of(neighbour)) == {card.organization, above}
    assert card.organization in circle_of(boss)
    assert set(circle_of(worker)) == {above, neighbour.memberships.get().organization}
    assert not circle_of(stranger).exists()


@pytest.mark.parametrize("role", [Role.LISTING_EDITOR, Role.DATA_PROTECTION_CONTACT, Role.NETWORK_COORDINATOR])
def test_who_does_not_work_with_clients_has_no_circle(card, neighbour, role):
    other = MembershipFactory(organization=neighbour.memberships.get().organization, role=role).user

    assert not circle_of(other).exists()


def test_where_silence_is_no_duty_there_is_no_circle(card, neighbour):
    house = neighbour.memberships.get().organization
    house.secrecy_regime = SecrecyRegime.NONE
    house.save()

    assert not circle_of(neighbour).exists()


@pytest.mark.parametrize("meant", ["card", "referral"])
def test_a_link_opens_the_card_for_an_hour_and_the_contact_is_mailed(
    fresh, card, neighbour, contact, mailoutbox, django_capture_on_commit_callbacks, meant
):
    thing = card
    if meant == "referral":
        cast = Cast()
        thing, card = cast.accepted(), cast.question.client
        card.organization = thing.sender
        MembershipFactory(user=contact, organization=card.organization, role=Role.DATA_PROTECTION_CONTACT)
        cast.house.parent_organization = neighbour.memberships.get().organization.parent_organization
        cast.house.save()
    assert fresh(neighbour).get(card.get_absolute_url()).status_code == 404
    browser = fresh(neighbour)

    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(ASK, {"reference": f"https://x.example{thing.get_absolute_url()}", **TYPED})

    access = EmergencyAccess.objects.get()
    assert answer["Location"] == access.get_absolute_url()
    assert access.ends_at - access.created_at == timedelta(minutes=60)
    page = browser.get(answer["Location"]).content.decode()
    assert "Amina" in page
    assert "60" in page
    assert [mail.to for mail in mailoutbox] == [[contact.email]]
    assert "Amina" not in mailoutbox[0].body + mailoutbox[0].subject
    assert str(access.pk) in mailoutbox[0].body
    seen = audit.history(card).values_list("action", flat=True)
    assert list(seen)[-2:] == ["emergency.opened", "emergency.read"]


def test_an_emergency_lets_read_and_nothing_more(fresh, card, neighbour):
    open_it(card, neighbour)
    browser = fresh(neighbour)

    for address in ("", "wijzigen/", "gegevens/"):
        assert browser.get(f"/clienten/{card.pk}/{address}").status_code == 404
    assert card not in ClientCard.objects.visible_to(neighbour)


def test_after_the_hour_or_the_end_the_card_is_closed_and_says_what_to_do_now(fresh, card, neighbour, time_machine):
    first = open_it(card, neighbour)
    browser = fresh(neighbour)
    browser.post(f"{ASK}{first.pk}/sluiten/")
    closed = browser.get(first.get_absolute_url())
    assert closed.status_code == 410
    assert "Deze kaart is weer dicht" in closed.text and "Je sloot ze zelf." in closed.text
    second = open_it(card, neighbour)
    assert second != first
    assert browser.get(second.get_absolute_url()).status_code == 200
    looks = audit.history(card).filter(action="emergency.read").count()

    time_machine.move_to(timezone.now() + timedelta(minutes=61))

    over = fresh(neighbour).get(second.get_absolute_url())
    assert not second.is_running()
    assert over.status_code == 410
    for words in ("Het uur is voorbij.", f"Bel {card.organization}", "Bel eerst 112", f'href="{ASK}"'):
        assert words in over.text
    assert card.first_name not in over.text
    assert audit.history(card).filter(action="emergency.read").count() == looks


def test_nobody_else_reads_along(fresh, card, neighbour, stranger, worker):
    access = open_it(card, neighbour)

    for other in (stranger, worker):
        assert fresh(other).get(access.get_absolute_url()).status_code == 404


def test_asking_twice_is_one_hour(card, neighbour):
    assert open_it(card, neighbour) == open_it(card, neighbour)
    assert EmergencyAccess.objects.count() == 1


@pytest.mark.parametrize(
    ("use", "role", "opens"),
    [
        (EmergencyUse.NOBODY, Role.TEAM_LEAD, False),
        (EmergencyUse.TEAM_LEADS, Role.FRONTLINE_WORKER, False),
        (EmergencyUse.TEAM_LEADS, Role.TEAM_LEAD, True),
        (EmergencyUse.WORKERS, Role.FRONTLINE_WORKER, True),
    ],
)
def test_the_organization_of_the_card_chooses_who(card, neighbour, use, role, opens):
    DoorPolicy.objects.create(organization=card.organization, emergency_use=use)
    house = neighbour.memberships.get().organization
    someone = MembershipFactory(organization=house, role=role).user

    if opens:
        assert open_it(card, someone).is_running()
    else:
        with pytest.raises(NotAllowed):
            open_it(card, someone)


def test_a_card_far_away_and_a_card_that_is_not_there_sound_the_same_and_pause(fresh, card, neighbour):
    far = ClientCardFactory()
    browser = fresh(neighbour)

    def said(reference):
        return browser.post(ASK, {"reference": reference, **TYPED}).content.decode()

    one, other = said(str(far.pk)), said("00000000-0000-4000-8000-000000000000")
    for _time in range(3):
        said("iets")

    words = "Er is geen kaart in jouw kring met deze link."
    assert words in one
    assert words in other
    assert words not in said(str(card.pk))
    assert not EmergencyAccess.objects.exists()
    assert audit.history(neighbour).filter(action="emergency.not_found").count() == 5


def test_the_contact_looks_back_and_a_no_closes_the_card(
    fresh, card, neighbour, contact, team_lead, mailoutbox, django_capture_on_commit_callbacks
):
    access = open_it(card, neighbour)
    fresh(neighbour).get(access.get_absolute_url())
    browser = fresh(contact)
    assert str(access.pk) in browser.get(LOOK).content.decode()
    page = browser.get(f"{LOOK}{access.pk}/").content.decode()
    assert TYPED["reason"] in page
    assert "Amina" not in page

    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"{LOOK}{access.pk}/", {"verdict": "wrong", "remark": "Lotte was wel te bereiken."})

    access.refresh_from_db()
    assert (access.verdict, access.reviewed_by, access.is_running()) == ("wrong", contact, False)
    closed = fresh(neighbour).get(access.get_absolute_url())
    assert closed.status_code == 410
    assert "Wie dit nakeek, sloot de kaart" in closed.text and "opnieuw openen" not in closed.text
    assert [team_lead.email] in [mail.to for mail in mailoutbox]
    assert audit.history(card).filter(action="emergency.judged").exists()
    with pytest.raises(Refusal):
        actions.judge(access, by=contact, verdict="right", remark="Toch wel.")
    late = browser.post(f"{LOOK}{access.pk}/", {"verdict": "right", "remark": "Een buur zag gevaar."}).content.decode()
    assert "Lotte was wel te bereiken." in late and "Een buur zag gevaar." in late


def test_nobody_looks_back_at_their_own_and_the_database_keeps_it(fresh, card, neighbour, contact, stranger):
    MembershipFactory(user=neighbour, organization=card.organization, role=Role.DATA_PROTECTION_CONTACT)
    access = open_it(card, neighbour)

    for other in (neighbour, stranger):
        assert fresh(other).get(f"{LOOK}{access.pk}/").status_code == 404
    with pytest.raises(IntegrityError), transaction.atomic():
        EmergencyAccess.objects.update(verdict="right", reviewed_at=timezone.now(), reviewed_by=neighbour)


@pytest.mark.parametrize("left", ["nobody", "only who opens it"])
def test_without_anyone_to_look_back_a_card_stays_closed_and_says_whom_to_call(fresh, card, neighbour, left):
    card.organization.memberships.filter(role=Role.TEAM_LEAD).delete()
    if left == "only who opens it":
        MembershipFactory(user=neighbour, organization=card.organization, role=Role.DATA_PROTECTION_CONTACT)

    page = fresh(neighbour).post(ASK, {"reference": str(card.pk), **TYPED}).content.decode()

    assert "heeft niemand die hierop kan terugkijken" in page
    assert "112" in page
    assert not EmergencyAccess.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"), [("reason", ""), ("reason", "Dringend."), ("asked", ""), ("why", "zomaar")]
)
def test_without_a_reason_no_card_opens(fresh, card, neighbour, field, value):
    answer = fresh(neighbour).post(ASK, {"reference": str(card.pk), **TYPED, field: value})

    assert list(answer.context["form"].errors) == [field]
    assert not EmergencyAccess.objects.exists()


@pytest.mark.parametrize("field", ["reason", "asked"])
def test_the_database_keeps_no_emergency_without_a_reason(card, neighbour, field):
    with pytest.raises(IntegrityError, match="an_emergency_tells_why"), transaction.atomic():
        open_it(card, neighbour, **{field: ""})


def test_a_look_back_that_is_late_is_asked_again_once_a_day_until_it_is_done(
    card, neighbour, contact, mailoutbox, time_machine, django_capture_on_commit_callbacks
):
    def night():
        with django_capture_on_commit_callbacks(execute=True):
            jobs.run(next(job for job in jobs.all_jobs() if job.name == "looking back"))
        return [mail.to for mail in mailoutbox]

    access = open_it(card, neighbour)
    mailoutbox.clear()
    time_machine.move_to(timezone.now() + timedelta(days=1))
    assert night() == []

    time_machine.move_to(timezone.now() + timedelta(days=8))
    late = [night(), night()]
    actions.judge(access, by=contact, verdict="right", remark="Het kon niet anders.")
    time_machine.move_to(timezone.now() + timedelta(days=1))

    assert late == [[[contact.email]]] * 2
    assert night() == [[contact.email]]
    assert "Amina" not in mailoutbox[0].subject + mailoutbox[0].body


def night_of_looking_back():
    """Run the job of the night that asks for looks back."""
    jobs.run(next(job for job in jobs.all_jobs() if job.name == "looking back"))


def test_a_look_back_goes_to_who_holds_the_role_now(
    fresh, card, neighbour, contact, team_lead, mailoutbox, time_machine, django_capture_on_commit_callbacks
):
    access = open_it(card, neighbour)
    mailoutbox.clear()
    contact.memberships.update(ended_at=timezone.now())
    time_machine.move_to(timezone.now() + timedelta(days=8))

    with django_capture_on_commit_callbacks(execute=True):
        night_of_looking_back()

    assert {mail.to[0] for mail in mailoutbox} == {team_lead.email, "leidt@huis.example"}
    assert fresh(contact).get(f"{LOOK}{access.pk}/").status_code == 404
    assert fresh(team_lead).get(f"{LOOK}{access.pk}/").status_code == 200


@pytest.mark.parametrize("network", ["coordinator", "operator"])
def test_when_nobody_is_left_to_look_back_the_network_is_asked_the_next_night(
    card, neighbour, contact, mailoutbox, time_machine, django_capture_on_commit_callbacks, network
):
    if network == "coordinator":
        MembershipFactory(role=Role.NETWORK_COORDINATOR, user__email="netwerk@regio.example")
    UserFactory(is_superuser=True, email="operator@regio.example")
    access = open_it(card, neighbour)
    card.organization.memberships.exclude(user=contact).delete()
    contact.is_active = False
    contact.save()
    mailoutbox.clear()
    time_machine.move_to(timezone.now() + timedelta(days=1))

    with django_capture_on_commit_callbacks(execute=True):
        night_of_looking_back()
        night_of_looking_back()
    heir = MembershipFactory(organization=card.organization, role=Role.DATA_PROTECTION_CONTACT).user

    to = {"coordinator": "netwerk@regio.example", "operator": "operator@regio.example"}[network]
    assert [mail.to for mail in mailoutbox] == [[to]]
    assert f"/leden/{card.organization.pk}/" in mailoutbox[0].body
    assert "Amina" not in mailoutbox[0].body
    assert EmergencyAccess.objects.reviewable_by(heir).get() == access


def test_often_is_said_aloud(fresh, card, neighbour, contact):
    for _time in range(3):
        access = open_it(ClientCardFactory(organization=card.organization), neighbour)

    assert times_of(neighbour) == 3
    assert "3 keer in 90 dagen" in fresh(contact).get(f"{LOOK}{access.pk}/").content.decode()


def test_without_a_fresh_proof_the_door_asks_first_and_keeps_the_words(log_in, card, neighbour):
    browser = log_in(neighbour)
    assert browser.get(ASK)["Location"].startswith("/account/reauthenticate/")

    browser.post(ASK, {"reference": str(card.pk), **TYPED})

    assert not EmergencyAccess.objects.exists()
    assert TYPED["reason"] not in str(dict(browser.session))
    browser.post("/account/reauthenticate/?next=/noodtoegang/", {"password": "een-lang-wachtwoord"})
    assert TYPED["reason"] in browser.get(ASK).content.decode()
    browser.post(ASK, {"reference": str(card.pk), **TYPED})
    assert EmergencyAccess.objects.count() == 1


def test_a_list_of_one_and_of_thirty_costs_the_same(fresh, card, neighbour, contact, django_assert_max_num_queries):
    browser = fresh(contact)
    for rows in (1, 30):
        for _time in range(rows):
            open_it(ClientCardFactory(organization=card.organization), neighbour)
        with django_assert_max_num_queries(9):
            browser.get(LOOK)
