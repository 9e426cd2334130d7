"""By which name an erased question came from elsewhere, as a keyed hash: the same file never brings it back.

Rows: one column with a default, no rewrite; what was erased before has no such name. Undo: possible, the hashes are lost
and an older file can bring back what was erased.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('doorverwijzing', '0018_before_a_clock_runs_out'),
    ]

    operations = [
        migrations.AddField(
            model_name='tombstone',
            name='origin',
            field=models.CharField(blank=True, help_text='Keyed hash of the name it had elsewhere.', max_length=64),
        ),
    ]
