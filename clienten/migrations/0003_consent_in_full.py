"""How a yes was given and taken back, on what ground it rests, and what was shared without one.

Rows: a yes that was replaced keeps its words. Undo: possible; proofs, requests and overrides are gone then.
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
        ("clienten", "0002_safe_contact_and_requests"),
        ("organisaties", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="consent",
            name="given_by",
            field=models.CharField(
                choices=[
                    ("client", "the person"),
                    ("representative", "the legal representative"),
                    ("nobody", "nobody: it was shared without a yes"),
                ],
                default="client",
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="consent",
            name="item",
            field=models.CharField(
                choices=[
                    ("question", "the question"),
                    ("contact", "first name and phone"),
                    ("own_words", "own words"),
                    ("household", "household"),
                    ("income", "income"),
                    ("debts", "debts"),
                    ("rights", "rights that were checked"),
                    ("tried", "what was tried already"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="consent",
            name="legal_basis",
            field=models.CharField(
                choices=[
                    ("consent", "explicit consent"),
                    ("shared_secrecy", "shared professional secrecy"),
                    ("legal_duty", "a legal duty"),
                    ("emergency", "serious danger"),
                ],
                default="consent",
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="consent",
            name="mode",
            field=models.CharField(
                choices=[
                    ("screen", "signed on this screen"),
                    ("oral", "said it, a colleague is witness"),
                    ("read_back", "read aloud over the phone"),
                    ("paper", "signed on paper"),
                    ("code", "with a code on the own phone"),
                    ("without", "shared without a yes"),
                ],
                max_length=20,
                verbose_name="how",
            ),
        ),
        migrations.AlterField(
            model_name="consent",
            name="withdrawn_by",
            field=models.CharField(
                blank=True,
                choices=[
                    ("client", "the person"),
                    ("worker", "the worker, at the person's request"),
                    ("replaced", "a newer yes took its place"),
                    ("review", "the data-protection contact"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="correction",
            name="item",
            field=models.CharField(
                choices=[
                    ("question", "the question"),
                    ("contact", "first name and phone"),
                    ("own_words", "own words"),
                    ("household", "household"),
                    ("income", "income"),
                    ("debts", "debts"),
                    ("rights", "rights that were checked"),
                    ("tried", "what was tried already"),
                ],
                max_length=20,
                verbose_name="about what?",
            ),
        ),
        migrations.CreateModel(
            name="ConsentProof",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("purpose", models.UUIDField(db_index=True, help_text="Id of the clarified question.")),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("screen", "signed on this screen"),
                            ("oral", "said it, a colleague is witness"),
                            ("read_back", "read aloud over the phone"),
                            ("paper", "signed on paper"),
                            ("code", "with a code on the own phone"),
                            ("without", "shared without a yes"),
                        ],
                        max_length=20,
                        verbose_name="how",
                    ),
                ),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("text_version", models.CharField(max_length=20)),
                ("text_language", models.CharField(default="nl", max_length=10)),
                (
                    "text_digest",
                    models.CharField(blank=True, help_text="SHA-256 of the text as it was read.", max_length=64),
                ),
                ("strokes", core.encryption.EncryptedTextField(blank=True, verbose_name="signature as drawn")),
                ("scan_name", core.encryption.EncryptedTextField(blank=True, verbose_name="name of the scan")),
                ("scan_type", models.CharField(blank=True, max_length=120)),
                (
                    "scan_key",
                    core.key_reference.KeyReference(
                        blank=True,
                        editable=False,
                        empties=["scan_name"],
                        help_text="The sealed file of the scan.",
                        null=True,
                        stamps="scan_gone_at",
                    ),
                ),
                ("scan_gone_at", models.DateTimeField(null=True)),
                (
                    "read_aloud",
                    models.BooleanField(default=False, help_text="The whole text was read aloud, and repeated."),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consent_proofs",
                        to="clienten.clientcard",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisaties.organization"
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
                    "witness",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-given_at"],
            },
        ),
        migrations.AddField(
            model_name="consent",
            name="proof",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="consents",
                to="clienten.consentproof",
            ),
        ),
        migrations.CreateModel(
            name="ConsentRequest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("purpose", models.UUIDField(db_index=True, help_text="Id of the clarified question.")),
                ("items", models.JSONField(default=list, help_text="Codes of the items that are asked.")),
                ("answers", models.JSONField(default=dict, help_text="Item to true or false, as the client chose.")),
                ("code", core.encryption.EncryptedTextField()),
                ("digest", models.CharField(max_length=64, unique=True)),
                (
                    "language",
                    models.CharField(default="nl", help_text="The language in which it was last read.", max_length=10),
                ),
                (
                    "signature",
                    core.encryption.EncryptedTextField(blank=True, verbose_name="name as typed by the client"),
                ),
                ("expires_at", models.DateTimeField()),
                ("opened_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consent_requests",
                        to="clienten.clientcard",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisaties.organization"
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at"],
            },
        ),
        migrations.AddField(
            model_name="consentproof",
            name="request",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="proof",
                to="clienten.consentrequest",
            ),
        ),
        migrations.CreateModel(
            name="Override",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("purpose", models.UUIDField(db_index=True, help_text="Id of the clarified question.")),
                ("items", models.JSONField(default=list)),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("danger", "serious danger for this person or for someone else"),
                            ("vulnerable", "a minor or someone vulnerable is being hurt"),
                            ("duty", "a law obliges us"),
                            ("cannot_answer", "this person cannot answer now, and waiting does harm"),
                        ],
                        max_length=20,
                        verbose_name="on what ground?",
                    ),
                ),
                ("reason", core.encryption.EncryptedTextField(verbose_name="why could this not wait for a yes?")),
                ("advised_by", core.encryption.EncryptedTextField(blank=True, verbose_name="who advised you?")),
                ("client_told", models.BooleanField(default=False, verbose_name="this person was told")),
                ("review_due", models.DateTimeField()),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("justified", "this was allowed"), ("not_justified", "this was not allowed")],
                        max_length=20,
                        verbose_name="what do you find?",
                    ),
                ),
                ("remark", core.encryption.EncryptedTextField(blank=True, verbose_name="what must happen now?")),
                ("reviewed_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="overrides", to="clienten.clientcard"
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisaties.organization"
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisaties.organization"
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["review_due"],
            },
        ),
        migrations.AddField(
            model_name="consent",
            name="override",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="consents", to="clienten.override"
            ),
        ),
        migrations.CreateModel(
            name="ProcessingGround",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("public_task", "a task of general interest"),
                            ("legal_duty", "a legal duty"),
                            ("contract", "an agreement with the person"),
                            ("consent", "consent of the person"),
                        ],
                        default="public_task",
                        max_length=20,
                        verbose_name="ground",
                    ),
                ),
                ("source", models.TextField(blank=True, verbose_name="law or decree, as it is called now")),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organization",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="processing_ground",
                        to="organisaties.organization",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SharingGround",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("purpose", models.UUIDField(db_index=True, help_text="Id of the clarified question.")),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("consent", "explicit consent"),
                            ("shared_secrecy", "shared professional secrecy"),
                            ("legal_duty", "a legal duty"),
                            ("emergency", "serious danger"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "processing",
                    models.CharField(
                        choices=[
                            ("public_task", "a task of general interest"),
                            ("legal_duty", "a legal duty"),
                            ("contract", "an agreement with the person"),
                            ("consent", "consent of the person"),
                        ],
                        default="public_task",
                        max_length=20,
                    ),
                ),
                ("conditions", models.JSONField(default=dict, help_text="Condition of shared secrecy to met or not.")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sharing_grounds",
                        to="clienten.clientcard",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisaties.organization"
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "through",
                    models.CharField(
                        choices=[
                            ("counter", "here, at the desk"),
                            ("phone", "by phone"),
                            ("code", "with the code, on the own page"),
                        ],
                        max_length=10,
                        verbose_name="how did you hear it?",
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("items", "some pieces"),
                            ("recipient", "everything from one organization"),
                            ("all", "everything, from everyone"),
                        ],
                        max_length=10,
                    ),
                ),
                ("effect", models.JSONField(default=list)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawals",
                        to="clienten.clientcard",
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
            ],
            options={
                "ordering": ["-at"],
            },
        ),
        migrations.AddField(
            model_name="consent",
            name="withdrawal",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="consents",
                to="clienten.withdrawal",
            ),
        ),
        migrations.AddIndex(
            model_name="consent",
            index=models.Index(condition=models.Q(("withdrawn_at", None)), fields=["valid_until"], name="consent_ends"),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("given_by", "nobody"), ("mode", "without"), ("override__isnull", False)),
                    models.Q(
                        models.Q(("mode", "without"), _negated=True),
                        models.Q(("given_by", "nobody"), _negated=True),
                        ("override", None),
                    ),
                    _connector="OR",
                ),
                name="without_a_yes_only_by_an_override",
            ),
        ),
        migrations.AddConstraint(
            model_name="consentrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("answered_at", None), models.Q(("signature", ""), _negated=True), _connector="OR"),
                name="an_answer_by_code_carries_a_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="consentproof",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("mode", "paper"), _negated=True),
                    models.Q(("scan_type", ""), _negated=True),
                    _connector="OR",
                ),
                name="paper_comes_with_its_scan",
            ),
        ),
        migrations.AddConstraint(
            model_name="consentproof",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("mode", "read_back"), _negated=True), ("read_aloud", True), _connector="OR"
                ),
                name="what_was_read_back_was_read_aloud",
            ),
        ),
        migrations.AddConstraint(
            model_name="consentproof",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("mode", "code"), _negated=True), ("request__isnull", False), _connector="OR"
                ),
                name="a_yes_by_code_answers_a_request",
            ),
        ),
        migrations.AddConstraint(
            model_name="override",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="an_override_tells_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="override",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reviewed_at", None), ("reviewed_by", None), ("verdict", "")),
                    models.Q(
                        models.Q(("verdict", ""), _negated=True),
                        ("reviewed_at__isnull", False),
                        ("reviewed_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="a_review_tells_who_and_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="override",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reviewed_by", None), models.Q(("reviewed_by", models.F("by")), _negated=True), _connector="OR"
                ),
                name="nobody_reviews_their_own_override",
            ),
        ),
    ]
