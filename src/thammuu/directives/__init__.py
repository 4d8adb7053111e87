"""Decisions and assignments, from issue to verified evidence."""
