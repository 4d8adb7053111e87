"""edXML, in which Vietnamese offices exchange documents (QCVN 102:2016/BTTTT): bytes in, a message or named faults out,
and a message to bytes. Pure: no framework, no database.
"""

from thammuu.interop.edxml.faults import Fault
from thammuu.interop.edxml.message import Document, StatusReport
from thammuu.interop.edxml.reading import Reading, read
from thammuu.interop.edxml.writing import Unwritable, write

__all__ = ["Document", "Fault", "Reading", "StatusReport", "Unwritable", "read", "write"]
