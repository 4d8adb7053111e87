"""The Common Alerting Protocol 1.0, 1.1 and 1.2: bytes in, alerts or named faults out. Pure: no framework,
no database."""

from thammuu.interop.cap.faults import Fault
from thammuu.interop.cap.message import Alert
from thammuu.interop.cap.reading import Finding, Reading, read

__all__ = ["Alert", "Fault", "Finding", "Reading", "read"]
