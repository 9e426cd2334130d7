"""Client cards and consents for tests; every person in them is invented."""

import uuid
from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from clienten.models import ClientCard, Consent, Item, Mode, WithdrawnBy
from clienten.rules import TEXT_VERSION
from tests.factories.organisaties import OrganizationFactory, UserFactory


class ClientCardFactory(DjangoModelFactory[ClientCard]):
    """Amina, who rents privately in Zedelgem; `bare` knows no more than a first name."""

    class Meta:
        model = ClientCard

    class Params:
        bare = factory.Trait(phone="", contact_note="", household="", sms_allowed=False)

    organization = factory.SubFactory(OrganizationFactory)
    first_name = "Amina"
    phone = "0470 00 00 62"
    contact_note = "Na 16 uur, niet op woensdag"
    household = "Alleen met Yusuf, 9 jaar"
    sms_allowed = True


class ConsentFactory(DjangoModelFactory[Consent]):
    """A yes to share the own words; `withdrawn` and `lapsed` say how it ended."""

    class Meta:
        model = Consent

    class Params:
        withdrawn = factory.Trait(withdrawn_at=factory.LazyFunction(timezone.now), withdrawn_by=WithdrawnBy.CLIENT)
        lapsed = factory.Trait(valid_until=factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=1)))

    client = factory.SubFactory(ClientCardFactory)
    item = Item.OWN_WORDS
    recipient = factory.SubFactory(OrganizationFactory)
    purpose = factory.LazyFunction(uuid.uuid4)
    mode = Mode.ORAL
    signature = "Lotte"
    text_version = TEXT_VERSION
    valid_until = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=365))
    recorded_by = factory.SubFactory(UserFactory)
