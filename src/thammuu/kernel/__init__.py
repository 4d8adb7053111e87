"""Pure ground: actor, clock, errors, ids, working calendar, Vietnamese text. No Django."""
