"""How to reach someone safely, and what people ask about their data.

Rows: no one changes. Undo: possible; requests, corrections and holds are gone then.
"""

import clienten.models.rights
import core.encryption
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clienten', '0001_initial'),
        ('gebied', '0001_initial'),
        ('organisaties', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('item', models.CharField(choices=[('contact', 'first name and phone'), ('own_words', 'own words'), ('household', 'household'), ('income', 'income'), ('debts', 'debts'), ('rights', 'rights that were checked'), ('tried', 'what was tried already')], max_length=20, verbose_name='about what?')),
                ('text', core.encryption.EncryptedTextField(verbose_name='what must it be?')),
            ],
            options={
                'ordering': ['created_at'],
            },
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('reason', models.CharField(choices=[('legal_claim', 'a complaint or a court case is running'), ('legal_duty', 'a law obliges us to keep it'), ('person_asks', 'the person asks to keep it for now')], max_length=20, verbose_name='why?')),
                ('until', models.DateField(verbose_name='until when?')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PlannedErasure',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('erase_on', models.DateField(db_index=True)),
            ],
            options={
                'ordering': ['erase_on'],
            },
        ),
        migrations.CreateModel(
            name='RetentionPolicy',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('months', models.PositiveSmallIntegerField(default=6, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(12)], verbose_name='months after the last contact')),
            ],
        ),
        migrations.CreateModel(
            name='RetentionReport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('ran_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('announced', models.PositiveIntegerField(default=0)),
                ('spared', models.PositiveIntegerField(default=0)),
                ('erased', models.PositiveIntegerField(default=0)),
                ('held', models.PositiveIntegerField(default=0)),
            ],
            options={
                'ordering': ['-ran_at'],
            },
        ),
        migrations.CreateModel(
            name='SubjectRequest',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('kind', models.CharField(choices=[('access', 'see everything'), ('rectify', 'correct something'), ('erase', 'erase everything')], max_length=10)),
                ('asked_on', models.DateField(default=django.utils.timezone.localdate)),
                ('answer_by', models.DateField(default=clienten.models.rights.answer_by)),
                ('answered_at', models.DateTimeField(null=True)),
                ('refused_because', models.CharField(blank=True, max_length=20)),
            ],
            options={
                'ordering': ['answer_by', 'created_at'],
            },
        ),
        migrations.AddField(
            model_name='clientcard',
            name='call_days',
            field=models.CharField(blank=True, help_text='Days of the week as digits, 1 is Monday; empty is any day.', max_length=7, verbose_name='call on'),
        ),
        migrations.AddField(
            model_name='clientcard',
            name='call_from',
            field=models.TimeField(blank=True, null=True, verbose_name='call from'),
        ),
        migrations.AddField(
            model_name='clientcard',
            name='call_until',
            field=models.TimeField(blank=True, null=True, verbose_name='call until'),
        ),
        migrations.AddField(
            model_name='clientcard',
            name='keep_silent',
            field=models.BooleanField(default=False, verbose_name='do not say who you are to anyone else'),
        ),
        migrations.AddField(
            model_name='clientcard',
            name='neutral_sender',
            field=models.BooleanField(default=False, verbose_name='always a neutral sender and subject'),
        ),
        migrations.AddField(
            model_name='clientcard',
            name='no_letter',
            field=models.BooleanField(default=False, verbose_name='never by letter'),
        ),
        migrations.AddField(
            model_name='clientcard',
            name='no_mail',
            field=models.BooleanField(default=False, verbose_name='never by e-mail'),
        ),
        migrations.AddConstraint(
            model_name='clientcard',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('call_from', None), ('call_until', None)), ('call_from__lt', models.F('call_until')), _connector='OR'), name='safe_hours_have_a_begin_and_an_end'),
        ),
        migrations.AddField(
            model_name='correction',
            name='card',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='clienten.clientcard'),
        ),
        migrations.AddField(
            model_name='correction',
            name='noted_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='hold',
            name='card',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='hold', to='clienten.clientcard'),
        ),
        migrations.AddField(
            model_name='hold',
            name='set_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='plannederasure',
            name='card',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='planned_erasure', to='clienten.clientcard'),
        ),
        migrations.AddField(
            model_name='retentionpolicy',
            name='organization',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='retention_policy', to='organisaties.organization'),
        ),
        migrations.AddField(
            model_name='retentionreport',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='retention_reports', to='organisaties.organization'),
        ),
        migrations.AddField(
            model_name='subjectrequest',
            name='card',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='requests', to='clienten.clientcard'),
        ),
        migrations.AddField(
            model_name='subjectrequest',
            name='noted_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='subjectrequest',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='subject_requests', to='organisaties.organization'),
        ),
        migrations.AddConstraint(
            model_name='retentionpolicy',
            constraint=models.CheckConstraint(condition=models.Q(('months__range', (1, 12))), name='a_file_is_kept_one_to_twelve_months'),
        ),
        migrations.AddConstraint(
            model_name='subjectrequest',
            constraint=models.CheckConstraint(condition=models.Q(('answer_by__gte', models.F('asked_on'))), name='a_request_is_answered_after_it_was_asked'),
        ),
    ]
