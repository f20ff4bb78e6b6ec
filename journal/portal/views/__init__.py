"""The contributors' pages."""
