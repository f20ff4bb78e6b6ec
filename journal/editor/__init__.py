"""The fenced rich-text editor: one field and widget for every door that lets somebody write."""
