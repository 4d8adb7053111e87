"""The project's own checks: `python -m checks` runs them all. Each has a good and a bad example."""
