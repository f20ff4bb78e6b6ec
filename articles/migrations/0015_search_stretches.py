"""PostgreSQL's rows say which stretch of articles they lie in, and heads are told from texts by their tokens: a
frequent word is looked up among the newest only. What is there is indexed after ``migrate``
(``articles.search.keeping.fill``); SQLite's index reads in order by itself and stays as it is.
"""

from __future__ import annotations

from django.db import migrations


def empty(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("TRUNCATE articles_search")


class Migration(migrations.Migration):
    dependencies = [("articles", "0014_series_index")]

    operations = [migrations.RunPython(empty, empty)]
