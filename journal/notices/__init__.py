"""Correspondence: what the office tells authors and its own people, from wording it can edit."""
