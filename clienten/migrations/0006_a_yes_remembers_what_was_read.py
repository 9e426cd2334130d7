"""A request on the own device remembers the version of its text, and the marks of what was read.

Rows: each gets the one text there was, and no marks. Undo: possible.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clienten', '0005_feedback'),
    ]

    operations = [
        migrations.AddField(
            model_name='consentrequest',
            name='seen',
            field=models.JSONField(default=dict, help_text='Item to the mark of the words that the client read.'),
        ),
        migrations.AddField(
            model_name='consentrequest',
            name='text_version',
            field=models.CharField(default='2026-11', help_text='The text that is read with it.', max_length=20),
        ),
    ]
