"""What keeps the one-machine product running: the embedded PostgreSQL and the processes beside it."""
