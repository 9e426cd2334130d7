"""What a legal representative who says yes may decide, and until when.

Rows: none changes; a yes of before tells no mandate. Undo: possible; the mandates are gone then.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clienten', '0007_what_is_asked_knows_its_occasion'),
    ]

    operations = [
        migrations.AddField(
            model_name='consentproof',
            name='mandate',
            field=models.CharField(blank=True, choices=[('person', 'decides about the person'), ('all', 'decides about the person and about money and goods'), ('parent', 'parent or guardian of a minor'), ('money', 'decides about money and goods alone')], help_text='Of the representative who spoke.', max_length=10),
        ),
        migrations.AddField(
            model_name='consentproof',
            name='mandate_until',
            field=models.DateField(help_text='Last day of that mandate; empty when it names no end.', null=True),
        ),
        migrations.AddConstraint(
            model_name='consentproof',
            constraint=models.CheckConstraint(condition=models.Q(('mandate', 'money'), _negated=True), name='who_decides_about_money_alone_says_no_yes'),
        ),
        migrations.AddConstraint(
            model_name='consentproof',
            constraint=models.CheckConstraint(condition=models.Q(('mandate_until', None), models.Q(('mandate', ''), _negated=True), _connector='OR'), name='an_end_belongs_to_a_mandate'),
        ),
    ]
