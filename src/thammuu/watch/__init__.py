"""The watch floor: duty log, incidents, board, map."""
