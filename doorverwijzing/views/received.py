"""What the page of a question that came in shows, to who has an account and to who has not."""

from django.db.models import Count
from django.utils import timezone

from doorverwijzing import packet, receiving, thread
from doorverwijzing.actors import Actor
from doorverwijzing.deadlines import due
from doorverwijzing.forms import CloseForm, ContactForm, RefuseForm
from doorverwijzing.models import Referral
from doorverwijzing.permissions import may_each
from doorverwijzing.words import ABOVE_A_QUESTION, badge_for_receiver
from doorverwijzing.workflow import Side, Status
from sociale_kaart.models import Service

ASKED = ("accept", "refuse", "confirm_contact", "start", "close")
WAITING = (Status.SENT, Status.RECEIVED, Status.ACCEPTED)


def page(found: Referral, *, by: Actor, others: list[Service]) -> dict[str, object]:
    """Give the frozen packet and the answers that are open now, and nothing beside it. The reading is logged."""
    reading = receiving.read(found, by=by)
    name = reading.name if reading else ""
    return {
        "referral": found,
        "reading": reading,
        "until": packet.last_day(found),
        "name": name,
        "title": packet.subject_for_receiver(found),
        "badge": ABOVE_A_QUESTION.get(found.state) or badge_for_receiver(found),
        "thread": thread.for_workers(found, Side.RECEIVER, name),
        "may": may_each(by, ASKED, found),
        "speak_by": due(Status.ACCEPTED, found.urgency, timezone.now()),
        "waiting": found.state in WAITING,
        "runs_late": receiving.runs_late(found),
        "refuse_form": RefuseForm(alternatives=others),
        "contact_form": ContactForm(),
        "close_form": CloseForm(),
        "contact": found.contact,
    }


def alternatives(found: Referral) -> list[Service]:
    """Propose up to three other services that answer the same needs, those that take people first."""
    needs = [attribute.taxonomy_term_id for attribute in found.service.attributes.all()]
    same = Service.objects.taking_referrals().filter(attributes__taxonomy_term__in=needs)
    others = same.exclude(organization__in=[found.receiver_id, found.sender_id]).select_related("organization")
    ranked = others.annotate(alike=Count("attributes__taxonomy_term", distinct=True))
    return list(ranked.order_by("-takes_new_people", "-alike", "name")[:3])
