"""One row of the search index for an article, its head's tokens beside its text's: two words, one in the title
and one in the text, are one look-up. PostgreSQL has one index for all tokens, also for those of three characters.
What is there is indexed after ``migrate`` (``articles.search.keeping.fill``).
"""

from __future__ import annotations

from django.db import migrations

SQLITE = (
    "DROP TABLE articles_search",
    "CREATE VIRTUAL TABLE articles_search USING fts5("
    "pairs, units, head_pairs, head_units, marks, content='', columnsize=0, tokenize='ascii')",
    "DELETE FROM articles_searchrow",
)
SQLITE_BEFORE = (
    "DROP TABLE articles_search",
    "CREATE VIRTUAL TABLE articles_search USING fts5("
    "pairs, units, content='', columnsize=0, tokenize='ascii')",
    "DELETE FROM articles_searchrow",
)
POSTGRESQL = (
    "DROP TABLE articles_search",
    "CREATE TABLE articles_search (number bigint PRIMARY KEY, digest varchar(32) NOT NULL, "
    "tokens tsvector NOT NULL, head text NOT NULL, words text NOT NULL)",
    # Not to be unpacked to be compared; and the long columns out of the way, so that the rows a frequent word
    # is found in lie close together. A head is short and stays.
    "ALTER TABLE articles_search ALTER COLUMN words SET STORAGE EXTERNAL",
    "ALTER TABLE articles_search ALTER COLUMN head SET STORAGE MAIN",
    "ALTER TABLE articles_search SET (toast_tuple_target = 128)",
    "CREATE INDEX articles_search_tokens ON articles_search USING gin (tokens)",
)
POSTGRESQL_BEFORE = (
    "DROP TABLE articles_search",
    "CREATE TABLE articles_search (number bigint PRIMARY KEY, digest varchar(32) NOT NULL, "
    "pairs tsvector NOT NULL, units tsvector NOT NULL, words text NOT NULL)",
    "ALTER TABLE articles_search ALTER COLUMN words SET STORAGE EXTERNAL",
    "ALTER TABLE articles_search SET (toast_tuple_target = 128)",
    "CREATE INDEX articles_search_pairs ON articles_search USING gin (pairs)",
    "CREATE INDEX articles_search_units ON articles_search USING gin (units)",
)


def run(statements):
    def operation(apps, schema_editor):
        for sql in statements[schema_editor.connection.vendor]:
            schema_editor.execute(sql)

    return operation


class Migration(migrations.Migration):
    dependencies = [("articles", "0016_issue_files")]

    operations = [
        migrations.RunPython(
            run({"sqlite": SQLITE, "postgresql": POSTGRESQL}),
            run({"sqlite": SQLITE_BEFORE, "postgresql": POSTGRESQL_BEFORE}),
        ),
    ]
