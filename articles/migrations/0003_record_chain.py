"""Chains the record: every event so far, in the order it was written, and the head that new ones follow."""

from django.db import migrations, models

from articles.record_chain import GENESIS, digest

FORM = 1  # the form of that time
KEPT = ("form", "sequence", "previous_hash", "hash")


def chain(apps, schema_editor):
    Event = apps.get_model("articles", "Event")
    Head = apps.get_model("articles", "RecordHead")
    database = schema_editor.connection.alias
    head = Head(only=True, count=0, last_id=0, last_hash=GENESIS)
    while page := list(Event.objects.using(database).filter(pk__gt=head.last_id).order_by("pk")[:1000]):
        for event in page:
            head.count += 1
            event.form, event.sequence, event.previous_hash = FORM, head.count, head.last_hash
            event.hash = digest(event)
            head.last_id, head.last_hash = event.pk, event.hash
        Event.objects.using(database).bulk_update(page, KEPT, batch_size=100)
    head.save(using=database, force_insert=True)


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0002_desk_work"),
    ]

    operations = [
        migrations.AddField("event", "form", models.PositiveSmallIntegerField(default=1, editable=False)),
        migrations.AddField("event", "sequence", models.PositiveBigIntegerField(null=True, editable=False)),
        migrations.AddField(
            "event", "previous_hash", models.CharField(max_length=64, default="", editable=False), preserve_default=False
        ),
        migrations.AddField(
            "event", "hash", models.CharField(max_length=64, default="", editable=False), preserve_default=False
        ),
        migrations.CreateModel(
            name="RecordHead",
            fields=[
                ("only", models.BooleanField(default=True, editable=False, primary_key=True, serialize=False)),
                ("count", models.PositiveBigIntegerField(default=0, editable=False)),
                ("last_id", models.PositiveBigIntegerField(default=0, editable=False)),
                ("last_hash", models.CharField(default="0" * 64, editable=False, max_length=64)),
            ],
            options={
                "verbose_name": "head of the record",
                "verbose_name_plural": "head of the record",
                "default_permissions": (),
                "constraints": [models.CheckConstraint(condition=models.Q(("only", True)), name="record_head_is_one")],
            },
        ),
        migrations.RunPython(chain, migrations.RunPython.noop, elidable=False),
        migrations.AlterField(
            "event", "sequence", models.PositiveBigIntegerField(editable=False, unique=True, verbose_name="number in the record")
        ),
        migrations.AddConstraint(
            "event", models.CheckConstraint(condition=models.Q(("sequence__gte", 1)), name="event_counts_from_one")
        ),
    ]
