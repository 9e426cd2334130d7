"""A message may tell one piece of the packet, and ends for the receiver with it.

Rows: one column with a default, no rewrite. Undo: possible, corrections then stay readable as long as the packet.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('doorverwijzing', '0016_tombstones'),
    ]

    operations = [
        migrations.AddField(
            model_name='message',
            name='item',
            field=models.CharField(blank=True, default='', help_text='Code of the piece that it tells; the receiver reads it as long as that.', max_length=20),
            preserve_default=False,
        ),
    ]
