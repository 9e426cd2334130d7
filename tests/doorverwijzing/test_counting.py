"""What waits is counted by index, and a packet of before knows its last day."""

from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from clienten.models import Consent
from doorverwijzing import packet
from doorverwijzing.models import ClientAnswer, ClientMessage, Packet, Referral
from doorverwijzing.today import waiting_kinds
from doorverwijzing.waits import OF_THE_INBOX, counts
from doorverwijzing.workflow import Status
from organisaties.roles import Role
from tests.factories.doorverwijzing import Cast
from tests.factories.sociale_kaart import ServiceFactory

pytestmark = pytest.mark.django_db
YEARS = 400
# Holds open referrals only: while few are open, PostgreSQL walks this one.
OPEN_ONES = "a_question_goes_to_a_service_once_at_a_time"


def grow(referral, number, **changed):
    """Let an ended referral stand for years of them."""
    names = [field.attname for field in Referral._meta.concrete_fields if field.attname not in ("id", "colleague")]
    values = {name: getattr(referral, name) for name in names}
    rows = [Referral(**{**values, **changed, "form_key": uuid4()}) for _one in range(number)]
    return Referral.objects.bulk_create(rows)


def plan_of(kept):
    """Ask the database how it would count, as if the tables were large."""
    counted = kept.order_by().values("pk")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE doorverwijzing_referral")
            cursor.execute("SET LOCAL enable_seqscan = off")
    return counted.explain()


@pytest.mark.parametrize(
    ("kind", "indexes"),
    [
        ("inbox", {"referral_inbox", OPEN_ONES}),
        ("look_back", {"referral_inbox", OPEN_ONES}),
        ("back", {"referral_not_settled"}),
        ("unasked", {"referral_outbox", "referral_not_settled", OPEN_ONES}),
        ("drafts", {"referral_drafts", OPEN_ONES}),
        ("moments", {"handover_turn"}),
        ("clients", {"client_message_unread", "client_answer_not_handled"}),
    ],
)
def test_each_count_of_the_rail_reads_its_index(kind, indexes):
    cast = Cast()
    settled = timezone.now()
    grow(cast.refused(), YEARS, settled_at=settled, settled_how="own_step")

    plan = plan_of(waiting_kinds(cast.noor if kind in OF_THE_INBOX else cast.lotte)[kind])

    assert any(index in plan for index in indexes), plan
    assert "SCAN doorverwijzing_referral\n" not in plan


def test_years_of_ended_referrals_do_not_change_what_is_counted(django_assert_num_queries):
    cast = Cast()
    referral = cast.closed()
    grow(referral, 30)
    for _one in range(3):
        grow(referral, 1, status=Status.SENT.value, result="", service_id=ServiceFactory().pk, due_at=timezone.now())
    ClientAnswer.objects.create(referral=referral, answer="not_yet", through="page")
    ClientMessage.objects.create(referral=referral, text="Bel mij.")

    with django_assert_num_queries(1):
        ours = counts(cast.lotte, {Role.FRONTLINE_WORKER})
    theirs = counts(cast.noor, {Role.FRONTLINE_WORKER})

    assert ours == {"today": 1, "inbox": 0, "outbox": 1, "network": 0, "personal_data": 0}
    assert theirs["inbox"] == 3


def test_a_packet_of_before_learns_the_last_day_of_every_item_and_closes_on_it():
    cast = Cast()
    referral = cast.received()
    new = Packet.objects.get().ends
    Packet.objects.update(ends={})
    fill = import_module("doorverwijzing.migrations.0015_days_of_older_packets").fill

    fill(apps, SimpleNamespace(connection=connection))

    assert Packet.objects.get().ends == new != {}
    Consent.objects.update(valid_until=timezone.localdate() - timedelta(days=1))
    Packet.objects.update(ends={})
    fill(apps, SimpleNamespace(connection=connection))
    assert packet.read(Referral.objects.select_related("packet").get(pk=referral.pk)) is None
