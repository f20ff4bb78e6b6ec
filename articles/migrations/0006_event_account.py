"""An event may be about an account: made, closed, given a role, locked out."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import PROTECT, Q


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0004_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "event",
            "account",
            models.ForeignKey(
                null=True, on_delete=PROTECT, related_name="account_events", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AlterField("event", "form", models.PositiveSmallIntegerField(default=2, editable=False)),
        migrations.RemoveConstraint("event", "event_has_object"),
        migrations.AddConstraint(
            "event",
            models.CheckConstraint(
                condition=Q(article__isnull=False)
                | Q(issue__isnull=False)
                | Q(delegation__isnull=False)
                | Q(account__isnull=False),
                name="event_has_object",
            ),
        ),
    ]
