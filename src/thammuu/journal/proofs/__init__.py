"""What lets a stranger check the journal: the tree over its leaves, signed checkpoints, proofs, and verifying."""
