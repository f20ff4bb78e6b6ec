"""What we publish: issues, sections, articles, authors, and the rules by which they move."""
