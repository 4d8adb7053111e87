"""The pages of incoming documents; a view makes one call of one action."""
