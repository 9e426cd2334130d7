"""People and organizations for tests."""

import factory
from factory.django import DjangoModelFactory

from core.models import User
from organisaties.models import Membership, Organization
from organisaties.roles import Role


class UserFactory(DjangoModelFactory[User]):
    """A colleague without any organization yet; the password is `PASSWORD`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"collega{n}@partner.example")
    first_name = factory.Sequence(lambda n: f"Collega {n}")
    password = factory.django.Password("een-lang-wachtwoord")


class OrganizationFactory(DjangoModelFactory[Organization]):
    """A published partner; `OrganizationFactory(worker=user)` lets someone work with clients there."""

    class Meta:
        model = Organization
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Partner {n}")
    inbox = factory.Sequence(lambda n: f"onthaal{n}@partner.example")

    @factory.post_generation
    def worker(self, create, extracted, **kwargs):
        if extracted:
            MembershipFactory(user=extracted, organization=self)


class MembershipFactory(DjangoModelFactory[Membership]):
    """One frontline worker in one organization."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organization = factory.SubFactory(OrganizationFactory)
    role = Role.FRONTLINE_WORKER
