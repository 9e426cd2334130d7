"""Where a referral from elsewhere was born, and what could not be taken.

Rows: none. Undo: possible; what was kept aside is gone then.
"""

import core.encryption
import django.db.models.deletion
import django.utils.timezone
import doorverwijzing.models.interchange
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("doorverwijzing", "0002_packet_keys_apart"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptAside",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("kind", models.CharField(max_length=60)),
                ("why", models.CharField(max_length=40)),
                ("raw", core.encryption.EncryptedTextField(help_text="JSON as it came, without any national number.")),
                (
                    "digest",
                    models.CharField(help_text="Keyed hash: the same thing is kept once.", max_length=64, unique=True),
                ),
                ("source", models.CharField(blank=True, max_length=120)),
                ("keep_until", models.DateField(default=doorverwijzing.models.interchange.last_day)),
            ],
            options={
                "ordering": ["created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Origin",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("system", models.CharField(blank=True, max_length=200)),
                ("value", models.CharField(max_length=200)),
                ("source", models.CharField(blank=True, max_length=120)),
                ("read_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "referral",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="origin", to="doorverwijzing.referral"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("system", "value"), name="a_question_from_elsewhere_is_taken_once")
                ],
            },
        ),
    ]
