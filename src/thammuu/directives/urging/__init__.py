"""Urging as policy: who is told of a deadline, when, through what, and how often again in silence."""
