"""What the client and the own contact write to each other, and what happens with a "not yet"."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.errors import NotAllowed, Refusal
from core.models import User
from doorverwijzing import notifications
from doorverwijzing.models import ClientAnswer, ClientMessage, Reached, Referral
from doorverwijzing.moving import note
from doorverwijzing.workflow import Status

# Nobody floods a contact, and nobody who finds a sheet does either.
IN_AN_HOUR, IN_A_DAY = 5, 20
# Where the messages with the person stand on the page of a referral.
WITH_CLIENT = "#met-de-persoon"
ALARMING = (Reached.NOT_YET, Reached.NO)
# In these states somebody may be asked whether they spoke: after a withdrawal nobody there may even know of it.
ASKS = frozenset({Status.ACCEPTED, Status.CONTACT_MADE, Status.RUNNING, Status.UNREACHED, Status.CLOSED})


@transaction.atomic
def write_as_client(referral: Referral, *, text: str, form_key: UUID) -> ClientMessage:
    """Write to the own contact; the same form sent twice writes once. Raises Refusal after too many in a short time."""
    Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    known = ClientMessage.objects.filter(form_key=form_key, referral=referral).first()
    if known:
        return known
    now, mine = timezone.now(), ClientMessage.objects.of_client().filter(referral__client=referral.client_id)
    for most, span in ((IN_AN_HOUR, timedelta(hours=1)), (IN_A_DAY, timedelta(days=1))):
        if mine.filter(created_at__gt=now - span).count() >= most:
            raise Refusal(_("You wrote a lot in a short time. Wait an hour, or call."))
    message = ClientMessage.objects.create(referral=referral, text=text, form_key=form_key)
    note("referral.client_wrote", referral, by=audit.CLIENT, organization=None)
    notifications.client_wrote(referral)
    return message


@transaction.atomic
def answer_client(referral: Referral, *, text: str, form_key: UUID, by: User) -> ClientMessage:
    """Write back to the client; it waits on the own page, nothing is sent to a phone. Raises NotAllowed or Refusal."""
    if not referral.sender.is_cared_for_by(by):
        raise NotAllowed(_("Only %(who)s can do this.") % {"who": referral.sender})
    if referral.state is Status.WITHDRAWN:
        raise Refusal(_("The yes was taken back: the own page shows no messages any more. Call instead."))
    message, new = ClientMessage.objects.get_or_create(
        form_key=form_key, defaults={"referral": referral, "author": by, "text": text}
    )
    if new:
        note("referral.wrote_to_client", referral, by=by, organization=referral.sender)
    return message


def open_for_worker(referral: Referral, *, by: User) -> list[ClientMessage]:
    """Give the thread to someone of the sending side; what the client wrote counts as read from now on."""
    if not referral.sender.is_cared_for_by(by):
        return []
    found = list(referral.client_messages.select_related("author"))
    if any(one.author_id is None and one.read_at is None for one in found):
        referral.client_messages.filter(author=None, read_at=None).update(read_at=timezone.now())
    return found


def warn(given: ClientAnswer, *, by: User | str) -> None:
    """Tell the sender at once when the person was not spoken with. Call it inside the transaction of the answer."""
    referral = given.referral
    if given.answer in ALARMING and by != referral.sender_worker:
        notifications.not_reached(referral)


def alarm(referral: Referral) -> ClientAnswer | None:
    """Give the last answer of the person when it asks for something that nobody did yet."""
    last = max(referral.answers.all(), key=lambda answer: answer.created_at, default=None)
    waits = last is not None and last.answer in ALARMING and last.handled_at is None
    return last if waits and referral.state in ASKS else None


@transaction.atomic
def handle(referral: Referral, *, by: User) -> None:
    """Say that something was done with a "not yet" or a "no": called, both sides. Raises NotAllowed."""
    if not referral.sender.is_cared_for_by(by):
        raise NotAllowed(_("Only %(who)s can do this.") % {"who": referral.sender})
    waiting = ClientAnswer.objects.filter(referral=referral, handled_at=None, answer__in=ALARMING)
    if waiting.update(handled_at=timezone.now(), handled_by=by):
        note("referral.answer_handled", referral, by=by, organization=referral.sender)


def asks_for_a_client() -> Q:
    """Keep the referrals of which the person said no or not yet, or wrote something unread; for their sender."""
    # From the few answers and messages that wait, never from the years of referrals that do not.
    later = ClientAnswer.objects.filter(referral=OuterRef("referral"), created_at__gt=OuterRef("created_at"))
    said = ClientAnswer.objects.filter(handled_at=None, answer__in=ALARMING, referral__status__in=sorted(ASKS))
    unheard = said.exclude(Exists(later)).order_by().values("referral")
    unread = ClientMessage.objects.of_client().filter(read_at=None).order_by().values("referral")
    return Q(pk__in=unheard.union(unread))


def waiting_clients(referrals: Sequence[Referral]) -> Iterator[tuple[Referral, datetime, str]]:
    """Give what each person behind these asks: since when, and "alarm" or "message"."""
    prefetch_related_objects(referrals, "client_messages")
    for referral in referrals:
        if said := alarm(referral):
            yield referral, said.created_at, "alarm"
        unread = [one for one in referral.client_messages.all() if one.author_id is None and one.read_at is None]
        if unread:
            yield referral, unread[0].created_at, "message"
