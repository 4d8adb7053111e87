"""Office files of before 2007 (OLE compound files): refused with macros, foreign objects or a password.

They are kept as they came: no well-kept library writes them anew.
"""

import io

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from thammuu.paper.rules import MediaType, Unfit

# Names of streams and storages, as a directory writes them.
_UNFIT = {
    "_VBA_PROJECT": Unfit.MACROS,
    "VBA\0": Unfit.MACROS,
    "Macros\0": Unfit.MACROS,
    "EncryptedPackage": Unfit.LOCKED,
    "\x01Ole10Native": Unfit.EMBEDDED,
    "ObjectPool": Unfit.EMBEDDED,
    "MBD0": Unfit.EMBEDDED,
}


def unfit_compound(content: bytes, kind: MediaType) -> Unfit | None:
    """Return why such a file is not taken, None if it may be."""
    for name, why in _UNFIT.items():
        if name.encode("utf-16-le") in content:
            return why
    if kind == MediaType.XLS:
        try:
            sheets = CalamineWorkbook.from_filelike(io.BytesIO(content)).sheets_metadata
        except (CalamineError, OSError, ValueError):
            return Unfit.DAMAGED
        if any(sheet.typ in (SheetTypeEnum.MacroSheet, SheetTypeEnum.Vba) for sheet in sheets):
            return Unfit.MACROS
    return None
