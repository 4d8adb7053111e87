"""The watch floor's pages, a module a subject."""
