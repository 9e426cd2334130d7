"""What came along with a question from elsewhere and was not taken belongs to that person's file.

Rows: what lies there already stays nobody's, and goes after its thirty days. Undo: possible.
"""

import django.db.models.deletion
from django.db import migrations, models

import core.encryption


class Migration(migrations.Migration):
    dependencies = [("doorverwijzing", "0011_messages_and_paper")]

    operations = [
        migrations.AddField(
            model_name="keptaside",
            name="referral",
            field=models.ForeignKey(
                blank=True,
                help_text="Whose it is, when it came along with a question that was taken and points at that person alone.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="kept_aside",
                to="doorverwijzing.referral",
            ),
        ),
        migrations.AlterField(
            model_name="keptaside",
            name="raw",
            field=core.encryption.EncryptedTextField(
                help_text="JSON as it came, without any national number.", verbose_name="As it came"
            ),
        ),
    ]
