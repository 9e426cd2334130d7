"""What colleagues say is wrong on a listing, until who keeps it has answered.

Rows: none yet. Undo: possible.
"""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisaties', '0004_trusted_devices'),
        ('sociale_kaart', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('part', models.CharField(choices=[('reaching', 'phone or e-mail'), ('hours', 'hours'), ('place', 'address'), ('cost', 'cost'), ('whom', 'for whom'), ('stopped', 'this no longer exists'), ('other', 'something else')], max_length=10)),
                ('text', models.TextField(blank=True, max_length=500)),
                ('closed_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('adopted', 'changed'), ('stands', 'was right')], max_length=10)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisaties.organization')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='sociale_kaart.service')),
            ],
            options={
                'ordering': ['created_at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('service', 'part', 'by'), name='who_tells_twice_waits_once'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('outcome', '')), models.Q(('closed_at__isnull', False), ('outcome__in', ['adopted', 'stands']), ('text', '')), _connector='OR'), name='an_answered_correction_has_an_outcome_and_no_words')],
            },
        ),
    ]
