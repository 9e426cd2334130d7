"""A question that was closed in another installation, of which the person did not agree that it is told how it ended.

Rows: none; only the list of choices grows, the column stays as it is. Undo: possible; such a question then shows the
bare code.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('doorverwijzing', '0019_tombstone_of_what_came_from_elsewhere'),
    ]

    operations = [
        migrations.AlterField(
            model_name='referral',
            name='result',
            field=models.CharField(blank=True, choices=[('solved', 'solved'), ('partly', 'partly'), ('not', 'not solved'), ('other_route', 'another way'), ('untold', 'how it ended was not told')], max_length=12),
        ),
    ]
