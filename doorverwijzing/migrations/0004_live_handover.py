"""Live handovers with their moments, working hours, who keeps the overview, and which pieces were used."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


def name_the_keepers(apps, schema_editor):
    """Let who sent a question keep the overview of it; who stands in is chosen by the nightly check."""
    Referral, Overview = apps.get_model("doorverwijzing", "Referral"), apps.get_model("doorverwijzing", "Overview")
    keepers = dict(Referral.objects.order_by("created_at").values_list("question_id", "sender_worker_id"))
    Overview.objects.bulk_create(
        [Overview(question_id=question, keeper_id=keeper) for question, keeper in keepers.items()], batch_size=500
    )


class Migration(migrations.Migration):
    dependencies = [
        ("doorverwijzing", "0003_interchange"),
        ("organisaties", "0001_initial"),
        ("vraagverheldering", "0002_not_again"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("call", "a call with the three of us"), ("visit", "a visit together")],
                        default="call",
                        max_length=10,
                        verbose_name="how?",
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("receiver", "at the receiver"),
                            ("sender", "at the sender"),
                            ("home", "where the person lives"),
                        ],
                        max_length=10,
                        verbose_name="where?",
                    ),
                ),
                ("minutes", models.PositiveSmallIntegerField(default=30, verbose_name="how long?")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("agreed", "agreed"),
                            ("held", "spoken together"),
                            ("missed", "the person was not there"),
                            ("declined", "not together"),
                            ("cancelled", "cancelled"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                (
                    "turn",
                    models.CharField(
                        blank=True,
                        choices=[("sender", "sender"), ("receiver", "receiver"), ("", "nobody")],
                        default="receiver",
                        max_length=10,
                    ),
                ),
                ("starts_at", models.DateTimeField(null=True)),
                ("agreed_at", models.DateTimeField(null=True)),
                (
                    "sequence",
                    models.PositiveIntegerField(
                        default=0, help_text="Rises with every invitation of the same meeting."
                    ),
                ),
                ("reminded_at", models.DateTimeField(null=True)),
                (
                    "next_step",
                    models.CharField(
                        blank=True,
                        choices=[("again", "we propose a new moment"), ("call", "we call the person ourselves")],
                        max_length=10,
                        verbose_name="what is the next step?",
                    ),
                ),
                (
                    "receiver_worker",
                    models.ForeignKey(
                        blank=True,
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
                        related_name="handovers",
                        to="doorverwijzing.referral",
                    ),
                ),
                (
                    "sender_worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="Overview",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "fallback",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="questions_stood_in",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "keeper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions_kept",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "question",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="overview",
                        to="vraagverheldering.clarifiedquestion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PieceUse",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("item", models.CharField(max_length=40)),
                ("used", models.BooleanField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="piece_uses",
                        to="doorverwijzing.referral",
                    ),
                ),
            ],
            options={
                "ordering": ["item"],
            },
        ),
        migrations.CreateModel(
            name="Slot",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("starts_at", models.DateTimeField()),
                (
                    "handover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="slots", to="doorverwijzing.handover"
                    ),
                ),
            ],
            options={
                "ordering": ["starts_at"],
            },
        ),
        migrations.CreateModel(
            name="WorkingHours",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("weekday", models.PositiveSmallIntegerField(help_text="0 is Monday.")),
                ("opens_at", models.TimeField()),
                ("closes_at", models.TimeField()),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="working_hours",
                        to="organisaties.organization",
                    ),
                ),
            ],
            options={
                "ordering": ["weekday", "opens_at"],
            },
        ),
        migrations.AddIndex(
            model_name="handover",
            index=models.Index(fields=["stage", "starts_at"], name="handover_agenda"),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stage__in", ["agreed", "proposed"])),
                fields=("referral",),
                name="a_referral_has_one_handover_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stage", "agreed")),
                fields=("sender_worker", "starts_at"),
                name="a_sender_is_in_one_handover_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stage", "agreed")),
                fields=("receiver_worker", "starts_at"),
                name="a_receiver_is_in_one_handover_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stage__in", ["agreed", "held", "missed"]), _negated=True),
                    models.Q(("receiver_worker__isnull", False), ("starts_at__isnull", False)),
                    _connector="OR",
                ),
                name="an_agreed_handover_has_a_moment_and_two_workers",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stage", "proposed"), ("turn__in", ["receiver", "sender"])),
                    models.Q(models.Q(("stage", "proposed"), _negated=True), ("turn", "")),
                    _connector="OR",
                ),
                name="a_proposed_handover_waits_for_one_side",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes__range", (10, 240))), name="a_handover_lasts_minutes_or_hours"
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stage", "missed"), _negated=True),
                    models.Q(("next_step", ""), _negated=True),
                    _connector="OR",
                ),
                name="a_missed_handover_has_a_next_step",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("receiver_worker", None),
                    models.Q(("sender_worker", models.F("receiver_worker")), _negated=True),
                    _connector="OR",
                ),
                name="a_handover_is_between_two_workers",
            ),
        ),
        migrations.AddConstraint(
            model_name="overview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("fallback", None), models.Q(("fallback", models.F("keeper")), _negated=True), _connector="OR"
                ),
                name="who_stands_in_is_someone_else",
            ),
        ),
        migrations.AddConstraint(
            model_name="pieceuse",
            constraint=models.UniqueConstraint(fields=("referral", "item"), name="a_piece_is_used_or_not"),
        ),
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.UniqueConstraint(fields=("handover", "starts_at"), name="a_moment_is_proposed_once"),
        ),
        migrations.AddConstraint(
            model_name="workinghours",
            constraint=models.CheckConstraint(
                condition=models.Q(("weekday__range", (0, 6))), name="a_week_has_seven_days"
            ),
        ),
        migrations.AddConstraint(
            model_name="workinghours",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_at__gt", models.F("opens_at"))), name="working_hours_end_after_they_begin"
            ),
        ),
        migrations.RunPython(name_the_keepers, migrations.RunPython.noop),
    ]
