"""Texts that others wrote, DOCX, ODT, PDF and plain, as clauses. `read_clauses` is the way in."""

from thammuu.paper.reading.asking import Reading, read_clauses
from thammuu.paper.reading.framing import Framed, framed
from thammuu.paper.reading.lines import Notice, Unread

__all__ = ["Framed", "Notice", "Reading", "Unread", "framed", "read_clauses"]
