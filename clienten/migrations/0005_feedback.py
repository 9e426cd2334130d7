"""What a receiver may tell back becomes something to say yes to.

Rows: none. Undo: possible.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clienten", "0004_emergency_access"),
    ]

    operations = [
        migrations.AlterField(
            model_name="consent",
            name="item",
            field=models.CharField(
                choices=[
                    ("question", "the question"),
                    ("contact", "first name and phone"),
                    ("own_words", "own words"),
                    ("household", "household"),
                    ("income", "income"),
                    ("debts", "debts"),
                    ("rights", "rights that were checked"),
                    ("tried", "what was tried already"),
                    ("feedback_outcome", "they may tell us how it ends"),
                    ("feedback_words", "they may write to us about it"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="correction",
            name="item",
            field=models.CharField(
                choices=[
                    ("question", "the question"),
                    ("contact", "first name and phone"),
                    ("own_words", "own words"),
                    ("household", "household"),
                    ("income", "income"),
                    ("debts", "debts"),
                    ("rights", "rights that were checked"),
                    ("tried", "what was tried already"),
                    ("feedback_outcome", "they may tell us how it ends"),
                    ("feedback_words", "they may write to us about it"),
                ],
                max_length=20,
                verbose_name="about what?",
            ),
        ),
    ]
