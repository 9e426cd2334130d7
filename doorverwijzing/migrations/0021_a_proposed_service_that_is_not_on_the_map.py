"""The name of a service that another region proposes and that is not on our map.

Rows: none; the column begins empty, and every answer of before still has its way on. Undo: possible while no such name
was kept.
"""

from django.db import migrations, models
from django.db.models import Q

import core.encryption


class Migration(migrations.Migration):

    dependencies = [
        ('doorverwijzing', '0020_how_it_ended_was_not_told'),
    ]

    operations = [
        migrations.AddField(
            model_name='decline',
            name='elsewhere',
            field=core.encryption.EncryptedTextField(blank=True, default='', help_text='Name of a service that is not on our map, as another region wrote it.', verbose_name='Service that was proposed'),
            preserve_default=False,
        ),
        migrations.RemoveConstraint(model_name='decline', name='a_refusal_shows_a_way_on'),
        migrations.AddConstraint(
            model_name='decline',
            constraint=models.CheckConstraint(
                condition=Q(alternative__isnull=False, elsewhere='', nothing_exists=False)
                | Q(alternative__isnull=True, elsewhere='', nothing_exists=True)
                | Q(alternative__isnull=True, nothing_exists=False) & ~Q(elsewhere=''),
                name='a_refusal_shows_a_way_on',
            ),
        ),
    ]
