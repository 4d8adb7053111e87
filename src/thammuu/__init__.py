"""Thammuu: the operations platform of a staff office and its command information centre."""

__version__ = "0.1.0"
