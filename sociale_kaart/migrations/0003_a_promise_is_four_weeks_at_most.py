"""Whoever keeps a listing promises an answer within twenty working days at most.

Rows: none changes; the clock counts a longer promise as twenty. Undo: possible.
"""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sociale_kaart', '0002_corrections_of_colleagues'),
    ]

    operations = [
        migrations.AlterField(
            model_name='service',
            name='response_days',
            field=models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(20)], verbose_name='answers within working days'),
        ),
    ]
