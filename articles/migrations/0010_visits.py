import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0009_assembly'),
    ]

    operations = [
        migrations.CreateModel(
            name='VisitBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True)),
                ('at', models.DateTimeField(auto_now_add=True, db_index=True)),
            ],
            options={
                'verbose_name': 'counted batch of visits',
                'verbose_name_plural': 'counted batches of visits',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='VisitTotal',
            fields=[
                ('article', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='visits', serialize=False, to='articles.article')),
                ('count', models.PositiveIntegerField(db_index=True, default=0, verbose_name='visits')),
            ],
            options={
                'verbose_name': 'visits',
                'verbose_name_plural': 'visits',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='VisitDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='day')),
                ('count', models.PositiveIntegerField(default=0, verbose_name='visits')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visit_days', to='articles.article')),
            ],
            options={
                'verbose_name': 'visits of a day',
                'verbose_name_plural': 'visits of a day',
                'default_permissions': (),
                'indexes': [models.Index(fields=['day', 'article', 'count'], name='visit_day_span')],
                'constraints': [models.UniqueConstraint(fields=('article', 'day'), name='visit_day_once')],
            },
        ),
    ]
