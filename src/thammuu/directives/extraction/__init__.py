"""Proposes assignments from the Vietnamese text of a directive: by rules and a grammar, each with its words.

Pure: no database, no clock, no names of an installation unless they are given. Nothing here assigns anything; a person
confirms. `propose` is the way in.
"""

from thammuu.directives.extraction.proposing import Proposal, propose

__all__ = ["Proposal", "propose"]
