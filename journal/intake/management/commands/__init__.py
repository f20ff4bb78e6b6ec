"""One module a command: import_issue, import_article."""
