"""Proposes assignments from the Vietnamese text of a directive: by rules and a grammar, each with its words.

Pure: no database, no clock, no names of an installation unless they are given. Nothing here assigns anything; a person
confirms. `propose` is the way in; `fault_of` says beforehand why a text cannot be read, `unread_in` afterwards what
was not understood; offsets count in the `readable` text.
"""

from thammuu.directives.extraction.legibility import Fault, Unreadable, fault_of
from thammuu.directives.extraction.plain import readable
from thammuu.directives.extraction.proposing import Proposal, propose, unread_in

__all__ = ["Fault", "Proposal", "Unreadable", "fault_of", "propose", "readable", "unread_in"]
