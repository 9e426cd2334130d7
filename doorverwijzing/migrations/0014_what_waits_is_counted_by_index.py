"""Indexes for what waits: the counts of the rail read only the rows that they count, however many years there are.

Rows: none change. Undo: possible.
"""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clienten', '0005_feedback'),
        ('doorverwijzing', '0013_guests_agree_on_a_moment'),
        ('organisaties', '0003_absence'),
        ('sociale_kaart', '0001_initial'),
        ('vraagverheldering', '0002_not_again'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='clientanswer',
            index=models.Index(condition=models.Q(('handled_at', None)), fields=['answer', 'referral'], name='client_answer_not_handled'),
        ),
        migrations.AddIndex(
            model_name='clientmessage',
            index=models.Index(condition=models.Q(('author', None), ('read_at', None)), fields=['referral'], name='client_message_unread'),
        ),
        migrations.AddIndex(
            model_name='handover',
            index=models.Index(fields=['turn', 'stage'], name='handover_turn'),
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(condition=models.Q(('settled_at', None)), fields=['sender', 'status'], name='referral_not_settled'),
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(fields=['sender_worker', 'status'], name='referral_drafts'),
        ),
    ]
