"""Content-addressed attachments and documents."""
