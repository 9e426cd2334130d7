"""Conversations and what comes out of them, for tests. One organization per conversation, everywhere."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from sociale_kaart.models import LifeDomain
from tests.factories.clienten import ClientCardFactory
from tests.factories.organisaties import MembershipFactory, OrganizationFactory, UserFactory
from vraagverheldering.models import (
    ClarifiedQuestion,
    ClientWords,
    Conversation,
    ConversationMode,
    DomainNote,
    NextStep,
    RightsState,
    Urgency,
)


def domain(code: str) -> LifeDomain:
    """Give one of the fifteen life domains; made with its code as name when the vocabulary is not loaded."""
    return LifeDomain.objects.get_or_create(code=code, defaults={"name": code.capitalize()})[0]


def next_week():
    """Give the day a week from now."""
    return timezone.localdate() + timedelta(days=7)


class ConversationFactory(DjangoModelFactory[Conversation]):
    """An open, broad conversation with Amina by a worker of the organization that keeps her card.

    `quick` is the short road, `finished` a closed talk. `ConversationFactory(worker=user, organization=…)` makes
    that user a frontline worker there.
    """

    class Meta:
        model = Conversation
        skip_postgeneration_save = True

    class Params:
        quick = factory.Trait(mode=ConversationMode.QUICK)
        finished = factory.Trait(finished_at=factory.LazyFunction(timezone.now))

    organization = factory.SubFactory(OrganizationFactory)
    worker = factory.SubFactory(UserFactory, first_name="Lotte")
    client = factory.SubFactory(ClientCardFactory, organization=factory.SelfAttribute("..organization"))
    mode = ConversationMode.BROAD

    @factory.post_generation
    def membership(self, create, extracted, **kwargs):
        """Let the worker belong to the organization, unless `membership=False`."""
        if create and extracted is not False and not self.organization.is_cared_for_by(self.worker):
            MembershipFactory(user=self.worker, organization=self.organization)


class DomainNoteFactory(DjangoModelFactory[DomainNote]):
    """The part about housing, touched but not ended yet."""

    class Meta:
        model = DomainNote

    conversation = factory.SubFactory(ConversationFactory)
    domain = factory.LazyFunction(lambda: domain("housing"))
    strengths = "De buren zijn vriendelijk. Yusuf gaat te voet naar school."
    wording = "Amina huurt privé. De vrederechter besliste over uithuiszetting, uiterlijk 18 december."


class ClientWordsFactory(DjangoModelFactory[ClientWords]):
    """What Amina said about her house."""

    class Meta:
        model = ClientWords

    conversation = factory.SubFactory(ConversationFactory)
    domain = factory.LazyFunction(lambda: domain("housing"))
    text = "Ik slaap niet. De brief zegt dat we voor kerst weg moeten. Waar moet ik heen met Yusuf?"


class ClarifiedQuestionFactory(DjangoModelFactory[ClarifiedQuestion]):
    """What Amina wants, with a goal and a next step; `urgent` lets the fast clock run.

    `ClarifiedQuestionFactory(client=card)` starts the conversation from that card and its organization.
    """

    class Meta:
        model = ClarifiedQuestion

    class Params:
        urgent = factory.Trait(urgency=Urgency.URGENT)
        rights_checked = factory.Trait(rights=RightsState.CHECKED)

    client = factory.SubFactory(ClientCardFactory)
    conversation = factory.SubFactory(
        ConversationFactory,
        client=factory.SelfAttribute("..client"),
        organization=factory.SelfAttribute("..client.organization"),
    )
    domain = factory.LazyFunction(lambda: domain("housing"))
    wish = "in haar huis blijven, of tegen 18 december een ander huis in Zedelgem"
    own_words = "Ik slaap niet. De brief zegt dat we voor kerst weg moeten. Waar moet ik heen met Yusuf?"
    goal = "We weten voor 1 december waar we met kerst wonen."
    next_step = "Samen bellen naar Huurhulp De Blauwe Deur"
    who = "Amina en Lotte samen"
    by_when = factory.LazyFunction(next_week)
    income = "Loon, ongeveer 1.450 euro per maand"
    debts = "Huurachterstand van 2.340 euro"
    tried = "Zelf gebeld naar de huisbaas, die hangt op"


class NextStepFactory(DjangoModelFactory[NextStep]):
    """Something that Amina and her worker do together by next week."""

    class Meta:
        model = NextStep

    conversation = factory.SubFactory(ConversationFactory)
    what = "Inschrijven voor een sociale woning"
    who = "Amina en Lotte samen"
    by_when = factory.LazyFunction(next_week)
