"""The follow-up board: what became of what was decided and issued, and with whom it lies."""
