"""The pages of authority: who may do what, why something is seen, granting and taking back."""
