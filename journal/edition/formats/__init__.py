"""Files out: an issue, or one article of it, in every format; one adapter a file or folder, one contract."""
