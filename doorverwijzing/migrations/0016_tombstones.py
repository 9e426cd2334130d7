"""What stays of a referral that was erased: its id, why, and the two organizations that knew of it.

Rows: none. Undo: possible, links then lead to a bare 404 again.
"""

import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('doorverwijzing', '0015_days_of_older_packets'),
    ]

    operations = [
        migrations.CreateModel(
            name='Tombstone',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('referral_id', models.UUIDField(unique=True)),
                ('reason', models.CharField(choices=[('asked', 'asked by the person'), ('term', 'kept long enough')], max_length=8)),
                ('sides', models.JSONField(default=list, help_text='Ids of the organizations that knew of it; others get a 404.')),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
