"""Referrals for tests, brought to a state by walking the real road."""

import errno
import os
from collections.abc import Callable

import pytest
from django.utils import timezone

from clienten.models import Item, Mode
from core import audit
from core.models import User
from doorverwijzing import actions, packet, receiving
from doorverwijzing.models import Channel, CloseResult, Initiative, Referral, RefusalCode
from doorverwijzing.moving import make
from doorverwijzing.workflow import Side, Status
from organisaties.models import Organization
from organisaties.roles import SecrecyRegime
from sociale_kaart.models import Service
from tests.factories.organisaties import OrganizationFactory, UserFactory
from tests.factories.sociale_kaart import ServiceFactory
from tests.factories.vraagverheldering import ClarifiedQuestionFactory

SHARED = {Item.CONTACT: True, Item.OWN_WORDS: True, Item.TRIED: True, Item.INCOME: False, Item.DEBTS: False}


class Cast:
    """Two organizations with a worker each, a service that takes questions, and one clarified question."""

    def __init__(self, **question: object) -> None:
        self.lotte: User = UserFactory(first_name="Lotte", email=f"lotte{User.objects.count()}@huis.example")
        self.noor: User = UserFactory(first_name="Noor", email=f"noor{User.objects.count()}@huurhulp.example")
        self.house: Organization = OrganizationFactory(name="Sociaal Huis Pannenhoek", worker=self.lotte)
        self.rent_help: Organization = OrganizationFactory(
            name="Huurhulp De Blauwe Deur", worker=self.noor, secrecy_regime=SecrecyRegime.PROFESSIONAL
        )
        self.service: Service = ServiceFactory(name="Blijven wonen", organization=self.rent_help)
        self.question = ClarifiedQuestionFactory(
            client__organization=self.house, conversation__worker=self.lotte, **question
        )

    def draft(self) -> Referral:
        """Begin a referral and choose what is shared."""
        referral = actions.prepare(self.question, self.service, by=self.lotte)
        actions.choose(referral, shared=SHARED, colleague="Noor", warmth=3, by=self.lotte)
        return referral

    def presented(self) -> Referral:
        """Show it to the client."""
        referral = self.draft()
        actions.present(referral, by=self.lotte)
        return referral

    def sent(self) -> Referral:
        """Send it with the client's yes."""
        return actions.send(self.presented(), mode=Mode.SCREEN, signature="Amina", by=self.lotte)

    def received(self) -> Referral:
        """Let the receiver open it."""
        referral = self.sent()
        receiving.read(referral, by=self.noor)
        return referral

    def accepted(self) -> Referral:
        """Let the receiver say yes."""
        referral = self.received()
        receiving.accept(referral, by=self.noor)
        return referral

    def contact_made(self) -> Referral:
        """Let the receiver confirm contact."""
        referral = self.accepted()
        receiving.confirm_contact(
            referral,
            at=timezone.now(),
            channel=Channel.PHONE,
            initiative=Initiative.RECEIVER,
            appointment="",
            by=self.noor,
        )
        return referral

    def running(self) -> Referral:
        """Let the help run."""
        referral = self.contact_made()
        receiving.start(referral, by=self.noor)
        return referral

    def closed(self) -> Referral:
        """Let it end well."""
        referral = self.running()
        receiving.close(referral, result=CloseResult.SOLVED, by=self.noor)
        return referral

    def refused(self, alternative: Service | None = None) -> Referral:
        """Let the receiver say no, with another service or with nothing."""
        referral = self.received()
        receiving.refuse(
            referral, code=RefusalCode.NOT_OURS, alternative=alternative, nothing_exists=alternative is None,
            note_text="", by=self.noor,
        )  # fmt: skip
        return referral

    def passed_on(self) -> Referral:
        """Let the receiver propose another service."""
        referral = self.received()
        receiving.pass_on(referral, alternative=ServiceFactory(), by=self.noor)
        return referral

    def unreached(self) -> Referral:
        """Let the receiver try three times in vain."""
        referral = self.accepted()
        for _time in range(3):
            receiving.record_attempt(referral, at=timezone.now(), channel=Channel.PHONE, note_text="", by=self.noor)
        return referral

    def withdrawn(self) -> Referral:
        """Let the client take the yes back."""
        referral = self.received()
        actions.withdraw(referral, by=audit.CLIENT)
        return referral

    def expired(self) -> Referral:
        """Let nobody answer."""
        return self._by_the_clock("expire")

    def consent_lapsed(self) -> Referral:
        """Let the yes end."""
        return self._by_the_clock("lapse")

    def _by_the_clock(self, move: str) -> Referral:
        referral = self.received()
        packet.destroy(referral)
        make(referral, move, by=audit.SYSTEM, side=Side.SYSTEM)
        return referral

    def at(self, status: Status) -> Referral:
        """Bring a referral to a status by the real road."""
        road: Callable[[], Referral] = getattr(self, status.value)
        return road()


def now(referral: Referral) -> Referral:
    """Fetch a referral as it stands now, as the next request would."""
    return Referral.objects.select_related("packet", "question", "receiver", "client").get(pk=referral.pk)


def pieces(referral: Referral) -> list[str] | None:
    """Name what the receiver can read of it now; None when nothing."""
    reading = packet.read(now(referral))
    return sorted(reading.pieces) if reading else None


def key_store_takes_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the disk refuse what is written to the key store, as one that is full does; what lies there still opens."""

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
