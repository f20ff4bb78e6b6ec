"""The house: the rooms that make a periodical out of what ``articles`` publishes."""
