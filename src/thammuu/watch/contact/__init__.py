"""How to reach whoever reported something: kept closed, shown on a press, recorded, and forgotten."""
