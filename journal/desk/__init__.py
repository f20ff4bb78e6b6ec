"""The editors' desk: Django's admin with the work on its first page."""
