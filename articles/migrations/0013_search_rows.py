"""The search index begins anew: heads have numbers above all texts, more characters are folded, and PostgreSQL
reads a phrase from a row's units. What is there is indexed after ``migrate`` (``articles.search.keeping.fill``).
"""

from __future__ import annotations

from django.db import migrations

SQLITE = (
    "INSERT INTO articles_search (articles_search) VALUES ('delete-all')",
    "DELETE FROM articles_searchrow",
)
POSTGRESQL = (
    "DROP TABLE articles_search",
    "CREATE TABLE articles_search (number bigint PRIMARY KEY, digest varchar(32) NOT NULL, "
    "pairs tsvector NOT NULL, units tsvector NOT NULL, words text NOT NULL)",
    # Not to be unpacked to be compared; and all long columns out of the way, so that the rows a frequent word
    # is found in lie close together.
    "ALTER TABLE articles_search ALTER COLUMN words SET STORAGE EXTERNAL",
    "ALTER TABLE articles_search SET (toast_tuple_target = 128)",
    "CREATE INDEX articles_search_pairs ON articles_search USING gin (pairs)",
    "CREATE INDEX articles_search_units ON articles_search USING gin (units)",
)
POSTGRESQL_BEFORE = (
    "DROP TABLE articles_search",
    "CREATE TABLE articles_search (number bigint PRIMARY KEY, digest varchar(32) NOT NULL, "
    "pairs tsvector NOT NULL, units tsvector NOT NULL)",
    "CREATE INDEX articles_search_pairs ON articles_search USING gin (pairs)",
    "CREATE INDEX articles_search_units ON articles_search USING gin (units)",
)


def run(statements):
    def operation(apps, schema_editor):
        for sql in statements[schema_editor.connection.vendor]:
            schema_editor.execute(sql)

    return operation


class Migration(migrations.Migration):
    dependencies = [("articles", "0012_inside")]

    operations = [
        migrations.RunPython(
            run({"sqlite": SQLITE, "postgresql": POSTGRESQL}),
            run({"sqlite": SQLITE, "postgresql": POSTGRESQL_BEFORE}),
        ),
    ]
