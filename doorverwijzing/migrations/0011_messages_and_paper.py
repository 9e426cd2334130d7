"""Files and mentions with messages, ready-made texts, mail once a day, and forms on paper.

Rows: none. Undo: possible.
"""

import core.encryption
import core.key_reference
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0004_mails_and_jobs"),
        ("doorverwijzing", "0010_step_due"),
        ("organisaties", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NoticeWish",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rhythm",
                    models.CharField(
                        choices=[("at_once", "At once"), ("daily", "Once a day, in the morning")],
                        default="at_once",
                        max_length=10,
                        verbose_name="mail about news",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MessageTemplate",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("title", models.CharField(max_length=60, verbose_name="name of the text")),
                ("text", models.TextField(max_length=1000, verbose_name="text")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="message_templates",
                        to="organisaties.organization",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="message_templates",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["title", "created_at"],
            },
        ),
        migrations.CreateModel(
            name="WaitingNotice",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("subject", models.CharField(help_text="Subject of the mail; holds nobody.", max_length=120)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="doorverwijzing.referral"
                    ),
                ),
            ],
            options={
                "ordering": ["created_at"],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "item",
                    models.CharField(
                        blank=True, help_text="Code of the piece that was agreed; empty: no piece.", max_length=20
                    ),
                ),
                ("name", core.encryption.EncryptedTextField()),
                ("extension", models.CharField(max_length=8)),
                ("size", models.PositiveIntegerField()),
                (
                    "key_id",
                    core.key_reference.KeyReference(
                        blank=True,
                        editable=False,
                        empties=["name"],
                        help_text="Names a key of core.keystore.",
                        null=True,
                        stamps="destroyed_at",
                    ),
                ),
                ("destroyed_at", models.DateTimeField(null=True)),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="doorverwijzing.message",
                    ),
                ),
            ],
            options={
                "ordering": ["created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("destroyed_at", None), models.Q(("key_id", None), ("name", "")), _connector="OR"
                        ),
                        name="a_destroyed_attachment_is_empty",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to="doorverwijzing.message",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["created_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("message", "person"), name="a_message_names_someone_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperForm",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("code", models.CharField(max_length=12, unique=True)),
                ("happened_at", models.DateTimeField(help_text="As the paper says.", null=True)),
                ("recorded_at", models.DateTimeField(help_text="When it was typed in.", null=True)),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="paper_forms",
                        to="organisaties.organization",
                    ),
                ),
                (
                    "printed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "referral",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="paper_form",
                        to="doorverwijzing.referral",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("happened_at", None), ("recorded_at", None)),
                            models.Q(
                                ("happened_at__isnull", False),
                                ("happened_at__lte", models.F("recorded_at")),
                                ("recorded_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="what_happened_is_not_typed_in_before",
                    )
                ],
            },
        ),
    ]
