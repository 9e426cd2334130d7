"""The right to refer, consultations, co-signatures, transfers and bridging partners.

Rows: none. Undo: possible.
"""

import core.encryption
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("doorverwijzing", "0006_guest_links"),
        ("organisaties", "0001_initial"),
        ("sociale_kaart", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BridgingPartner",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("name", core.encryption.EncryptedTextField(verbose_name="who keeps contact?")),
                ("house", core.encryption.EncryptedTextField(blank=True, verbose_name="from which organization?")),
                ("phone", core.encryption.EncryptedTextField(blank=True, verbose_name="phone number")),
                (
                    "referral",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="bridge", to="doorverwijzing.referral"
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Consultation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("person", models.CharField(max_length=80, verbose_name="with whom did you speak?")),
                ("day", models.DateField(verbose_name="when?")),
                ("agreed", models.BooleanField(help_text="Empty while the coordination did not look.", null=True)),
                ("reviewed_at", models.DateTimeField(null=True)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "referral",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consultation",
                        to="doorverwijzing.referral",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed", None), ("reviewed_at", None)),
                            models.Q(("agreed__isnull", False), ("reviewed_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_reviewed_consultation_tells_when",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CoSignature",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("agreed", models.BooleanField(help_text="Empty while nobody answered.", null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "asked_of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisaties.organization"
                    ),
                ),
                (
                    "referral",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="co_signature",
                        to="doorverwijzing.referral",
                    ),
                ),
            ],
            options={
                "ordering": ["asked_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed", None), ("answered_at", None), ("answered_by", None)),
                            models.Q(
                                ("agreed__isnull", False),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_co_signature_tells_who_and_when",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferrerRight",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("direct", "directly"),
                            ("after_coordination", "after consultation with the coordination"),
                            ("co_signed", "together with an OCMW or CAW"),
                        ],
                        max_length=20,
                        verbose_name="how may they refer?",
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="sociale_kaart.taxonomyterm",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="referrer_rights",
                        to="organisaties.organization",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["organization__name", "need__position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "need"), name="an_organization_refers_in_one_way_per_kind"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("need", None)),
                        fields=("organization",),
                        name="an_organization_refers_in_one_way_otherwise",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Transfer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("moved", "the person moved to another municipality"),
                            ("reference_address", "a reference address elsewhere"),
                            ("law", "the law names another OCMW"),
                        ],
                        max_length=20,
                        verbose_name="why another OCMW?",
                    ),
                ),
                ("since", models.DateField(verbose_name="since which day?")),
                (
                    "checklist",
                    models.JSONField(
                        default=list, help_text="Codes of what is done, of doorverwijzing.ways.transfer.CHECKLIST."
                    ),
                ),
                ("takes_over_on", models.DateField(null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("released_at", models.DateTimeField(null=True)),
                (
                    "confirmed_by",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="transfer",
                        to="doorverwijzing.referral",
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at", None), ("takes_over_on", None)),
                            models.Q(("confirmed_at__isnull", False), ("takes_over_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_confirmed_transfer_has_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("released_at", None),
                            models.Q(("confirmed_at__isnull", False), ("released_at__gte", models.F("confirmed_at"))),
                            _connector="OR",
                        ),
                        name="the_old_ocmw_lets_go_only_after_confirmation",
                    ),
                ],
            },
        ),
    ]
