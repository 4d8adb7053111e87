"""Urgings to browsers by web push (RFC 8030, 8291, 8292): whose browsers, what they are sent, and by which key."""
