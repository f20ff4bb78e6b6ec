"""Files in: each parser turns one kind of file into ``Manuscript`` objects; ``accept`` writes drafts."""
