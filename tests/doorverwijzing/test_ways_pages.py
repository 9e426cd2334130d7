"""The screens of the other ways: who sees them, what they show, and that nothing of the person is on the wrong one."""

import pytest
from django.utils import timezone

from clienten.models import Item
from doorverwijzing import actions, receiving
from doorverwijzing.models import (
    BridgingPartner,
    Consultation,
    CoSignature,
    Referral,
    ReferrerRight,
    RightKind,
    Transfer,
)
from doorverwijzing.ways import copies, rights, transfer
from doorverwijzing.workflow import Status
from organisaties.roles import PartnerType
from tests.factories.doorverwijzing import Cast
from tests.factories.organisaties import MembershipFactory, OrganizationFactory
from tests.factories.sociale_kaart import ServiceFactory

pytestmark = pytest.mark.django_db
PERSON = ("Amina", "0470 00 00 62", "Ik slaap niet", "18 december")


@pytest.fixture
def cast():
    return Cast()


def holds_nothing_of_the_person(page):
    assert not [word for word in PERSON if word in page.content.decode()]


def test_the_road_of_a_co_signed_referral(cast, log_in):
    ReferrerRight.objects.create(organization=cast.house, kind=RightKind.CO_SIGNED)
    core = OrganizationFactory(name="CAW De Kust", partner_type=PartnerType.CORE)
    ours, theirs = log_in(cast.lotte), log_in(MembershipFactory(organization=core).user)
    referral = cast.presented()
    at = f"/doorverwijzing/{referral.pk}/"

    assert "Vraag een collega om mee te tekenen" in ours.get(f"{at}delen/").content.decode()
    assert "Vraag een collega om mee te tekenen" in ours.get(f"{at}ja/").content.decode()
    assert ours.get(f"{at}mee-tekenen/").status_code == 200
    assert ours.post(f"{at}mee-tekenen/", {"asked_of": core.pk}).status_code == 302
    asked = theirs.get("/meetekenen/")
    assert "Sociaal Huis Pannenhoek" in asked.content.decode()
    holds_nothing_of_the_person(asked)
    assert "Zeg of je meetekent" in theirs.get("/vandaag/").content.decode()
    signature = CoSignature.objects.get()
    assert ours.post(f"/meetekenen/{signature.pk}/", {"answer": "yes"}).status_code == 404
    assert theirs.get(at).status_code == 404
    theirs.post(f"/meetekenen/{signature.pk}/", {"answer": "yes"})

    assert "CAW De Kust tekende met je mee" in ours.get(f"{at}delen/").content.decode()
    assert not rights.standing(Referral.objects.get(pk=referral.pk)).lacks


def test_the_road_after_consultation_and_the_page_of_the_coordination(cast, log_in, coordinator, stranger, vocabulary):
    bert = log_in(coordinator)
    right = {"organization": cast.house.pk, "need": "", "kind": RightKind.AFTER_COORDINATION}
    assert log_in(stranger).post("/verwijsrecht/", right).status_code == 403
    assert bert.post("/verwijsrecht/", right).status_code == 302
    referral = cast.presented()
    at, ours = f"/doorverwijzing/{referral.pk}/", log_in(cast.lotte)

    assert "Schrijf het overleg op" in ours.get(f"{at}delen/").content.decode()
    assert ours.post(f"{at}overleg/", {"person": "", "day": "2050-01-01"}).status_code == 200
    ours.post(f"{at}overleg/", {"person": "Bert", "day": timezone.localdate().isoformat()})
    actions.send(referral, mode="screen", signature="Amina", by=cast.lotte)
    page = bert.get("/verwijsrecht/")
    assert "sprak met Bert" in page.content.decode()
    holds_nothing_of_the_person(page)
    told = Consultation.objects.get()
    assert log_in(stranger).post(f"/verwijsrecht/overleg/{told.pk}/", {"answer": "yes"}).status_code == 403
    bert.post(f"/verwijsrecht/overleg/{told.pk}/", {"answer": "yes"})
    bert.post(f"/verwijsrecht/{ReferrerRight.objects.get().pk}/weg/")

    told.refresh_from_db()
    assert (told.agreed, ReferrerRight.objects.count()) == (True, 0)


def test_the_road_of_a_transfer(cast, log_in, stranger):
    for house in (cast.house, cast.rent_help):
        type(house).objects.filter(pk=house.pk).update(kind=transfer.OCMW)
    cast.question.conversation.organization.refresh_from_db()
    cast.service.refresh_from_db()
    referral, ours, theirs = cast.presented(), log_in(cast.lotte), log_in(cast.noor)
    at = f"/doorverwijzing/{referral.pk}/overdracht/"
    today = timezone.localdate().isoformat()

    assert [browser.get(at).status_code for browser in (ours, theirs, log_in(stranger))] == [200, 404, 404]
    ours.post(at, {"reason": "moved", "since": today, "done": ["told"]})
    assert "Nog 6 punten op de lijst" in ours.get(f"/doorverwijzing/{referral.pk}/delen/").content.decode()
    assert "Nog 6 punten op de lijst" in ours.get(f"/doorverwijzing/{referral.pk}/ja/").content.decode()
    ours.post(at, {"reason": "moved", "since": today, "done": list(transfer.CODES)})
    assert "op de lijst" not in ours.get(f"/doorverwijzing/{referral.pk}/ja/").content.decode()
    actions.send(referral, mode="screen", signature="Amina", by=cast.lotte)
    theirs.post(f"/doorverwijzing/{referral.pk}/aannemen/")
    ours.post(f"{at}loslaten/")
    assert Transfer.objects.get().released_at is None
    theirs.post(at, {"takes_over_on": today})
    assert "Laat je los?" in ours.get(at).content.decode()
    ours.post(f"{at}loslaten/")

    assert Transfer.objects.get().released_at
    assert "is nu bevoegd" in theirs.get(f"/doorverwijzing/{referral.pk}/").content.decode()


def test_a_bridging_partner_shows_on_all_three_pages(cast, log_in, client):
    referral = cast.accepted()
    at = f"/doorverwijzing/{referral.pk}/"
    ours, theirs = log_in(cast.lotte), log_in(cast.noor)

    assert ours.get(f"{at}brug/").status_code == 200
    assert theirs.post(f"{at}brug/", {"name": "Ik"}).status_code == 404
    ours.post(f"{at}brug/", {"name": "Fatma", "house": "Buurtwerk Linde", "phone": "0470 00 00 55"})

    assert BridgingPartner.objects.get().name == "Fatma"
    follow = client.post("/volg/", {"code": referral.receipt.code}, follow=True)
    for page in (ours.get(at), theirs.get(at), follow):
        assert "Buurtwerk Linde" in page.content.decode()
    receiving.pass_on(referral, alternative=ServiceFactory(), by=cast.noor)
    assert "Buurtwerk Linde" in ours.get(at).content.decode()
    assert "Buurtwerk Linde" not in theirs.get(at).content.decode()


def test_referring_on_inside_begins_on_the_page_of_the_receiver(cast, log_in, places, client):
    referral = cast.accepted()
    at = f"/doorverwijzing/{referral.pk}/"
    theirs, third = log_in(cast.noor), ServiceFactory(name="Budgethulp", organization__name="Budgethuis")

    assert "Verwijs verder" in theirs.get(at).content.decode()
    assert log_in(cast.lotte).post(f"{at}verder-verwijzen/").status_code == 404
    question = theirs.post(f"{at}verder-verwijzen/").headers["Location"].split("/")[2]
    theirs.post(f"/vragen/{question}/naar/{third.pk}/")
    child = Referral.objects.get(service=third)

    assert child.parent == referral
    assert "1.450" not in theirs.get(f"/doorverwijzing/{child.pk}/delen/").content.decode()
    actions.choose(child, shared={Item.CONTACT: True}, colleague="", warmth=3, by=cast.noor)
    actions.present(child, by=cast.noor)
    actions.send(child, mode="screen", signature="Amina", by=cast.noor)
    sender = log_in(cast.lotte)
    page = sender.get(at).content.decode()
    assert "Ze verwijzen zelf verder naar 1 andere dienst" in page
    assert "Budgethuis" not in page
    assert sender.get(f"/vragen/{question}/wegen/").status_code == 404
    ways = sender.get(f"/vragen/{referral.question_id}/wegen/")
    assert [place.label for place in ways.context["rail"] if place.current] == ["Door ons"]
    assert "Budgethuis" in client.post("/volg/", {"code": referral.receipt.code}, follow=True).content.decode()
    assert Referral.objects.get(pk=child.pk).state == Status.SENT
    assert copies.parent_of(child.question) == referral
