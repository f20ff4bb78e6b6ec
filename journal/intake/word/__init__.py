"""Reads the Word file a contributor sends: its content says what it is, its layout says what it means."""

from .read import read_word

__all__ = ["read_word"]
