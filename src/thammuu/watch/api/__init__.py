"""The watch floor over the programming interface."""
