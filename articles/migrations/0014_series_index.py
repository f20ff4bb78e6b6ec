"""The parts of a serial are found by its name, and the names by the day they began, without reading the texts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0013_search_rows")]

    operations = [
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["series", "published_at"], name="article_series"),
        ),
    ]
