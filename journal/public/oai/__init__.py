"""OAI-PMH 2.0: libraries and search services fetch what everybody may read, and hear what has changed."""
