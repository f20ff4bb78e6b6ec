"""Files out: the baked site and, later, the printed issue."""
