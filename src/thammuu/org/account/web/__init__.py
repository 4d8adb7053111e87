"""Pages of sign-in and of accounts."""
