"""Giving a referral out as FHIR: by the operator's command only, and written into the audit chain."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.errors import Refusal
from doorverwijzing.fhir.codes import Json
from doorverwijzing.fhir.consent_out import is_without_yes
from doorverwijzing.fhir.writing import bundle, is_from_elsewhere
from doorverwijzing.models import Referral
from doorverwijzing.moving import note
from doorverwijzing.workflow import AT_HOME, BACK_AT_SENDER


@transaction.atomic
def export(referral: Referral, *, for_sender: bool = False) -> Json:
    """Give the bundle of a referral that was sent. Raises Refusal for one that the client did not say yes to.

    Of a question from elsewhere the answer goes out; one that goes back with a no is settled by this: its sender goes
    on with it there.
    """
    if referral.state in AT_HOME:
        raise Refusal(_("This question was not sent yet: the client did not say yes."))
    # As it is now: someone may have taken something back since it was fetched.
    referral = Referral.objects.for_list().get(pk=referral.pk)
    is_answer = is_from_elsewhere(referral)
    if not is_answer and is_without_yes(referral):
        # A Consent would say elsewhere that the person agreed; who shared it and why is looked at here only.
        raise Refusal(_("This was shared without a yes, and a file would say that there was one. Call the receiver."))
    made = bundle(referral, for_sender=for_sender)
    note(
        "referral.fhir_given_out", referral, by=audit.SYSTEM, organization=None,
        side="sender" if for_sender or is_answer else "receiver", resources=str(len(made["entry"])),
    )  # fmt: skip
    if is_answer and referral.state in BACK_AT_SENDER:
        Referral.objects.filter(pk=referral.pk, settled_at=None).update(
            settled_at=timezone.now(), settled_how="given_back"
        )
    return made
