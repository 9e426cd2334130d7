"""What happens when a referral goes from one installation into another. A program: STORY, folder; facts as JSON."""

import json
import sys
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402 (Django first)
from django.test import Client  # noqa: E402 (Django first)
from django.utils import timezone  # noqa: E402 (Django first)

from clienten.models import Consent, Item  # noqa: E402 (Django first)
from core import audit  # noqa: E402 (Django first)
from doorverwijzing import actions, packet, receiving  # noqa: E402 (Django first)
from doorverwijzing.models import Referral  # noqa: E402 (Django first)
from tests.factories.doorverwijzing import Cast  # noqa: E402 (Django first)
from tests.factories.organisaties import OrganizationFactory, UserFactory  # noqa: E402 (Django first)
from tests.factories.sociale_kaart import ServiceFactory  # noqa: E402 (Django first)


def give(referral, file):
    """Give a referral out with the command."""
    call_command("fhir_export", str(referral.pk), out=file)


def read(file):
    """Read a file with the command; give its report."""
    report = file.with_suffix(".report")
    call_command("fhir_import", file, report=report)
    return json.loads(report.read_text())


def again(referral):
    """Fetch a referral as it is now."""
    return Referral.objects.get(pk=referral.pk)


def in_region_a(folder):
    """Send a question and give it out: as it is, with a piece taken back, and taken back whole; then two others."""
    cast = Cast()
    first = cast.received()
    title = packet.read(again(first)).title
    give(first, folder / "first.json")
    actions.withdraw(again(first), by=audit.CLIENT, items=[Item.CONTACT])
    give(first, folder / "less.json")
    actions.withdraw(again(first), by=audit.CLIENT)
    give(first, folder / "nothing.json")
    second, third = cast.sent(), Cast().sent()
    give(second, folder / "second.json")
    give(third, folder / "third.json")
    return {
        "title": title, "referral": str(first.pk), "second": str(second.pk), "third": str(third.pk),
        "other": {"service": third.service_id, "receiver": third.receiver_id},
        "service": cast.service.pk, "receiver": cast.rent_help.pk,
        "home": read(folder / "first.json"),
    }  # fmt: skip


def seen(noor, pk):
    """Give what the receiving colleague sees of a question, in the inbox and on its page."""
    browser = Client()
    browser.force_login(noor)
    referral = Referral.objects.received_by(noor).get(pk=pk)
    reading = packet.read(referral)
    consents = Consent.objects.filter(withdrawn_at=None, purpose=referral.question_id)
    return {
        "inbox": browser.get("/naar-ons/").content.decode(),
        "page": browser.get(referral.get_absolute_url()).content.decode(),
        "status": Referral.objects.get(pk=pk).status,
        "items": sorted(reading.pieces) if reading else None,
        "title": reading.title if reading else "",
        "consents": consents.count(),
        "cards": [card.first_name for card in referral.sender.clients.all()],
        "sender": [referral.sender.live, referral.sender.memberships.exists()],
        "referrals": Referral.objects.count(),
    }


def answer_in_steps(listing, folder):
    """Take a third question in, and give the answer out after each step."""
    worker = UserFactory(first_name="Karim", email="karim@elders.example")
    house = OrganizationFactory(pk=listing["receiver"], name="Huurhulp De Blauwe Deur", worker=worker)
    ServiceFactory(pk=listing["service"], name="Blijven wonen", organization=house)
    third = Referral.objects.get(pk=read(folder / "third.json")["referrals"][0]["id"])
    receiving.read(third, by=worker)
    receiving.accept(third, by=worker)
    give(third, folder / "yes.json")
    receiving.confirm_contact(
        third, at=timezone.now(), channel="phone", initiative="receiver", appointment="KANARIE", by=worker
    )
    give(third, folder / "contact.json")


def home_in_region_a(folder):
    """Read what came back, the newest first, each twice; give what the sending colleague sees."""
    told = json.loads((folder / "a.json").read_text())
    made = {}
    for step, file, name in [
        ("no", "no", "second"), ("contact", "contact", "third"),
        ("older", "yes", "third"), ("again", "contact", "third"),
    ]:  # fmt: skip
        report, referral = read(folder / f"{file}.json"), Referral.objects.get(pk=told[name])
        browser = Client()
        browser.force_login(referral.sender_worker)
        page = browser.get(referral.get_absolute_url()).content.decode()
        made[step] = {"report": report, "status": referral.status, "page": page, "moves": referral.log.count()}
    return made


def in_region_b(folder):
    """Have the same listing as in A, from one source; read the files of A in turn; answer the second question."""
    told = json.loads((folder / "a.json").read_text())
    noor = UserFactory(first_name="Noor", email="noor@huurhulp.example")
    house = OrganizationFactory(pk=told["receiver"], name="Huurhulp De Blauwe Deur", worker=noor)
    ServiceFactory(pk=told["service"], name="Blijven wonen", organization=house)
    made = {}
    for step, file in [
        ("first", "first"),
        ("again", "first"),
        ("less", "less"),
        ("older", "first"),
        ("nothing", "nothing"),
    ]:
        report = read(folder / f"{file}.json")
        made[step] = {"report": report, **seen(noor, report["referrals"][0]["id"])}
    second = Referral.objects.get(pk=read(folder / "second.json")["referrals"][0]["id"])
    receiving.refuse(second, code="no_room", alternative=None, nothing_exists=True, note_text="", by=noor)
    give(second, folder / "no.json")
    answer_in_steps(told["other"], folder)
    made["second"] = {"settled": again(second).settled_how, "no": json.loads((folder / "no.json").read_text())}
    return made


if __name__ == "__main__":
    print(json.dumps(globals()[sys.argv[1]](Path(sys.argv[2]))))
