"""Settings, URLs, the HTTP front, the supervisor, the commands."""
