"""Inviting, coming in, changing roles and leaving: who may, what happens, what is told and what is kept."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core import audit
from core.errors import NotAllowed, Refusal
from core.models import AuditEvent, User
from organisaties import actions
from organisaties.groups import COORDINATORS, LEARNING_EDITORS, LISTING_EDITORS
from organisaties.models import Invitation, Membership
from organisaties.roles import Role
from tests.factories.organisaties import MembershipFactory, OrganizationFactory, UserFactory

pytestmark = pytest.mark.django_db
TOM = "tom@pannenhoek.example"


def roles_of(user, organization):
    """Give the roles that someone holds now."""
    return set(Membership.objects.of(user).filter(organization=organization).values_list("role", flat=True))


def groups_of(user):
    """Give the editors' groups of someone."""
    return set(user.groups.values_list("name", flat=True))


@pytest.fixture
def invitation(organization, team_lead):
    """Give an open invitation for Tom."""
    return actions.invite(organization, email=TOM, roles=[Role.FRONTLINE_WORKER, Role.LISTING_EDITOR], by=team_lead)


def begin(invitation, **about):
    """Let someone new come in."""
    given = {"first_name": "Tom", "last_name": "", "phone": "", "password": "een-lang-wachtwoord", **about}
    return actions.begin(invitation, **given)


def test_an_invitation_is_kept_as_it_was_asked(invitation, organization, team_lead):
    assert (invitation.email, invitation.roles) == (TOM, ["frontline_worker", "listing_editor"])
    assert invitation.invited_by == team_lead
    assert [line.action for line in audit.history(invitation)] == ["invitation.sent"]


def test_an_address_is_kept_in_small_letters(organization, team_lead):
    invitation = actions.invite(organization, email="  TOM@Pannenhoek.example ", roles=[Role.TEAM_LEAD], by=team_lead)

    assert invitation.email == TOM


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.TEAM_LEAD, Role.NETWORK_COORDINATOR}])
def test_only_a_team_lead_or_coordinator_invites(organization, role):
    member = MembershipFactory(organization=organization, role=role).user

    with pytest.raises(NotAllowed, match="Sociaal Huis Pannenhoek"):
        actions.invite(organization, email=TOM, roles=[Role.FRONTLINE_WORKER], by=member)


def test_a_team_lead_of_another_organization_does_not_invite(organization):
    elsewhere = MembershipFactory(role=Role.TEAM_LEAD).user

    with pytest.raises(NotAllowed):
        actions.invite(organization, email=TOM, roles=[Role.FRONTLINE_WORKER], by=elsewhere)


def test_a_coordinator_and_the_operator_invite_everywhere(organization, coordinator, operator):
    actions.invite(organization, email=TOM, roles=[Role.TEAM_LEAD], by=coordinator)
    actions.invite(organization, email="nele@pannenhoek.example", roles=[Role.NETWORK_COORDINATOR], by=operator)

    assert Invitation.objects.open().count() == 2


def test_a_team_lead_makes_nobody_coordinator(organization, team_lead, worker):
    roles = [Role.FRONTLINE_WORKER, Role.NETWORK_COORDINATOR]

    with pytest.raises(NotAllowed):
        actions.invite(organization, email=TOM, roles=roles, by=team_lead)
    with pytest.raises(NotAllowed):
        actions.set_roles(worker, organization, roles=roles, by=team_lead)
    with pytest.raises(NotAllowed):
        actions.set_roles(team_lead, organization, roles=[Role.TEAM_LEAD, Role.NETWORK_COORDINATOR], by=team_lead)


def test_a_team_lead_may_change_a_coordinator_who_stays_one(organization, team_lead):
    bert = MembershipFactory(organization=organization, role=Role.NETWORK_COORDINATOR).user

    actions.set_roles(bert, organization, roles=[Role.NETWORK_COORDINATOR, Role.FRONTLINE_WORKER], by=team_lead)

    assert roles_of(bert, organization) == {"network_coordinator", "frontline_worker"}


def test_an_invitation_asks_for_a_role(organization, team_lead):
    with pytest.raises(Refusal, match="minstens één"):
        actions.invite(organization, email=TOM, roles=[], by=team_lead)


def test_who_works_here_is_not_invited_again(organization, team_lead, worker):
    with pytest.raises(Refusal, match="werkt hier al"):
        actions.invite(organization, email=worker.email.upper(), roles=[Role.LISTING_EDITOR], by=team_lead)


def test_pressing_twice_is_one_invitation_and_one_mail(organization, team_lead, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first = actions.invite(organization, email=TOM, roles=[Role.FRONTLINE_WORKER], by=team_lead)
        second = actions.invite(organization, email=TOM, roles=[Role.FRONTLINE_WORKER], by=team_lead)

    assert first == second
    assert len(mail.outbox) == 1


def test_other_roles_replace_an_earlier_invitation(invitation, organization, team_lead):
    second = actions.invite(organization, email=TOM, roles=[Role.TEAM_LEAD], by=team_lead)

    assert list(Invitation.objects.open()) == [second]
    invitation.refresh_from_db()
    assert invitation.withdrawn_at is not None


def test_two_organizations_may_invite_the_same_person(invitation, coordinator):
    other = OrganizationFactory()

    actions.invite(other, email=TOM, roles=[Role.FRONTLINE_WORKER], by=coordinator)

    assert Invitation.objects.open().filter(email=TOM).count() == 2


def test_an_invitation_is_sent_again_with_its_full_time(
    invitation, team_lead, django_capture_on_commit_callbacks, time_machine
):
    time_machine.move_to(timezone.now() + timedelta(days=8), tick=False)
    assert invitation.is_over

    with django_capture_on_commit_callbacks(execute=True):
        actions.send_again(invitation, by=team_lead)
        actions.send_again(invitation, by=team_lead)

    invitation.refresh_from_db()
    assert invitation.expires_at == timezone.now() + actions.INVITATION_LASTS
    assert len(mail.outbox) == 1
    assert mail.outbox[0].to == [TOM]


def test_an_invitation_that_was_answered_is_not_sent_again(invitation, team_lead):
    actions.withdraw_invitation(invitation, by=team_lead)

    with pytest.raises(Refusal, match="niet meer open"):
        actions.send_again(invitation, by=team_lead)


def test_withdrawing_closes_the_door_once(invitation, team_lead):
    actions.withdraw_invitation(invitation, by=team_lead)

    with pytest.raises(Refusal, match="niet meer open"):
        actions.withdraw_invitation(invitation, by=team_lead)
    with pytest.raises(Refusal, match="werkt niet meer"):
        begin(invitation)


def test_an_invitation_that_is_over_can_be_taken_away(invitation, team_lead, time_machine):
    time_machine.move_to(timezone.now() + timedelta(days=8), tick=False)

    actions.withdraw_invitation(invitation, by=team_lead)

    assert not Invitation.objects.unanswered().exists()


def test_only_who_manages_withdraws_or_sends_again(invitation, worker, stranger):
    for someone in (worker, stranger):
        with pytest.raises(NotAllowed):
            actions.withdraw_invitation(invitation, by=someone)
        with pytest.raises(NotAllowed):
            actions.send_again(invitation, by=someone)


def test_someone_new_begins_with_an_account_and_the_roles(invitation, organization):
    user = begin(invitation, last_name="Maes", phone="050 00 00 77")

    assert (user.email, user.first_name, user.last_name, user.phone) == (TOM, "Tom", "Maes", "050 00 00 77")
    assert user.check_password("een-lang-wachtwoord")
    assert (user.is_staff, user.is_superuser) == (False, False)
    assert roles_of(user, organization) == {"frontline_worker", "listing_editor"}
    assert groups_of(user) == {LISTING_EDITORS}
    assert AuditEvent.objects.get(action="invitation.accepted").actor == str(user.pk)


def test_beginning_twice_makes_one_account(invitation):
    begin(invitation)

    with pytest.raises(Refusal, match="werkt niet meer"):
        begin(invitation)

    assert User.objects.filter(email=TOM).count() == 1


def test_an_invitation_that_is_over_lets_nobody_in(invitation, time_machine):
    time_machine.move_to(timezone.now() + timedelta(days=7, seconds=1), tick=False)

    with pytest.raises(Refusal, match="werkt niet meer"):
        begin(invitation)

    assert not User.objects.filter(email=TOM).exists()


def test_someone_known_says_yes(invitation, organization):
    tom = UserFactory(email=TOM)

    actions.accept_invitation(invitation, user=tom)

    assert roles_of(tom, organization) == {"frontline_worker", "listing_editor"}


def test_an_invitation_is_for_its_own_address(invitation, stranger, organization):
    with pytest.raises(Refusal, match=TOM):
        actions.accept_invitation(invitation, user=stranger)

    assert roles_of(stranger, organization) == set()


def test_who_holds_one_of_the_roles_already_gets_the_other(invitation, organization):
    tom = MembershipFactory(organization=organization, user__email=TOM).user

    actions.accept_invitation(invitation, user=tom)

    assert roles_of(tom, organization) == {"frontline_worker", "listing_editor"}


def test_roles_are_changed_with_their_history(organization, team_lead, worker):
    actions.set_roles(worker, organization, roles=[Role.LISTING_EDITOR], by=team_lead)

    assert roles_of(worker, organization) == {"listing_editor"}
    assert groups_of(worker) == {LISTING_EDITORS}
    ended = Membership.objects.get(user=worker, role=Role.FRONTLINE_WORKER)
    assert ended.ended_at is not None
    line = audit.history(worker).get()
    assert (line.action, line.details) == ("membership.changed", {"roles": ["listing_editor"]})


def test_a_role_that_comes_back_is_a_new_membership(organization, team_lead, worker):
    actions.set_roles(worker, organization, roles=[Role.LISTING_EDITOR], by=team_lead)
    actions.set_roles(worker, organization, roles=[Role.FRONTLINE_WORKER], by=team_lead)

    assert Membership.objects.filter(user=worker, role=Role.FRONTLINE_WORKER).count() == 2
    assert roles_of(worker, organization) == {"frontline_worker"}
    assert groups_of(worker) == set()


def test_saving_what_is_so_already_writes_nothing(organization, team_lead, worker):
    actions.set_roles(worker, organization, roles=[Role.FRONTLINE_WORKER], by=team_lead)

    assert not audit.history(worker).exists()


def test_a_colleague_who_was_first_is_not_overruled_unseen(organization, team_lead, worker):
    seen = ["frontline_worker"]
    actions.set_roles(worker, organization, roles=[Role.LISTING_EDITOR], by=team_lead, seen=seen)

    with pytest.raises(Refusal, match="Een collega wijzigde dit intussen"):
        actions.set_roles(worker, organization, roles=[Role.DATA_PROTECTION_CONTACT], by=team_lead, seen=seen)
    actions.set_roles(worker, organization, roles=[Role.LISTING_EDITOR], by=team_lead, seen=seen)

    assert roles_of(worker, organization) == {"listing_editor"}


def test_nobody_is_brought_in_by_changing_roles(organization, team_lead, stranger):
    with pytest.raises(Refusal, match="werkt hier niet meer"):
        actions.set_roles(stranger, organization, roles=[Role.FRONTLINE_WORKER], by=team_lead)


def test_changing_to_nothing_is_refused(organization, team_lead, worker):
    with pytest.raises(Refusal, match="minstens één"):
        actions.set_roles(worker, organization, roles=[], by=team_lead)


def test_an_unknown_role_is_a_mistake_of_the_caller(organization, team_lead, worker):
    with pytest.raises(ValueError):
        actions.set_roles(worker, organization, roles=["boss"], by=team_lead)


@pytest.mark.parametrize("role", [Role.FRONTLINE_WORKER, Role.LISTING_EDITOR])
def test_only_who_manages_changes_roles_or_stops_someone(organization, team_lead, worker, role):
    other = MembershipFactory(organization=organization, role=role).user

    with pytest.raises(NotAllowed):
        actions.set_roles(worker, organization, roles=[Role.TEAM_LEAD], by=other)
    with pytest.raises(NotAllowed):
        actions.leave(worker, organization, by=other)


def test_leaving_ends_every_role_and_the_groups(organization, team_lead):
    user = MembershipFactory(organization=organization, role=Role.LEARNING_EDITOR).user
    MembershipFactory(organization=organization, user=user, role=Role.FRONTLINE_WORKER)
    actions.sync_groups(user)
    assert groups_of(user) == {LEARNING_EDITORS}

    actions.leave(user, organization, by=user)

    assert roles_of(user, organization) == set()
    assert groups_of(user) == set()
    assert audit.history(user).get().action == "membership.ended"


def test_leaving_twice_is_leaving_once(organization, worker):
    actions.leave(worker, organization, by=worker)
    actions.leave(worker, organization, by=worker)

    assert audit.history(worker).count() == 1


def test_leaving_one_organization_keeps_the_groups_of_another(organization, coordinator):
    MembershipFactory(organization=organization, user=coordinator, role=Role.NETWORK_COORDINATOR)
    actions.sync_groups(coordinator)

    actions.leave(coordinator, organization, by=coordinator)

    assert groups_of(coordinator) == {COORDINATORS}


def test_the_last_team_lead_cannot_leave_and_hears_whom_to_ask(organization, team_lead, worker):
    with pytest.raises(Refusal) as caught:
        actions.leave(team_lead, organization, by=team_lead)

    assert str(caught.value) == "Jij bent de laatste die hier beheert. Laat eerst een collega beheren: Lotte."
    assert roles_of(team_lead, organization) == {"team_lead"}


def test_a_team_lead_alone_hears_which_coordinator_to_ask(organization, team_lead, coordinator):
    with pytest.raises(Refusal, match="Vraag het aan een netwerkcoördinator: Bert"):
        actions.leave(team_lead, organization, by=team_lead)


def test_a_team_lead_without_anyone_hears_to_invite_someone(organization, team_lead):
    with pytest.raises(Refusal, match="Nodig eerst een tweede beheerder uit"):
        actions.leave(team_lead, organization, by=team_lead)


def test_the_last_team_lead_cannot_be_stopped_or_changed_either(organization, team_lead, coordinator):
    with pytest.raises(Refusal, match="Els is de laatste die hier beheert"):
        actions.leave(team_lead, organization, by=coordinator)
    with pytest.raises(Refusal, match="Jij bent de laatste"):
        actions.set_roles(team_lead, organization, roles=[Role.FRONTLINE_WORKER], by=team_lead)


def test_one_of_two_team_leads_can_leave(organization, team_lead):
    MembershipFactory(organization=organization, role=Role.TEAM_LEAD)

    actions.leave(team_lead, organization, by=team_lead)

    assert roles_of(team_lead, organization) == set()


def test_a_team_lead_elsewhere_does_not_count(organization, team_lead):
    MembershipFactory(role=Role.TEAM_LEAD)

    with pytest.raises(Refusal):
        actions.leave(team_lead, organization, by=team_lead)


def test_groups_are_set_in_a_transaction_of_their_own():
    """PostgreSQL holds no row for who began none: there the demo could not be loaded."""
    user = MembershipFactory(role=Role.LEARNING_EDITOR).user

    with CaptureQueriesContext(connection) as asked:
        actions.sync_groups(user)

    assert asked[0]["sql"].startswith("SAVEPOINT")
