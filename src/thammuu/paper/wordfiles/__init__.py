"""Administrative documents as Word files (DOCX): the same parts and measures as their PDF."""

from thammuu.paper.typesetting.official import OfficialDocument


def write(document: OfficialDocument) -> bytes:
    """Return the document as DOCX, the same bytes for the same document, without a word on who wrote it with what."""
    from thammuu.paper.wordfiles.writing import written

    return written(document)
