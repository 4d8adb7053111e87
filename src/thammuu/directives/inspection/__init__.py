"""Inspection: visits from plan to closure, checklists, findings with evidence, what is corrected after them."""
