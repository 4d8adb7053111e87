"""Design tokens, layout, components and islands. Takes plain rows, never models."""
