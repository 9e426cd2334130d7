"""The audit chain: written in order, refused by the database to change, and found out when it was changed anyway."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from core import audit
from core.audit import Fault
from core.models import AuditEvent, AuditHead
from tests.factories.organisaties import OrganizationFactory, UserFactory

pytestmark = pytest.mark.django_db
GUARDS = ("audit_lines_never_change", "audit_lines_never_go")


@pytest.fixture
def lines():
    """Write five lines about one organization."""
    organization, user = OrganizationFactory(), UserFactory()
    return [
        audit.record("thing.done", subject=organization, by=user, organization=organization, step=step)
        for step in range(1, 6)
    ]


def without_guards(statement, *values):
    """Do what nobody can: change the table behind the back of its triggers. The test's transaction takes it back."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            kept = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'core_auditevent'"
            guards = [row[0] for row in cursor.execute(kept).fetchall()]
            for name in GUARDS:
                cursor.execute(f"DROP TRIGGER {name}")
            cursor.execute(statement, values)
            for guard in guards:
                cursor.execute(guard)
        else:
            cursor.execute("ALTER TABLE core_auditevent DISABLE TRIGGER USER")
            cursor.execute(statement, values)
            cursor.execute("ALTER TABLE core_auditevent ENABLE TRIGGER USER")


def test_a_line_says_who_did_what_to_which_thing():
    organization, user = OrganizationFactory(), UserFactory()

    line = audit.record("listing.changed", subject=organization, by=user, organization=organization, fields=["name"])

    assert (line.sequence, line.action, line.actor) == (1, "listing.changed", str(user.pk))
    assert (line.subject_type, line.subject_id) == ("organisaties.organization", organization.pk)
    assert (line.organization, line.details) == (organization.pk, {"fields": ["name"]})


def test_the_system_the_client_and_a_visitor_are_actors_without_an_account():
    organization = OrganizationFactory()

    actors = [
        audit.record("x", subject=organization, by=who).actor for who in (audit.SYSTEM, audit.CLIENT, audit.VISITOR)
    ]

    assert actors == ["system", "client", "visitor"]


def test_lines_follow_each_other_and_point_back(lines):
    assert [line.sequence for line in lines] == [1, 2, 3, 4, 5]
    assert [line.previous for line in lines] == ["", *(line.digest for line in lines[:-1])]
    assert list(AuditHead.objects.values_list("sequence", "digest")) == [(5, lines[-1].digest)]


def test_an_untouched_chain_has_no_faults(lines):
    assert list(audit.verify()) == []


def test_a_moment_in_our_own_time_zone_is_the_same_moment(lines):
    audit.record("x", subject=lines[0], by=audit.SYSTEM, at=timezone.localtime())

    assert list(audit.verify()) == []


def test_an_empty_chain_has_no_faults():
    assert list(audit.verify()) == []


def test_a_line_that_is_taken_back_with_its_transaction_leaves_no_gap(lines):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.record("never.happened", subject=lines[0], by=audit.SYSTEM)
        raise ZeroDivisionError

    after = audit.record("next", subject=lines[0], by=audit.SYSTEM)

    assert after.sequence == 6
    assert list(audit.verify()) == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE core_auditevent SET actor = '999' WHERE sequence = 3",
        "UPDATE core_auditevent SET action = 'thing.undone' WHERE sequence = 3",
        "UPDATE core_auditevent SET organization = 'other' WHERE sequence = 3",
        "UPDATE core_auditevent SET subject_id = 'other' WHERE sequence = 3",
        "UPDATE core_auditevent SET details = '{\"step\": 9}' WHERE sequence = 3",
        "UPDATE core_auditevent SET at = '2020-01-01 00:00:00' WHERE sequence = 3",
    ],
)
def test_a_changed_line_is_found(lines, change):
    without_guards(change)

    assert Fault(3, "changed") in list(audit.verify())


def test_a_line_with_a_digest_that_was_made_without_the_key_is_found(lines, settings):
    honest, settings.AUDIT_KEY = settings.AUDIT_KEY, "another key, of someone who can write in the table"
    forged = AuditEvent.objects.get(sequence=5)
    forged.details = {"step": 99}
    digest = audit._digest(forged)
    settings.AUDIT_KEY = honest
    without_guards("UPDATE core_auditevent SET details = '{\"step\": 99}', digest = %s WHERE sequence = 5", digest)
    AuditHead.objects.update(digest=digest)

    assert list(audit.verify()) == [Fault(5, "changed")]


def test_a_line_missing_in_the_middle_is_found(lines):
    without_guards("DELETE FROM core_auditevent WHERE sequence = 3")

    assert list(audit.verify()) == [Fault(3, "missing")]


def test_a_missing_first_line_is_found(lines):
    without_guards("DELETE FROM core_auditevent WHERE sequence = 1")

    assert list(audit.verify()) == [Fault(1, "missing")]


@pytest.mark.parametrize("first_gone", [5, 3, 1])
def test_a_missing_tail_is_found(lines, first_gone):
    without_guards("DELETE FROM core_auditevent WHERE sequence >= %s", first_gone)

    assert list(audit.verify()) == [Fault(first_gone, "missing")]


def test_a_head_that_was_lowered_to_hide_a_missing_tail_is_found(lines):
    without_guards("DELETE FROM core_auditevent WHERE sequence = 5")
    AuditHead.objects.update(sequence=4)

    assert list(audit.verify()) == [Fault(5, "missing")]


def test_two_lines_that_changed_places_are_found(lines):
    without_guards("UPDATE core_auditevent SET sequence = 99 WHERE sequence = 2")
    without_guards("UPDATE core_auditevent SET sequence = 2 WHERE sequence = 3")
    without_guards("UPDATE core_auditevent SET sequence = 3 WHERE sequence = 99")

    faults = list(audit.verify())

    assert Fault(2, "reordered") in faults
    assert Fault(3, "reordered") in faults


def test_a_line_that_was_put_in_without_the_chain_is_found(lines):
    AuditEvent.objects.create(
        sequence=6, at=timezone.now(), action="x", actor="system", subject_type="", subject_id="",
        previous=lines[-1].digest, digest="0" * 64,
    )  # fmt: skip

    assert Fault(6, "changed") in list(audit.verify())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_auditevent SET actor = '999'",
        "DELETE FROM core_auditevent",
        "DELETE FROM core_auditevent WHERE sequence = 5",
    ],
)
def test_the_database_refuses_to_change_or_remove_a_line(lines, statement):
    with pytest.raises(DatabaseError, match="An audit line never"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert list(audit.verify()) == []


def test_the_database_refuses_what_the_models_ask_too(lines):
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEvent.objects.filter(sequence=1).delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEvent.objects.filter(sequence=1).update(actor="999")


def test_postgresql_refuses_to_empty_the_table(lines):
    if connection.vendor == "sqlite":  # SQLite knows no TRUNCATE; its DELETE is refused above
        return
    with pytest.raises(DatabaseError, match="An audit line never"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE core_auditevent")


def test_there_is_one_head():
    with pytest.raises(DatabaseError, match="the_audit_chain_has_one_end"), transaction.atomic():
        AuditHead.objects.create(pk=2)


def test_history_gives_the_lines_about_one_thing_in_order(lines):
    other = OrganizationFactory()
    audit.record("other", subject=other, by=audit.SYSTEM)

    assert [line.details["step"] for line in audit.history(lines_subject(lines))] == [1, 2, 3, 4, 5]
    assert [line.action for line in audit.history(other)] == ["other"]


def test_history_of_an_organization_is_newest_first(lines):
    organization = lines_subject(lines)
    audit.record("elsewhere", subject=UserFactory(), by=audit.SYSTEM, organization=OrganizationFactory())
    audit.record("last", subject=UserFactory(), by=audit.SYSTEM, organization=organization)

    assert [line.sequence for line in audit.history_at(organization)] == [7, 5, 4, 3, 2, 1]


def lines_subject(lines):
    """Give the organization that the lines are about."""
    return OrganizationFactory._meta.model.objects.get(pk=lines[0].subject_id)


def test_recording_costs_the_same_however_long_the_chain(lines, django_assert_num_queries):
    organization = lines_subject(lines)

    with django_assert_num_queries(3):
        audit.record("x", subject=organization, by=audit.SYSTEM)


def test_the_command_says_that_all_is_in_order(lines):
    out = StringIO()

    call_command("audit_verify", stdout=out)

    assert out.getvalue() == "Regels: 5, alles in orde.\n"


def test_the_command_names_each_fault_and_fails(lines):
    without_guards("DELETE FROM core_auditevent WHERE sequence = 2")
    without_guards("UPDATE core_auditevent SET actor = '999' WHERE sequence = 4")
    out = StringIO()

    with pytest.raises(CommandError, match="2 fouten"):
        call_command("audit_verify", stdout=out)

    assert out.getvalue() == "regel 2: ontbreekt\nregel 4: is veranderd\n"
