"""Packet keys leave the database for the key store.

Rows: one small file each, about a thousand a second. The old server must stand still: it looks for the old column.
Undo: with the store at hand the keys come back into the database. Backups from before still hold the keys: destroy them.
"""

import core.key_reference
from django.db import migrations, models

from core import keystore


def move(apps, schema_editor):
    Packet = apps.get_model("doorverwijzing", "Packet")
    for packet in Packet.objects.exclude(key="").iterator(chunk_size=500):
        # Only the packet's own key opens its content: it goes along as it is.
        packet.key_id = keystore.make_of(packet.key)
        packet.save(update_fields=["key_id"])


def put_back(apps, schema_editor):
    Packet = apps.get_model("doorverwijzing", "Packet")
    for packet in Packet.objects.exclude(key_id=None).iterator(chunk_size=500):
        packet.key = keystore.take(packet.key_id)
        packet.save(update_fields=["key"])


class Migration(migrations.Migration):
    dependencies = [("core", "0003_doomed_keys"), ("doorverwijzing", "0001_initial")]
    operations = [
        migrations.AddField(
            "packet",
            "key_id",
            core.key_reference.KeyReference(
                blank=True, editable=False, empties=["content"], help_text="Names a key of core.keystore.",
                null=True, stamps="destroyed_at",
            ),
        ),
        migrations.RunPython(move, put_back, elidable=True),
        migrations.RemoveConstraint("packet", "a_destroyed_packet_has_no_key"),
        migrations.RemoveField("packet", "key"),
        migrations.AlterField(
            "packet",
            "content",
            models.TextField(help_text="JSON sealed under the key; unreadable once that is destroyed."),
        ),
        migrations.AddConstraint(
            "packet",
            models.CheckConstraint(
                condition=models.Q(destroyed_at=None) | models.Q(key_id=None, content=""),
                name="a_destroyed_packet_is_empty",
            ),
        ),
    ]
