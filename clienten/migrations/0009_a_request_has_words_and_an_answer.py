"""What a person asks has the own words, more time when the law gives it, and an answer with its reason.

Rows: none changes; what was answered before tells no outcome. Undo: possible; words and answers are gone then.
"""

import core.encryption
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clienten', '0008_a_mandate_has_a_scope_and_an_end'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='subjectrequest',
            name='answer',
            field=core.encryption.EncryptedTextField(blank=True, default='', verbose_name='what was answered, and why'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='subjectrequest',
            name='answered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='subjectrequest',
            name='longer_because',
            field=models.CharField(blank=True, choices=[('complex', 'what is asked is complex'), ('many', 'this person asked many things')], default='', max_length=10),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='subjectrequest',
            name='outcome',
            field=models.CharField(blank=True, choices=[('done', 'yes, done'), ('partly', 'partly done'), ('refused', 'no')], default='', max_length=10),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='subjectrequest',
            name='words',
            field=core.encryption.EncryptedTextField(blank=True, default='', verbose_name='in the words of the person'),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='subjectrequest',
            name='kind',
            field=models.CharField(choices=[('access', 'see everything'), ('rectify', 'correct something'), ('erase', 'erase everything'), ('restrict', 'stop using it for a while'), ('object', 'object to its use'), ('openness', 'see a document of a public body')], max_length=10),
        ),
        migrations.AddConstraint(
            model_name='subjectrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_by', None), ('outcome', '')), ('answered_at__isnull', False), _connector='OR'), name='an_answer_to_a_request_has_its_day'),
        ),
    ]
