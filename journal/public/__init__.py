"""The reader's edition: everything a reader opens."""
