"""Who belongs where, and what the database refuses."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from organisaties.models import Invitation, Membership, Organization, is_coordinator
from organisaties.roles import CARE_ROLES, MANAGER_ROLES, OFFERED, WORDS, Role, in_words
from tests.factories.organisaties import MembershipFactory, OrganizationFactory, UserFactory

pytestmark = pytest.mark.django_db


def refuses(name):
    """Expect the database to refuse by the name of a constraint."""
    return pytest.raises(IntegrityError, match=name)


@pytest.mark.parametrize("role", Role)
def test_whoever_works_somewhere_belongs_there_in_any_role(role):
    membership = MembershipFactory(role=role)

    assert list(Organization.objects.of(membership.user)) == [membership.organization]
    assert membership.organization.has_member(membership.user)


@pytest.mark.parametrize("role", Role)
def test_only_some_roles_work_with_clients_and_only_some_manage(role):
    membership = MembershipFactory(role=role)
    user, organization = membership.user, membership.organization

    assert organization.is_cared_for_by(user) is (role in CARE_ROLES)
    assert Organization.objects.cared_for_by(user).exists() is (role in CARE_ROLES)
    assert organization.is_managed_by(user) is (role in MANAGER_ROLES)


def test_who_left_belongs_there_no_longer():
    now = timezone.now()
    membership = MembershipFactory(started_at=now - timedelta(days=1), ended_at=now)

    assert not Organization.objects.of(membership.user).exists()
    assert not Organization.objects.cared_for_by(membership.user).exists()
    assert not membership.organization.has_member(membership.user)
    assert not membership.organization.is_cared_for_by(membership.user)


def test_a_visitor_belongs_nowhere():
    OrganizationFactory(name="Nobody works here")
    visitor = AnonymousUser()

    assert not Organization.objects.of(visitor).exists()
    assert not Organization.objects.cared_for_by(visitor).exists()
    assert not Organization.objects.with_people_known_to(visitor).exists()
    assert not is_coordinator(visitor)


def test_two_roles_are_one_organization():
    first = MembershipFactory(role=Role.FRONTLINE_WORKER)
    MembershipFactory(user=first.user, organization=first.organization, role=Role.TEAM_LEAD)

    assert Organization.objects.of(first.user).count() == 1
    assert Organization.objects.cared_for_by(first.user).count() == 1


def test_people_are_known_to_their_colleagues_and_to_a_coordinator(
    worker, stranger, coordinator, operator, organization
):
    known = Organization.objects.with_people_known_to

    assert organization in known(worker)
    assert organization not in known(stranger)
    assert organization in known(coordinator)
    assert organization in known(operator)


def test_a_question_can_arrive_where_a_mailbox_waits():
    organization = MembershipFactory(role=Role.LISTING_EDITOR).organization
    assert organization.takes_referrals()

    organization.inbox = ""
    assert not organization.takes_referrals()


def test_who_only_edits_listings_does_not_care_for_people():
    assert MembershipFactory(role=Role.FRONTLINE_WORKER).organization.has_care_workers()
    assert not MembershipFactory(role=Role.LISTING_EDITOR).organization.has_care_workers()


def test_only_published_organizations_are_public():
    OrganizationFactory(live=False)
    shown = OrganizationFactory()

    assert list(Organization.objects.public()) == [shown]


def test_a_role_is_held_once_at_a_time():
    held = MembershipFactory()

    with refuses("a_role_is_held_once_at_a_time|organisaties_membership.role"), transaction.atomic():
        MembershipFactory(user=held.user, organization=held.organization)
    Membership.objects.update(ended_at=timezone.now())
    MembershipFactory(user=held.user, organization=held.organization)


def test_a_membership_ends_after_it_starts():
    with refuses("a_membership_ends_after_it_starts"), transaction.atomic():
        MembershipFactory(ended_at=timezone.now() - timedelta(days=1))


def test_a_membership_has_a_known_role():
    with refuses("a_membership_has_a_known_role"), transaction.atomic():
        MembershipFactory(role="boss")


def test_an_address_has_one_invitation_at_a_time(organization):
    about = {"organization": organization, "email": "tom@partner.example", "expires_at": timezone.now()}
    first = Invitation.objects.create(**about)

    with refuses("an_address_has_one_invitation_at_a_time|organisaties_invitation"), transaction.atomic():
        Invitation.objects.create(**about)
    first.withdrawn_at = timezone.now()
    first.save()
    Invitation.objects.create(**about)


def test_an_invitation_is_open_until_it_is_answered_or_over(organization):
    now = timezone.now()

    def invitation(**about):
        return Invitation.objects.create(
            organization=organization, email=f"{len(about)}{about}@x.example",
            **{"expires_at": now + timedelta(days=1), **about},
        )  # fmt: skip

    waiting = invitation()
    over = invitation(expires_at=now - timedelta(seconds=1))
    invitation(accepted_at=now)
    invitation(withdrawn_at=now)

    assert list(Invitation.objects.open()) == [waiting]
    assert set(Invitation.objects.unanswered()) == {waiting, over}
    assert (waiting.is_over, over.is_over) == (False, True)


def test_a_token_cannot_be_guessed(organization):
    tokens = {
        Invitation.objects.create(organization=organization, email=f"{n}@x.example", expires_at=timezone.now()).token
        for n in range(50)
    }

    assert len(tokens) == 50
    assert min(len(token) for token in tokens) >= 43


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        ([], ""),
        ([Role.FRONTLINE_WORKER], "vragen"),
        ([Role.TEAM_LEAD], "beheren, vragen"),
        ([Role.FRONTLINE_WORKER, Role.TEAM_LEAD], "beheren, vragen"),
        ([Role.FRONTLINE_WORKER, Role.LISTING_EDITOR, Role.TEAM_LEAD], "beheren, fiches, vragen"),
        ([Role.LEARNING_EDITOR], "werkwijzen"),
        ([Role.NETWORK_COORDINATOR], "streek"),
        ([Role.DATA_PROTECTION_CONTACT, Role.LISTING_EDITOR], "fiches, privacy"),
        (["listing_editor"], "fiches"),
        (["a role of an older release"], ""),
    ],
)
def test_what_someone_may_is_said_in_words(roles, words):
    assert in_words(roles) == words


def test_every_role_has_words_and_can_be_given():
    assert set(WORDS) == set(OFFERED) == set(Role)


def test_every_role_reads_in_english_too():
    with translation.override("en"):
        assert in_words([Role.TEAM_LEAD, Role.LISTING_EDITOR]) == "manage, listings, questions"


def test_an_organization_and_a_membership_name_themselves(organization):
    membership = MembershipFactory(user=UserFactory(first_name="Lotte"), organization=organization)

    assert str(organization) == "Sociaal Huis Pannenhoek"
    assert str(membership) == "Lotte · hulpverlener · Sociaal Huis Pannenhoek"
