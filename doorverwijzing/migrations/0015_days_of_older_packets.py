"""Packets from before 0008 learn the last day of every item, so that nothing in them is read a day too long.

Rows: the open packets without days, from the yeses that stand. Undo: nothing to do, the days may stay.
"""

from collections import defaultdict

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

BATCH = 500


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write the days of each packet that has none; in batches, for a network that runs for years."""
    db = schema_editor.connection.alias
    packets = apps.get_model("doorverwijzing", "Packet").objects.using(db)
    consents = apps.get_model("clienten", "Consent").objects.using(db)
    waiting = packets.filter(ends={}, destroyed_at=None).select_related("referral")
    ids = list(waiting.values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        some = list(waiting.filter(pk__in=ids[start : start + BATCH]))
        standing = consents.filter(purpose__in={one.referral.question_id for one in some}, withdrawn_at=None)
        days: dict[tuple[object, ...], dict[str, str]] = defaultdict(dict)
        rows = standing.values_list("purpose", "recipient", "client", "item", "valid_until")
        for purpose, recipient, client, item, day in rows:
            days[purpose, recipient, client][item] = day.isoformat()
        for one in some:
            referral = one.referral
            one.ends = days[referral.question_id, referral.receiver_id, referral.client_id]
        packets.bulk_update(some, ["ends"])


class Migration(migrations.Migration):
    dependencies = [
        ("clienten", "0003_consent_in_full"),
        ("doorverwijzing", "0014_what_waits_is_counted_by_index"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
