"""The printed issue as PDF, set by Typst: templates beside this file, text as data."""
