"""An office's own registers and task lists (XLSX, ODS, XLS, CSV), read and judged line by line; nothing is saved here.

`read_register` is the way in.
"""

from thammuu.directives.importing.columns import Column, Kind
from thammuu.directives.importing.judging import Judged, Known, Line, read_register

__all__ = ["Column", "Judged", "Kind", "Known", "Line", "read_register"]
