"""The door of a receiver without accounts; a message of a guest has no author.

Rows: none. Undo: possible while no guest wrote a message.
"""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("doorverwijzing", "0005_client_talk"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="message",
            name="author",
            field=models.ForeignKey(
                help_text="Empty for a guest.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.CreateModel(
            name="GuestLink",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("mailbox", models.EmailField(max_length=254)),
                ("expires_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(help_text="A newer link took its place.", null=True)),
                ("code_digest", models.CharField(blank=True, help_text="Keyed hash; empty once used.", max_length=64)),
                ("code_until", models.DateTimeField(null=True)),
                ("code_tries", models.PositiveSmallIntegerField(default=0)),
                ("opened_at", models.DateTimeField(null=True)),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="guest_links",
                        to="doorverwijzing.referral",
                    ),
                ),
            ],
            options={
                "ordering": ["created_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("referral",),
                        name="a_referral_has_one_open_guest_link",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code_digest", ""), ("code_until__isnull", False), _connector="OR"),
                        name="a_guest_code_ends",
                    ),
                ],
            },
        ),
    ]
