"""The HTTP front: one port before Django's WSGI handler, native where waiting is long or speed matters."""
