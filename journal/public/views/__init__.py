"""One view a file: home, back issues, issue, article, sections, authors, about, feeds, machines, pictures."""
