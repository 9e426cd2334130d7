"""A receiver without an account: the link shows nothing, the code opens one question, the machine is the same."""

import re
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from clienten.models import Mode
from core import audit
from core.models import AuditEvent, OutgoingMail
from doorverwijzing import actions, receiving, thread
from doorverwijzing.actors import GUEST, described, masked
from doorverwijzing.client.looked import looked
from doorverwijzing.clock import ticking
from doorverwijzing.clock.reminders import ONE_BY_ONE
from doorverwijzing.guest import diary, magic_link
from doorverwijzing.models import Channel, GuestLink, Initiative, Message, Referral, Transfer
from doorverwijzing.workflow import MOVES, Side, Status
from organisaties.models import Invitation, Membership
from organisaties.roles import Role, SecrecyRegime
from tests.factories.doorverwijzing import Cast
from tests.factories.organisaties import MembershipFactory, OrganizationFactory
from tests.factories.sociale_kaart import ServiceFactory

pytestmark = pytest.mark.django_db
MAILBOX = "rit@haver.example"
SECRETS = ("Amina", "0470 00 00 62", "Ik slaap niet", "18 december", "Pannenhoek", "Rijdienst")


class GuestCast(Cast):
    """The same story, with a receiver where nobody has an account."""

    def __init__(self) -> None:
        super().__init__()
        self.rent_help = OrganizationFactory(
            name="Rijdienst De Haver", inbox=MAILBOX, secrecy_regime=SecrecyRegime.PROFESSIONAL
        )
        self.service = ServiceFactory(name="Rit naar dokter", organization=self.rent_help)

    def sent(self) -> Referral:
        """Send it inside a committed transaction, so that the mail is there."""
        return actions.send(self.presented(), mode=Mode.SCREEN, signature="Amina", by=self.lotte)


@pytest.fixture
def cast():
    return GuestCast()


@pytest.fixture
def sent(cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        return cast.sent()


@pytest.fixture
def mails(mailoutbox, django_capture_on_commit_callbacks):
    """Give the bodies of what was mailed to the mailbox."""
    return lambda: [mail.body for mail in mailoutbox if mail.to == [MAILBOX]]


def door(body):
    return re.search(r"/gast/\S+", body)[0]


def press(browser, path, commit):
    """Press the one button, and let the mail go."""
    with commit(execute=True):
        return browser.post(path)


@pytest.fixture
def inside(sent, mails, client, django_capture_on_commit_callbacks):
    """Come in by link and code; give the address of the question."""
    path = door(mails()[-1])
    press(client, path, django_capture_on_commit_callbacks)
    code = re.search(r"\d{6}", mails()[-1])[0]
    return client.post(f"{path}code/", {"code": f"{code[:3]} {code[3:]}"}).headers["Location"]


def test_an_organization_with_only_a_mailbox_gets_a_link_of_its_own(sent, mails):
    body = mails()[-1]

    assert door(body) == magic_link.way_in(sent)
    assert f"/doorverwijzing/{sent.pk}" not in body
    assert not any(word in body for word in ("Amina", "0470 00", "slaap"))


def test_looking_at_the_link_shows_nothing_and_uses_nothing(sent, mails, client):
    path = door(mails()[-1])

    pages = [client.get(path), client.head(path), client.get(path), client.get(f"{path}code/")]

    assert [page.status_code for page in pages] == [200] * 4
    assert not any(word.encode() in page.content for page in pages for word in SECRETS)
    assert all("no-store" in page.headers["Cache-Control"] for page in pages)
    assert len(mails()) == 1
    assert Referral.objects.get().state is Status.SENT
    assert client.get(f"/gast/vraag/{sent.pk}/").status_code == 404


def test_the_code_opens_the_question_and_the_reading_is_logged_as_a_guest(inside, sent, client):
    page = client.get(inside)

    assert "Ik slaap niet" in page.content.decode()
    assert Referral.objects.get(pk=sent.pk).state is Status.RECEIVED
    line = audit.history(sent).filter(action="referral.read").get()
    assert (line.actor[:6], line.organization) == (GUEST, str(sent.receiver_id))
    assert described([line.actor]) == {line.actor: f"Rijdienst De Haver, {masked(MAILBOX)}"}
    assert sent.log.get(move="open").by is None


@pytest.mark.parametrize(
    "spoil", ["tampered", "other_browser", "other_question", "closed", "over", "mailbox", "account"]
)
def test_a_door_that_is_not_yours_stays_shut(spoil, inside, sent, cast, client, visitor):
    link = GuestLink.objects.get()
    path, browser = inside, client
    if spoil == "tampered":
        path = magic_link.door_of(link)[:-2] + "x/"
    elif spoil == "other_browser":
        browser = visitor
    elif spoil == "other_question":
        path = inside.replace(str(sent.pk), str(Cast().sent().pk))
    elif spoil == "closed":
        GuestLink.objects.update(closed_at=timezone.now())
    elif spoil == "over":
        GuestLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    elif spoil == "mailbox":
        type(cast.rent_help).objects.filter(pk=cast.rent_help.pk).update(inbox="nieuw@haver.example")
    else:
        MembershipFactory(organization=cast.rent_help)

    typed = {"text": "Kan het ook dinsdag, na de middag?"}
    looked, pressed = browser.get(path, follow=True), browser.post(f"{path}bericht/", typed)

    if spoil in ("other_browser", "other_question"):
        assert (looked.status_code, pressed.status_code) == (404, 404)
    else:
        # Who came in before is led back to the door, and gets back what was typed.
        assert (looked.status_code, "Deze link werkt niet meer" in looked.text) == (410, True)
        assert pressed.status_code == (404 if spoil == "tampered" else 403)
        assert (typed["text"] in pressed.text) is (spoil != "tampered")
    assert not any(word in page.text for page in (looked, pressed) for word in SECRETS)
    assert Referral.objects.get(pk=sent.pk).receiver_worker is None


def test_after_the_hour_a_guest_is_led_back_to_the_door(inside, sent, client, time_machine):
    time_machine.move_to(timezone.now() + timedelta(minutes=61), tick=False)

    door_again = client.get(inside)
    late = client.post(f"{inside}bericht/", {"text": "Kan het ook dinsdag, na de middag?"})

    assert door_again.url == magic_link.way_in(sent)
    assert client.get(door_again.url).status_code == 200
    assert late.status_code == 403
    assert "Je was even weg" in late.text
    assert "Kan het ook dinsdag, na de middag?" in late.text
    assert f'href="{magic_link.way_in(sent)}"' in late.text
    assert not Message.objects.exists()


def pieces(page):
    """Take away what differs by the minute: the address and the token of the form."""
    return re.sub(r'value="[^"]*"|\?volgende=[^"]*', "", page.text)


@pytest.mark.parametrize("way", ["", "code/"])
@pytest.mark.parametrize("spoil", ["cut", "tampered", "nonsense", "unknown", "home", "signed nonsense"])
def test_a_link_that_we_do_not_know_says_what_one_that_is_over_says(spoil, way, sent, visitor, mailoutbox):
    door_path = magic_link.way_in(sent)
    signature, mailed = door_path.split("/")[2], len(mailoutbox)
    signatures = {
        "cut": signature[:-4],
        "tampered": f"{signature[:-1]}{'x' if signature[-1] != 'x' else 'y'}",
        "nonsense": "verkeerd",
        "unknown": str(uuid.uuid4()),
        "home": signature,
        "signed nonsense": magic_link._signer.sign("verkeerd"),
    }
    if spoil == "home":
        Referral.objects.filter(pk=sent.pk).update(status=Status.PRESENTED)
    answers = [visitor.get(f"/gast/{signatures[spoil]}/{way}"), visitor.post(f"/gast/{signatures[spoil]}/{way}")]
    Referral.objects.filter(pk=sent.pk).update(status=Status.EXPIRED)
    GuestLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    over = visitor.get(door_path)

    for answer in answers:
        assert answer.status_code == over.status_code == 410
        assert "Deze link werkt niet meer" in answer.text
        assert pieces(answer) == pieces(over)
    assert len(mailoutbox) == mailed


def test_a_code_dies_after_five_tries_after_its_time_and_after_its_use(sent):
    link = magic_link.find(magic_link.way_in(sent).split("/")[2])
    magic_link.ask_code(link)
    digest = GuestLink.objects.get().code_digest

    def refused(code="000000"):
        with pytest.raises(magic_link.Refusal):
            magic_link.check_code(link, code)
        return GuestLink.objects.get().code_tries

    right = next(code for code in map("{:06}".format, range(10**6)) if magic_link._digest(link, code) == digest)
    wrong = "000000" if right != "000000" else "111111"

    assert [refused(wrong) for _try in range(6)] == [1, 2, 3, 4, 5, 5]
    assert refused(right) == 5
    GuestLink.objects.update(code_tries=0, code_until=timezone.now())
    assert refused(right) == 0
    GuestLink.objects.update(code_until=timezone.now() + timedelta(minutes=1))
    assert magic_link.check_code(link, right).mailbox == MAILBOX
    assert refused(right) == 1


def test_asking_a_new_link_closes_the_old_one_and_is_throttled(sent, mails, client, django_capture_on_commit_callbacks):
    old = magic_link.way_in(sent)
    GuestLink.objects.update(expires_at=timezone.now())

    assert client.get(old).status_code == 410
    press(client, old, django_capture_on_commit_callbacks)
    new = door(mails()[-1])

    assert new != old
    assert client.get(new).status_code == 200
    assert GuestLink.objects.filter(closed_at=None).count() == 1
    for _time in range(6):
        press(client, new, django_capture_on_commit_callbacks)
    assert len(mails()) == 2 + magic_link.MAILS - 1


def test_a_guest_walks_the_whole_machine(inside, sent, client):
    contact = {"spoken": "yes", "day": timezone.localdate().isoformat(), "channel": Channel.PHONE,
               "initiative": Initiative.RECEIVER}  # fmt: skip

    client.post(f"{inside}aannemen/")
    assert "Wat heb je gebruikt?" in client.get(inside).content.decode()
    use = {"used": ["own_words", "made_up"]}
    for path, data in [("gebruikt", use), ("contact", contact), ("starten", {}), ("afronden", {"result": "solved"})]:
        assert client.post(f"{inside}{path}/", data).status_code == 302
    assert "Deze vraag is afgerond: opgelost." in client.get(inside).content.decode()

    sent.refresh_from_db()
    assert (sent.state, sent.receiver_worker) == (Status.CLOSED, None)
    moves = AuditEvent.objects.filter(
        action__in=[f"referral.{move}" for move in ("accept", "confirm_contact", "close")]
    )
    assert {line.actor[:6] for line in moves} == {GUEST}
    assert sent.attempts.get().reached
    assert list(sent.piece_uses.filter(used=True).values_list("item", "by")) == [("own_words", None)]


def test_a_guest_refuses_with_a_way_on_and_reads_nothing_more(inside, sent, cast, client):
    actions.write_message(sent, text="Ik slaap niet, zei ze nog eens.", form_key=uuid.uuid4(), by=cast.lotte)
    client.post(f"{inside}weigeren/", {"code": "no_room", "way_on": "nothing", "note": "Bel in maart."})

    page = client.get(inside).content.decode()
    assert "Het telt als tekort in de streek." in page and "met je voorstel" not in page
    assert Referral.objects.get(pk=sent.pk).state is Status.REFUSED
    assert sent.decline.note == "Bel in maart."
    assert not any(word in page for word in ("Ik slaap niet", "0470 00 00 62"))


def test_a_guest_who_is_told_no_keeps_what_was_typed(inside, sent, cast, client):
    client.post(f"{inside}aannemen/")
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    tried = {"spoken": "tried", "day": tomorrow, "channel": "phone", "note": "Niet opgenomen."}

    page = client.post(f"{inside}contact/", tried).content.decode()
    late = client.post(f"{inside}weigeren/", {"code": "no_room", "way_on": "nothing", "note": "Bel in maart."})

    assert "Die dag moet nog komen." in page and "Niet opgenomen." in page
    assert "Dat kan niet meer" in late.content.decode() and "Bel in maart." in late.content.decode()
    actions.withdraw(Referral.objects.get(pk=sent.pk), by=cast.lotte)
    assert "Niet opgenomen." in client.post(f"{inside}contact/", tried).content.decode()


def test_a_guest_passes_on_tries_in_vain_and_writes(inside, sent, cast, client):
    client.post(f"{inside}bericht/", {"text": "Kan het ook dinsdag?", "form_key": sent.pk})
    client.post(f"{inside}aannemen/")
    for _time in range(3):
        client.post(
            f"{inside}contact/", {"spoken": "tried", "day": timezone.localdate().isoformat(), "channel": "phone"}
        )

    sent.refresh_from_db()
    assert sent.state is Status.UNREACHED
    written = Message.objects.get()
    assert (written.author, written.organization_id) == (None, sent.receiver_id)

    other = Cast()
    assert not magic_link.is_for_guests(other.sent())


def test_passing_on_as_a_guest_goes_through_the_sender(inside, sent, client):
    better = ServiceFactory(name="Vervoer op maat")

    client.post(f"{inside}doorgeven/", {"door-way_on": "search", "door-other": "Vervoer op maat"})

    sent.refresh_from_db()
    assert (sent.state, sent.decline.alternative) == (Status.PASSED_ON, better)


@pytest.mark.parametrize("move", [name for name, move in MOVES.items() if Side.RECEIVER not in move.by])
def test_a_guest_makes_no_move_of_another_side(move, sent):
    guest = magic_link.guest_of(GuestLink.objects.select_related("referral").get())

    assert not receiving.may(guest, move, sent)


def test_the_invitation_goes_to_the_house_of_the_mailbox_only(inside, sent, client):
    for email in ("dief@elders.example", "an@haver.example"):
        client.post(f"{inside}meedoen/", {"email": email})

    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.roles) == ("an@haver.example", [Role.FRONTLINE_WORKER])
    assert not Membership.objects.filter(organization=sent.receiver).exists()


def test_a_receiver_without_a_mailbox_is_still_refused_with_a_way_on(cast):
    type(cast.rent_help).objects.update(inbox="")
    cast.service.organization.refresh_from_db()

    with pytest.raises(magic_link.Refusal, match="krijgt hier nog geen vragen"):
        cast.draft()


def test_an_ocmw_without_an_account_says_from_when_it_takes_over(inside, sent, client):
    change = Transfer.objects.create(referral=sent, reason="moved", since=timezone.localdate())
    day = {"takes_over_on": timezone.localdate().isoformat()}

    client.post(f"{inside}overnemen/", day)
    assert Transfer.objects.get().confirmed_at is None
    client.post(f"{inside}aannemen/")
    assert "Vanaf welke dag neem je over?" in client.get(inside).content.decode()
    client.post(f"{inside}overnemen/", day)

    change.refresh_from_db()
    assert (change.takes_over_on, change.confirmed_by) == (timezone.localdate(), None)
    line = audit.history(sent).get(action="referral.transfer_confirmed")
    assert line.actor.startswith(GUEST)


def test_a_guest_writes_only_what_was_agreed_to_be_told_back(inside, sent, client):
    client.post(f"{inside}aannemen/")
    day = timezone.localdate().isoformat()
    client.post(f"{inside}contact/", {"spoken": "yes", "day": day, "channel": "phone", "initiative": "receiver"})

    page = client.get(inside).content.decode()
    answer = client.post(f"{inside}bericht/", {"text": "Het gaat goed.", "form_key": sent.pk}, follow=True)

    assert "Schrijf een bericht" not in page
    assert (answer.status_code, Message.objects.count()) == (200, 0)
    assert "Het gaat goed." in answer.content.decode(), "what was typed is not lost"


def test_the_sender_the_watcher_and_the_person_see_what_came_by_the_mailbox(inside, sent, cast, client, log_in):
    client.get(inside)
    client.post(f"{inside}aannemen/")
    watcher = MembershipFactory(organization=cast.house, role=Role.DATA_PROTECTION_CONTACT).user

    page = log_in(cast.lotte).get(sent.get_absolute_url()).content.decode()
    log = log_in(watcher).get(f"/gegevens/leeslog/{cast.house.pk}/").context["rows"]

    hidden = masked(MAILBOX)
    assert MAILBOX not in page
    assert "Kwam binnen met de code" in page
    # On the thread, and at the list of what came by mail.
    assert [knot.when.endswith(f"door {hidden}") for knot in thread.for_workers(sent, Side.SENDER, "Amina")[1:3]] == [
        True, True,
    ]  # fmt: skip
    assert {row["page"] for row in log if row["who"] == f"Rijdienst De Haver, {hidden}"} >= {
        "nam de vraag aan",
        "kwam binnen met de code",
    }
    assert [(row.who, row.organization) for row in looked(sent) if row.organization == "Rijdienst De Haver"] == [
        ("iemand met de mailbox", "Rijdienst De Haver")
    ]


def test_a_receiver_with_accounts_has_no_such_diary():
    assert diary.of(Cast().received()) == []


def test_many_late_questions_come_with_the_link_of_each_because_a_list_leads_behind_a_login(cast):
    late = [GuestCast().sent() for _one in range(ONE_BY_ONE + 1)]
    Referral.objects.update(due_at=timezone.now() - timedelta(hours=1))
    OutgoingMail.objects.all().delete()

    ticking.run()

    doors = {door(mail.body) for mail in OutgoingMail.objects.all() if mail.to == MAILBOX}
    assert doors == {magic_link.way_in(one) for one in late}
