"""How rigorous the core is: `python -m checks.rigour coverage | lines | mutants [--sample N] [part …]`.

`coverage` runs the tests of the core and fails unless they take every branch of it; `lines` runs every test and fails
below nine lines in ten; `mutants` damages the core in one place at a time and fails unless nine in ten are noticed.
"""
