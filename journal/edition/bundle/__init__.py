"""The edition carried across a gap: one zip that any file server can show, with a search of its own."""
