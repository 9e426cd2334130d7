"""What was asked by code, or shared without a yes, remembers the referral that it was for.

Rows: those that are there know none. A code of before must be asked again; it is open for twenty minutes. Undo: possible.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clienten', '0006_a_yes_remembers_what_was_read'),
    ]

    operations = [
        migrations.AddField(
            model_name='consentrequest',
            name='occasion',
            field=models.UUIDField(db_index=True, help_text='Id of the referral that it was asked for.', null=True),
        ),
        migrations.AddField(
            model_name='override',
            name='occasion',
            field=models.UUIDField(help_text='Id of the referral with which it was shared.', null=True),
        ),
    ]
