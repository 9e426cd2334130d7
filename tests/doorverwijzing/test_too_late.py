"""Two at the same moment: who decides on a picture that is a moment old changes nothing, and leaves nothing behind."""

import pytest
from django.urls import reverse
from django.utils import timezone

from clienten.consent.overriding import Grounds
from clienten.models import Consent, Item, Mode, Override
from core import audit, keystore
from core.errors import Refusal
from doorverwijzing import actions, packet, receiving
from doorverwijzing.consent import overriding
from doorverwijzing.fhir import taking
from doorverwijzing.fhir.content_in import Content
from doorverwijzing.models import Attempt, BridgingPartner, Channel, Consultation, CoSignature, Referral, Transfer
from doorverwijzing.ways import bridging, rights, transfer
from doorverwijzing.workflow import Status
from organisaties.models import Organization
from organisaties.roles import PartnerType, Role
from tests.factories.doorverwijzing import Cast
from tests.factories.organisaties import MembershipFactory, OrganizationFactory, UserFactory
from tests.factories.sociale_kaart import ServiceFactory

pytestmark = pytest.mark.django_db
GROUNDS = Grounds(why="danger", reason="Er is nu ernstig gevaar voor het kind.", advised_by="teamoverleg")


@pytest.fixture
def cast():
    return Cast()


def seen(referral):
    """Give the referral as someone's page has it."""
    return Referral.objects.select_related("packet", "client", "sender", "receiver").get(pk=referral.pk)


def sent_by_a_colleague(cast):
    """Give a draft that was on a page while a colleague sent it; it could be a transfer."""
    Organization.objects.filter(pk__in=[cast.house.pk, cast.rent_help.pk]).update(kind=transfer.OCMW)
    referral = cast.presented()
    late = seen(referral)
    actions.send(referral, mode=Mode.SCREEN, signature="Amina", by=cast.lotte)
    return late


def started(cast):
    referral = cast.contact_made()
    late = seen(referral)
    receiving.start(referral, by=cast.noor)
    return late


def taken_back(cast):
    referral = cast.accepted()
    late = seen(referral)
    actions.withdraw(referral, by=audit.CLIENT)
    return late


def shared_without_yes(cast):
    MembershipFactory(user=cast.lotte, organization=cast.house, role=Role.TEAM_LEAD)
    MembershipFactory(organization=cast.house, role=Role.DATA_PROTECTION_CONTACT)
    referral = cast.presented()
    late = seen(referral)
    overriding.send_without_yes(referral, grounds=GROUNDS, by=cast.lotte)
    return late


def prepare(late, cast):
    transfer.prepare(late, reason="moved", since=timezone.localdate(), done=[], by=cast.lotte)


def call_off(late, cast):
    Transfer.objects.create(referral=late, reason="moved", since=timezone.localdate())
    transfer.call_off(late, by=cast.lotte)


def consult(late, cast):
    rights.consult(late, person="Karim", day=timezone.localdate(), by=cast.lotte)


def ask_to_sign(late, cast):
    rights.ask_co_signature(late, of=OrganizationFactory(partner_type=PartnerType.CORE), by=cast.lotte)


def bridge(late, cast):
    bridging.set_partner(late, name="Fatma", house="", phone="", by=cast.lotte)


def try_again(late, cast):
    receiving.record_attempt(late, at=timezone.now(), channel=Channel.PHONE, note_text="", by=cast.noor)


def share_again(late, cast):
    overriding.send_without_yes(late, grounds=GROUNDS, by=cast.lotte)


WRITTEN = (Attempt, BridgingPartner, Consent, Consultation, CoSignature, Override)


def left_behind():
    """Count what a late decision could leave: rows, and keys that no transaction takes back."""
    return [model.objects.count() for model in WRITTEN], sorted(keystore.ids())


@pytest.mark.parametrize(
    ("meanwhile", "late_move"),
    [
        (sent_by_a_colleague, prepare),
        (sent_by_a_colleague, call_off),
        (sent_by_a_colleague, consult),
        (sent_by_a_colleague, ask_to_sign),
        (started, bridge),
        (taken_back, try_again),
        (shared_without_yes, share_again),
    ],
)
def test_who_is_too_late_is_told_and_writes_nothing(cast, meanwhile, late_move):
    late = meanwhile(cast)
    before = left_behind()

    with pytest.raises(Refusal, match="intussen"):
        late_move(late, cast)

    assert left_behind() == before
    assert Transfer.objects.count() == (late_move is call_off)


def test_a_message_from_elsewhere_does_not_open_a_packet_that_was_closed_a_moment_ago(cast):
    referral = cast.received()
    late = seen(referral)
    content = packet._opened(late, late.packet)
    less = {**content, "pieces": {"contact": content["pieces"]["contact"]}}
    receiving.refuse(referral, code="no_room", alternative=None, nothing_exists=True, note_text="", by=cast.noor)

    narrowed = taking.narrow(late, Content(less))

    assert (narrowed, packet.read(seen(referral))) == (False, None)


def test_a_message_from_elsewhere_that_takes_back_what_was_taken_back_changes_nothing(cast):
    referral = cast.received()
    late = seen(referral)
    taking.take_back(seen(referral))

    assert taking.take_back(late) is False


def text_of(response):
    return response.content.decode()


def address(name, referral):
    return reverse(f"doorverwijzing:{name}", args=[referral.pk])


def test_who_comes_second_is_told_what_happened(cast, client):
    referral = cast.received()
    colleague = UserFactory(first_name="Sam")
    MembershipFactory(user=colleague, organization=cast.rent_help)
    receiving.accept(referral, by=cast.noor)
    client.force_login(colleague)

    page = text_of(client.post(address("accept", referral), follow=True))

    assert "Dat kan niet meer: deze vraag is aangenomen." in page
    assert Referral.objects.get().receiver_worker == cast.noor


def test_a_stale_refusal_keeps_what_was_typed(cast, client):
    referral = cast.received()
    receiving.accept(referral, by=cast.noor)
    client.force_login(cast.noor)
    form = {"code": "no_room", "way_on": "nothing", "note": "Probeer na nieuwjaar nog eens."}

    response = client.post(address("refuse", referral), form)

    assert response.status_code == 200
    assert "Probeer na nieuwjaar nog eens." in text_of(response)
    assert Referral.objects.get().state is Status.ACCEPTED


def test_who_comes_second_keeps_what_was_typed_about_contact_and_passing_on(cast, client):
    referral = cast.contact_made()
    client.force_login(cast.noor)
    ServiceFactory(name="Huurdersbond", accepts_referrals=True)
    spoken = {
        "spoken": "tried",
        "day": timezone.localdate().isoformat(),
        "channel": "phone",
        "note": "Hij nam niet op.",
    }

    contact = client.post(address("contact", referral), spoken)
    passing = client.post(address("pass_on", referral), {"way_on": "search", "other": "Huurdersbond"})

    assert "Hij nam niet op." in text_of(contact) and not Attempt.objects.filter(reached=False).exists()
    assert "Dat kan niet meer" in text_of(passing) and 'value="Huurdersbond"' in text_of(passing)


def test_who_chooses_or_asks_the_yes_while_a_colleague_went_on_or_back_is_told(cast, client):
    client.force_login(cast.lotte)
    back = cast.presented()
    actions.reconsider(back, by=cast.lotte)

    late_yes = client.post(
        reverse("doorverwijzing:say_yes", args=[back.pk]), {"mode": "screen", "signature": "Amina"}, follow=True
    )
    actions.present(back, by=cast.lotte)
    actions.send(back, mode="screen", signature="Amina", by=cast.lotte)
    late_choice = client.post(
        reverse("doorverwijzing:share", args=[back.pk]), {Item.CONTACT: "share", Item.DEBTS: "share"}, follow=True
    )

    assert "Een collega ging terug naar de keuzes: er is niets verstuurd." in late_yes.text
    assert "dit is al verstuurd, zonder wat jij hier koos" in late_choice.text
    assert Item.DEBTS not in actions.shared_items(Referral.objects.get())
