"""The register of incidents: what happened, whom it touches, and what was decided about telling.

Rows: none changes. Undo: possible; the register is gone then.
"""

import uuid

import core.encryption
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clienten', '0009_a_request_has_words_and_an_answer'),
        ('organisaties', '0004_trusted_devices'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Incident',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('kind', models.CharField(choices=[('seen', 'someone saw what was not theirs to see'), ('sent', 'sent or given to the wrong one'), ('lost', 'a device or paper is lost or stolen'), ('broken_in', 'someone broke in'), ('gone', 'data are gone or cannot be reached')], max_length=10)),
                ('began_on', models.DateField()),
                ('known_at', models.DateTimeField()),
                ('what', core.encryption.EncryptedTextField(verbose_name='what happened?')),
                ('effects', core.encryption.EncryptedTextField(verbose_name='what can it mean for these people?')),
                ('measures', core.encryption.EncryptedTextField(verbose_name='what did you do at once?')),
                ('people', models.PositiveIntegerField()),
                ('due_at', models.DateTimeField(help_text='When the next decision is due; empty when all are taken.', null=True)),
                ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='incidents', to='organisaties.organization')),
            ],
            options={
                'ordering': ['-known_at'],
            },
        ),
        migrations.CreateModel(
            name='IncidentLine',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('about', models.CharField(choices=[('learned', 'what we know more'), ('partners', 'the partners and the processor'), ('supervisor', 'the supervisor'), ('people', 'the people whom it touches')], max_length=10)),
                ('told', models.BooleanField(null=True)),
                ('text', core.encryption.EncryptedTextField(verbose_name='why, and what was said?')),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='clienten.incident')),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['created_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('about', 'learned'), _negated=True), fields=('incident', 'about'), name='each_is_decided_about_once'), models.CheckConstraint(condition=models.Q(models.Q(('about', 'learned'), ('told', None)), models.Q(models.Q(('about', 'learned'), _negated=True), ('told__isnull', False)), _connector='OR'), name='a_decision_says_whether_they_are_told')],
            },
        ),
        migrations.CreateModel(
            name='TouchedPerson',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('known_on', models.DateField(help_text='Since when the organization knows, for the file of the person.')),
                ('card', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='incidents', to='clienten.clientcard')),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='touched', to='clienten.incident')),
            ],
            options={
                'ordering': ['created_at'],
                'constraints': [models.UniqueConstraint(fields=('incident', 'card'), name='an_incident_touches_a_person_once')],
            },
        ),
    ]
