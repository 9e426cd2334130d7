"""People and organizations for tests."""

from typing import Any, TypeVar

import factory
from django.db.models import Model
from factory.django import DjangoModelFactory
from wagtail.signal_handlers import disable_reference_index_auto_update

from core.models import User
from organisaties.models import Membership, Organization
from organisaties.roles import Role

Listed = TypeVar("Listed", bound=Model)


class ListingFactory(DjangoModelFactory[Listed]):
    """What Wagtail keeps a list of uses of; writing that list costs more than the row, and only its editors read it."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: type[Listed], *args: Any, **kwargs: Any) -> Listed:
        with disable_reference_index_auto_update():
            return super()._create(model_class, *args, **kwargs)


class UserFactory(DjangoModelFactory[User]):
    """A colleague without any organization yet; the password is `PASSWORD`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"collega{n}@partner.example")
    first_name = factory.Sequence(lambda n: f"Collega {n}")
    password = factory.django.Password("een-lang-wachtwoord")


class OrganizationFactory(ListingFactory[Organization]):
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
