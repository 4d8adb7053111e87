"""Documents made here, honest and hostile, with nothing but a ZIP writer and pikepdf."""

import io
import zipfile
from collections.abc import Callable

import pikepdf

from tests.paper.files import photo
from thammuu.paper.rules import MediaType

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="{kind}"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
)
_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>SECRETAUTHOR</dc:creator></cp:coreProperties>'
)
_XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b"<!-- SECRETXMP --></rdf:RDF></x:xmpmeta>"
)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"


def packed(parts: dict[str, str | bytes], compress: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", compress) as package:
        for name, content in parts.items():
            package.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else compress)
    return written.getvalue()


def relation(kind: str, target: str, mode: str = "External") -> str:
    return (
        f'<Relationship Id="r1" TargetMode="{mode}" Target="{target}"'
        f' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/>'
    )


def docx(inner: str = "", relations: str = "", kind: str = "application/xml", **more: str | bytes) -> bytes:
    """A text document; `more` are further parts, named with two underscores for a slash and one for a dot."""
    body = (
        f'<w:document xmlns:w="{_WORD}"><w:body><w:p><w:r><w:t>Báo cáo</w:t>{inner}</w:r></w:p></w:body></w:document>'
    )
    return packed(
        {
            "[Content_Types].xml": _TYPES.format(kind=kind),
            "_rels/.rels": _RELATIONS.format(inner=relation("thumbnail", "docProps/thumbnail.jpeg", "Internal")),
            "word/document.xml": body,
            "word/_rels/document.xml.rels": _RELATIONS.format(inner=relations),
            "word/media/image1.jpeg": photo(),
            "docProps/core.xml": _CORE,
            "docProps/thumbnail.jpeg": photo(),
            **{name.replace("__", "/").replace("_", "."): content for name, content in more.items()},
        }
    )


def xlsx(cell: str = "<v>1</v>", **more: str | bytes) -> bytes:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<sheetData><row r="1"><c r="A1">{cell}</c></row></sheetData></worksheet>'
    )
    return packed(
        {
            "[Content_Types].xml": _TYPES.format(kind="application/xml"),
            "xl/workbook.xml": "<workbook/>",
            "xl/worksheets/sheet1.xml": sheet,
            **{name.replace("__", "/").replace("_", "."): content for name, content in more.items()},
        }
    )


def odt(inner: str = "", kind: MediaType = MediaType.ODT, **more: str | bytes) -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="{_OFFICE}{name}:1.0"' for name in ("office", "text", "table", "script", "draw", "meta")
    )
    return packed(
        {
            "mimetype": str(kind),
            "content.xml": f'<office:document-content {spaces} xmlns:xlink="http://www.w3.org/1999/xlink">'
            f"<office:body><office:text><text:p>Báo cáo</text:p>{inner}</office:text></office:body>"
            "</office:document-content>",
            "meta.xml": f"<office:document-meta {spaces}><office:meta><meta:generator>SECRETMAKER</meta:generator>"
            "</office:meta></office:document-meta>",
            "Thumbnails/thumbnail.png": photo(MediaType.PNG),
            **{name.replace("__", "/").replace("_", "."): content for name, content in more.items()},
        }
    )


def pdf(change: Callable[[pikepdf.Pdf], object] = lambda document: None, **saving: object) -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    document.docinfo["/Author"] = "SECRETAUTHOR"
    document.Root.Metadata = document.make_stream(_XMP)
    change(document)
    written = io.BytesIO()
    document.save(written, **saving)  # type: ignore[arg-type]
    return written.getvalue()


def acting(**action: object) -> Callable[[pikepdf.Pdf], object]:
    """Let a PDF do something when it is opened."""

    def change(document: pikepdf.Pdf) -> None:
        document.Root.OpenAction = pikepdf.Dictionary(**action)

    return change


def attaching(document: pikepdf.Pdf) -> None:
    document.attachments["a.exe"] = b"MZ"


def signed(document: pikepdf.Pdf) -> None:
    """What a signature looks like from outside; whether it holds is not looked at."""
    value = pikepdf.Dictionary(Type=pikepdf.Name.Sig, ByteRange=[0, 1, 2, 3], Contents=pikepdf.String("x"))
    document.Root.AcroForm = pikepdf.Dictionary(Fields=[pikepdf.Dictionary(FT=pikepdf.Name.Sig, V=value)], SigFlags=3)
