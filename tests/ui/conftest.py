"""The browser's fixtures for this folder."""

from tests.chromium import browser, new_context

__all__ = ["browser", "new_context"]
