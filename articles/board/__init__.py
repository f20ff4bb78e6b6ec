"""The issue board: what stands on which page, how it is moved, and what an executive editor sees of it."""
