"""Deadlines as an iCalendar feed, for calendar programs that can send no header: the token stands in the address."""
