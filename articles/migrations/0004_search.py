"""The tables of the search index, and what the desk's lists need. No model stands for
the tables: each database has its own kind.

What was there before is indexed after ``migrate`` (``articles.search.keeping.fill``).
"""

from __future__ import annotations

from django.db import migrations, models

# An index without a copy of the text; the second table keeps what it needs to forget a row again.
SQLITE = (
    "CREATE VIRTUAL TABLE articles_search USING fts5("
    "pairs, units, content='', columnsize=0, tokenize='ascii')",
    "CREATE TABLE articles_searchrow (number INTEGER PRIMARY KEY, digest TEXT NOT NULL, words BLOB NOT NULL)",
)
POSTGRESQL = (
    "CREATE TABLE articles_search (number bigint PRIMARY KEY, digest varchar(32) NOT NULL, "
    "pairs tsvector NOT NULL, units tsvector NOT NULL)",
    "CREATE INDEX articles_search_pairs ON articles_search USING gin (pairs)",
    "CREATE INDEX articles_search_units ON articles_search USING gin (units)",
)


def create(apps, schema_editor):
    for sql in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(sql)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE articles_search")
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE articles_searchrow")


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_record_chain")]

    operations = [
        migrations.RunPython(create, drop),
        # The desk's list, newest change first, whole and by stage.
        migrations.AddIndex("article", models.Index(fields=["-updated_at", "-id"], name="article_newest_change")),
        migrations.AddIndex("article", models.Index(fields=["stage", "-updated_at"], name="article_stage_change")),
        migrations.AddIndex(
            "signoff", models.Index(fields=["article", "person", "level"], name="signoff_article_person")
        ),
    ]
