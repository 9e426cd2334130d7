"""Who wants a mail an hour before a clock runs out, and of which date such a mail went.

Rows: two columns, one with a default, no rewrite; everyone who never chose gets the mail. Undo: possible, the choice is
lost and a mail may go once more.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('doorverwijzing', '0017_messages_about_a_piece'),
    ]

    operations = [
        migrations.AddField(
            model_name='noticewish',
            name='before_clock',
            field=models.BooleanField(default=True, verbose_name='an hour before a clock runs out'),
        ),
        migrations.AddField(
            model_name='referral',
            name='nearing_told',
            field=models.DateTimeField(help_text='The due date of which someone heard that it was near.', null=True),
        ),
    ]
