"""Composite screens: my work, thread, search, time machine."""
