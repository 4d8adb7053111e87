"""Taking away what an entry says, on the word of two persons, and leaving the proof that it was said.

The entry stays with its digest; its body goes; what is harmless of the body is said anew (`models.Restated`), so that
every reading of the journal goes on. Who may ask for it and what they see is `desk.redaction`.
"""
