"""What the duplicate check looks up: the marks of every text, and titles by an index.

Texts that were there before are marked after ``migrate`` (``articles.likeness.keeping.fill``).
"""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0006_event_account")]

    operations = [
        migrations.CreateModel(
            name="Fingerprint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.BigIntegerField()),
                (
                    "article",
                    models.ForeignKey(on_delete=models.CASCADE, related_name="+", to="articles.article"),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["value", "article"], name="fingerprint_value")],
            },
        ),
        migrations.AddIndex("article", models.Index(fields=["title"], name="article_title")),
    ]
