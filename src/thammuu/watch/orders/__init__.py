"""Orders of the watch floor: given, acknowledged in time, read back, refused, reported on, completed, confirmed."""
