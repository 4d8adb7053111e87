"""Digital signatures of issued documents: with the unit's seal, or elsewhere; never confused with approval."""
