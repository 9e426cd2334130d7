"""A receiver without an account takes part in a live handover: its mailbox stands where a worker would.

Rows: none change. Undo: possible while no handover with a mailbox stands.
"""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('doorverwijzing', '0012_kept_aside_of_a_person'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='handover',
            name='an_agreed_handover_has_a_moment_and_two_workers',
        ),
        migrations.AddField(
            model_name='handover',
            name='mailbox_keeps',
            field=models.BooleanField(default=False, help_text='A receiver without an account takes part.'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage__in', ['agreed', 'held', 'missed']), _negated=True), models.Q(models.Q(('receiver_worker__isnull', False), ('mailbox_keeps', True), _connector='OR'), ('starts_at__isnull', False)), _connector='OR'), name='an_agreed_handover_has_a_moment_and_two_sides'),
        ),
    ]
