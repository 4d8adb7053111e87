"""Proofs of who signs in: passwords, second factors, sessions, and what happens when they are lost or attacked."""
