"""Backups of an installation with the embedded database: taken, kept, restored, rehearsed."""
