"""The database itself refuses to change, remove or empty the audit chain, on SQLite and on PostgreSQL."""

from django.db import migrations

SQLITE = [
    """CREATE TRIGGER audit_lines_never_change BEFORE UPDATE ON core_auditevent
       BEGIN SELECT RAISE(ABORT, 'An audit line never changes.'); END""",
    """CREATE TRIGGER audit_lines_never_go BEFORE DELETE ON core_auditevent
       BEGIN SELECT RAISE(ABORT, 'An audit line never goes away.'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'An audit line never changes and never goes away.'; END $$""",
    """CREATE TRIGGER audit_lines_never_change BEFORE UPDATE OR DELETE ON core_auditevent
       FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()""",
    """CREATE TRIGGER audit_lines_never_go BEFORE TRUNCATE ON core_auditevent
       FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()""",
]
UNDO = {
    "sqlite": ["DROP TRIGGER audit_lines_never_change", "DROP TRIGGER audit_lines_never_go"],
    "postgresql": ["DROP FUNCTION refuse_audit_change() CASCADE"],
}


def guard(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
