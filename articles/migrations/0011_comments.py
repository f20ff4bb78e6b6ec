import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0010_visits'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='article',
            name='comments_closed',
            field=models.BooleanField(default=False, editable=False, verbose_name='comments closed'),
        ),
        migrations.AddField(
            model_name='journal',
            name='comments',
            field=models.CharField(choices=[('off', 'No comments'), ('signed-in', 'Signed-in readers'), ('everybody', 'Everybody')], default='off', max_length=10, verbose_name='comments of readers'),
        ),
        migrations.CreateModel(
            name='ReaderComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=30, verbose_name='name')),
                ('text', models.TextField(verbose_name='comment')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='sent at')),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('shown', 'shown'), ('refused', 'refused'), ('removed', 'removed'), ('erased', 'erased')], default='waiting', max_length=10, verbose_name='state')),
                ('moderated_at', models.DateTimeField(null=True)),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reader_comments', to='articles.article', verbose_name='article')),
                ('moderated_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reader_comments', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': "reader's comment",
                'verbose_name_plural': "readers' comments",
                'ordering': ['-at', '-pk'],
                'permissions': [('moderate_comments', "May decide on readers' comments")],
                'default_permissions': (),
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['state', 'at'], name='reader_comment_state_at'), models.Index(fields=['article', 'state', 'at'], name='reader_comment_article')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('name', ''), ('state', 'erased'), ('text', '')), models.Q(models.Q(('state', 'erased'), _negated=True), models.Q(('name', ''), _negated=True), models.Q(('text', ''), _negated=True)), _connector='OR'), name='reader_comment_has_words'), models.CheckConstraint(condition=models.Q(models.Q(('moderated_at__isnull', True), ('moderated_by__isnull', True), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('moderated_at__isnull', False), ('moderated_by__isnull', False)), _connector='OR'), name='reader_comment_decided_by_someone'), models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'shown']), models.Q(('reason', ''), _negated=True), _connector='OR'), name='reader_comment_taken_off_for_a_reason')],
            },
        ),
    ]
