"""Texts to be read: Word documents and OpenDocument texts, with just the parts that say something."""

from collections.abc import Sequence

from tests.paper.documents import packed

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{_W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_OASIS = {"office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing"}
_OPEN = (
    " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0"' for name, kind in _OASIS.items())
    + ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
    + ' xmlns:xlink="http://www.w3.org/1999/xlink"'
)

Levels = Sequence[tuple[str, str]]
"""Format and text of each level of a list, the outermost first."""


def word(body: str, **parts: str) -> bytes:
    """A Word document; `parts` are what `word/<name>.xml` holds."""
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>",
            **{f"word/{name}.xml": f"<w:{name} {_SPACES}>{inner}</w:{name}>" for name, inner in parts.items()},
        }
    )


def p(text: str = "", level: int | None = None, number: int = 1, style: str = "", inner: str = "") -> str:
    """A paragraph, in a list or of a style or neither."""
    listed = "" if level is None else f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    words = f"<w:r><w:t>{text}</w:t></w:r>" if text else ""
    return f"<w:p><w:pPr>{named}{listed}</w:pPr>{words}{inner}</w:p>"


def counted(id: int, levels: Levels, more: str = "") -> str:
    """An abstract list of Word; `more` stands in its last level."""
    inner = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>'
        f'{more if depth == len(levels) - 1 else ""}<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (format, text) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{id}">{inner}</w:abstractNum>'


def used(number: int, id: int, start: int | None = None) -> str:
    """A list of Word that counts as the abstract one does; from `start` where it begins anew."""
    anew = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>' if start else ""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{id}"/>{anew}</w:num>'


def open_text(body: str, lists: str = "", styles: str = "") -> bytes:
    """An OpenDocument text; `lists` are its list styles, `styles` what its `styles.xml` holds."""
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {_OPEN}>"
            f"<office:automatic-styles>{lists}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
            "styles.xml": f"<office:document-styles {_OPEN}><office:styles>{styles}</office:styles>"
            "</office:document-styles>",
        }
    )  # fmt: skip


def open_levels(*levels: tuple[str, str, str]) -> str:
    """The levels of an OpenDocument list: format, prefix and suffix of each; a format of "•" is a bullet."""
    return "".join(
        f'<text:list-level-style-bullet text:level="{depth}" text:bullet-char="•"/>'
        if format == "•"
        else f'<text:list-level-style-number text:level="{depth}" style:num-format="{format}"'
        f' style:num-prefix="{prefix}" style:num-suffix="{suffix}"/>'
        for depth, (format, prefix, suffix) in enumerate(levels, 1)
    )
