"""What an installation needs before it is killed, and what it tells afterwards. A program: rounds, then "tell"."""

import json
import sys
import time

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402 (Django first)
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402 (Django first)
from django.core.management import call_command  # noqa: E402 (Django first)

from clienten.models import Mode  # noqa: E402 (Django first)
from core import audit, doomed_keys, keystore  # noqa: E402 (Django first)
from core.models import AuditEvent, OutgoingMail, User  # noqa: E402 (Django first)
from doorverwijzing import actions, packet, receiving  # noqa: E402 (Django first)
from doorverwijzing.models import Referral  # noqa: E402 (Django first)
from organisaties.roles import Role  # noqa: E402 (Django first)
from tests.factories.doorverwijzing import SHARED, Cast  # noqa: E402 (Django first)
from tests.factories.organisaties import MembershipFactory  # noqa: E402 (Django first)
from tests.factories.vraagverheldering import ClarifiedQuestionFactory  # noqa: E402 (Django first)

DAY = 86_400
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"

WATCHED = ["referral.send", "referral.accept", "referral.withdraw", "client.erased"]


def session_of(user: User) -> str:
    """Log someone in; give the cookie."""
    store = SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(user.pk), BACKEND
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    # Erasing asks for a fresh proof, and a long run takes longer than one counts.
    store["account_authentication_methods"] = [{"method": "password", "at": time.time() + DAY}]
    store["account_authentication_methods_user"] = str(user.pk)
    store.save()
    return str(store.session_key)


def presented(cast: Cast) -> Referral:
    """Bring a new question so far that only the yes is missing."""
    question = ClarifiedQuestionFactory(client__organization=cast.house, conversation__worker=cast.lotte)
    referral = actions.prepare(question, cast.service, by=cast.lotte)
    actions.choose(referral, shared=SHARED, colleague="", warmth=3, by=cast.lotte)
    actions.present(referral, by=cast.lotte)
    return referral


def sent(cast: Cast) -> Referral:
    """Send one."""
    return actions.send(presented(cast), mode=Mode.ORAL, signature="Els", by=cast.lotte)


def prepare(rounds: int) -> dict[str, object]:
    """Make four questions for each round, one for each thing that will be done when the process dies."""
    call_command("createcachetable")
    cast, made = Cast(), []
    privacy = MembershipFactory(organization=cast.house, role=Role.DATA_PROTECTION_CONTACT).user
    for _round in range(rounds):
        accepting = sent(cast)
        receiving.read(accepting, by=cast.noor)
        erasing = sent(cast)
        made.append(
            {
                "send": str(presented(cast).pk), "accept": str(accepting.pk), "withdraw": str(sent(cast).pk),
                "erase": str(erasing.client_id), "erased": str(erasing.pk), "key": str(erasing.packet.key_id),
            }
        )  # fmt: skip
    OutgoingMail.objects.all().delete()
    people = {"send": cast.lotte, "accept": cast.noor, "withdraw": cast.lotte, "erase": privacy}
    return {"rounds": made, "sessions": {name: session_of(user) for name, user in people.items()}}


def tell() -> dict[str, object]:
    """Tell how everything stands."""
    steps: dict[str, list[str]] = {}
    for referral in Referral.objects.prefetch_related("log"):
        steps[str(referral.pk)] = [step.move for step in referral.log.all()]
    doomed_keys.destroy_doomed()
    return {
        "steps": steps,
        "states": {str(one.pk): one.status for one in Referral.objects.all()},
        "audit": list(AuditEvent.objects.filter(action__in=WATCHED).values_list("action", "subject_id")),
        "readable": [
            str(one.pk) for one in Referral.objects.select_related("packet").exclude(packet=None) if packet.read(one)
        ],
        "chain": [fault.what for fault in audit.verify()],
        "keys": [str(key) for key in keystore.ids()],
        "mails": [
            {"id": mail.message_id, "about": mail.about, "subject": mail.subject, "sent": bool(mail.sent_at)}
            for mail in OutgoingMail.objects.all()
        ],
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(prepare(int(sys.argv[1]))), flush=True)
    for _line in sys.stdin:
        print(json.dumps(tell()), flush=True)
