"""The programming interface put together: every package's part, one document, one way to answer."""
