"""Finds the same text under another title: fingerprints of every body, and what two bodies share.

``alike(body)`` answers which articles hold most of a text, in one query for the candidates and one for their
texts, however large the archive is. Titles, and what a finding means, are ``articles.checklist``'s.
"""

from articles.likeness.finding import alike, share_of
from articles.likeness.keeping import keep, rebuild

__all__ = ["alike", "keep", "rebuild", "share_of"]
