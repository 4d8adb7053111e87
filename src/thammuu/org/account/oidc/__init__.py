"""Sign-in with the identity that an organisation's own provider vouches for (OpenID Connect, authorization code)."""
