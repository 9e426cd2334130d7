"""Each packet knows the last day of every item, so that nothing is read a day too long.

Rows: those of before stay without days; the nightly sweep watches over them. Undo: possible, nothing is lost.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('doorverwijzing', '0007_ways_of_referring'),
    ]

    operations = [
        migrations.AddField(
            model_name='packet',
            name='ends',
            field=models.JSONField(default=dict, help_text='Item to the last day of its yes; the question closes everything.'),
        ),
    ]
