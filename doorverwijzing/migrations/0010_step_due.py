"""A step remembers by when it was expected: whether an answer was in time is read from there."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("doorverwijzing", "0009_deadlines_and_owners")]

    operations = [
        migrations.AddField(
            model_name="step",
            name="due_at",
            field=models.DateTimeField(
                help_text="By when this move was expected, as it stood at that moment.", null=True
            ),
        ),
    ]
