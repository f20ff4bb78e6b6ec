"""Formats that are written in no time, for tests of what is done with files of an issue."""
