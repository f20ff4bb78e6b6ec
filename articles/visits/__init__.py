"""Visits: noted in a spool, counted in batches, shown as figures. Who read is in no table."""
