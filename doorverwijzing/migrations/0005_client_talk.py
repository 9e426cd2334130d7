"""Messages of the client, what was done with a "not yet", and one code for all questions of a sheet.

Rows: none changes. Undo: possible as long as no two questions share a code; messages are gone then.
"""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import core.encryption


class Migration(migrations.Migration):
    dependencies = [
        ("doorverwijzing", "0004_live_handover"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="clientanswer",
            name="handled_at",
            field=models.DateTimeField(help_text="When a colleague did something with a no or a not yet.", null=True),
        ),
        migrations.AddField(
            model_name="clientanswer",
            name="handled_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AlterField(
            model_name="receiptcode", name="digest", field=models.CharField(db_index=True, max_length=64)
        ),
        migrations.CreateModel(
            name="ClientMessage",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("text", core.encryption.EncryptedTextField(verbose_name="message")),
                ("form_key", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="client_messages",
                        to="doorverwijzing.referral",
                    ),
                ),
            ],
            options={"ordering": ["created_at"]},
        ),
    ]
