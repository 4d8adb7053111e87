"""Units as a dated tree, posts and their holders, accounts, roles, grants, sign-in."""
