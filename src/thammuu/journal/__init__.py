"""Facts, entries, sealing, feed, followers, fold and links: the one record of what happened."""
