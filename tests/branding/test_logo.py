"""Logos: told by their bytes, measured, and refused where they do more than show something."""

from __future__ import annotations

import struct
import zlib
from base64 import b64encode
from pathlib import Path

import pytest

from stackaudit.branding.logo import LARGEST, LogoError, measure, read_logo

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 150 40">{}</svg>'


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + bytes(min(width, 9)) for _ in range(min(height, 9))))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


JPEG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
    b"\xff\xc0\x00\x0b\x08\x00\x20\x00\x50\x01\x01\x11\x00\xff\xd9"
)
WEBP = {
    "VP8X": b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + b"\x4f\0\0" + b"\x1f\0\0",
    "VP8L": b"RIFF\0\0\0\0WEBPVP8L\x05\0\0\0\x2f" + struct.pack("<I", 79 | 31 << 14),
    "VP8 ": b"RIFF\0\0\0\0WEBPVP8 \x0a\0\0\0\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 80, 32),
}


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (png(80, 32), "image/png"),
        (JPEG, "image/jpeg"),
        *((data, "image/webp") for data in WEBP.values()),
        (SVG.replace("0 0 150 40", "0 0 80 32").format("").encode(), "image/svg+xml"),
    ],
)
def test_a_picture_is_told_and_measured_by_its_bytes(data: bytes, media: str) -> None:
    assert measure(data) == (media, 80.0, 32.0)


def test_the_name_of_a_file_says_nothing_about_it(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(JPEG)
    assert read_logo("logo.png", tmp_path)[0] == "image/jpeg"
    (tmp_path / "logo.png").write_bytes(b"GIF89a\x01\x00\x01\x00")
    with pytest.raises(LogoError, match="no PNG, JPEG, SVG or WebP"):
        read_logo("logo.png", tmp_path)


REFUSED = {
    "script": ("<script>alert(1)</script>", "<script>"),
    "foreign": ("<foreignObject><p/></foreignObject>", "<foreignObject>"),
    "html": ('<g><p xmlns="http://www.w3.org/1999/xhtml">x</p></g>', "<p>"),
    "iframe": ("<iframe/>", "<iframe>"),
    "image": ('<image href="https://example.org/x.png"/>', "<image>"),
    "animation": ('<animate attributeName="href" to="javascript:alert(1)"/>', "<animate>"),
    "handler": ('<rect onload="alert(1)"/>', "onload"),
    "Handler": ('<rect ONCLICK="alert(1)"/>', "onclick"),
    "link": ('<a href="https://example.org/"><path d="M0 0"/></a>', "<a>"),
    "use": ('<use href="https://example.org/x.svg#a"/>', "something else (href)"),
    "xlink": (
        '<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="data:image/svg+xml,x"/>',
        "something else (href)",
    ),
    "fill": ('<rect fill="url(https://example.org/x#a)"/>', "something else (fill)"),
    "style": ('<rect style="background:url(//example.org)"/>', "something else (style)"),
    "import": ("<style>@import 'https://example.org/x.css';</style>", "style that refers"),
    "hidden import": ("<style>@im/* */port 'x';</style>", "style that refers"),
    "escaped import": (r"<style>@\69mport 'x';</style>", "style that refers"),
    "font": ("<style>@font-face{src:url('https://example.org/x')}</style>", "style that refers"),
    "split style": ("<style>@imp</style><style>ort 'x';</style>", "style that refers"),
    "feImage": ('<filter><feImage href="https://example.org/x"/></filter>', "something else"),
}


@pytest.mark.parametrize("case", sorted(REFUSED))
def test_an_svg_that_does_more_than_draw_is_refused_and_what_it_holds_is_named(case: str) -> None:
    body, named = REFUSED[case]
    with pytest.raises(LogoError) as raised:
        measure(SVG.format(body).encode())
    assert named in str(raised.value)
    assert "PNG" in raised.value.hint


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;"), "a document type"),
        ('<?xml-stylesheet href="https://example.org/"?>' + SVG.format(""), "an instruction"),
        (SVG.format("<g>"), "not whole"),
        ('<svg viewBox="0 0 9 9"/>', "no namespace"),
        ("<html/>", "no PNG"),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "neither width and height nor a viewBox"),
    ],
)
def test_an_svg_that_is_none_or_brings_more_than_itself_is_refused(text: str, named: str) -> None:
    with pytest.raises(LogoError, match=named):
        measure(text.encode())


def test_an_svg_as_drawing_programs_write_it_is_taken() -> None:
    body = (
        '<metadata><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>'
        '<s:namedview xmlns:s="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" '
        's:docname="C:\\logo.svg"/><defs><linearGradient id="a"><stop offset="0"/>'
        '</linearGradient></defs><style>.a{fill:url(#a)}</style><rect class="a" fill="url(#a)"/>'
        '<use href="#a"/><text>L</text>'
    )
    assert measure(SVG.format(body).encode()) == ("image/svg+xml", 150.0, 40.0)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (png(80, 32) + bytes(LARGEST), "bytes; at most"),
        (png(5000, 100), "measures 5000 x 100"),
        (png(0, 10), "measures 0 x 10"),
        (png(420, 20), "measures 420 x 20"),
        (png(80, 32)[:18], "cut off"),
    ],
)
def test_a_logo_of_no_sane_size_is_refused(data: bytes, words: str, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(data)
    with pytest.raises(LogoError, match=words):
        read_logo("logo.png", tmp_path)


@pytest.mark.parametrize("stated", ["../logo.png", "https://example.org/logo.png", "a/../../b.png"])
def test_a_logo_is_beside_the_brand_file_or_in_it(stated: str, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(png(80, 32))
    (tmp_path / "house").mkdir()
    with pytest.raises(LogoError):
        read_logo(stated, tmp_path / "house")


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(png(80, 32))
    house = tmp_path / "house"
    house.mkdir()
    (house / "logo.png").symlink_to(tmp_path / "logo.png")
    with pytest.raises(LogoError, match="not beside"):
        read_logo("logo.png", house)


def test_a_data_address_is_looked_at_like_a_file(tmp_path: Path) -> None:
    code = b64encode(png(80, 32)).decode()
    assert read_logo(f"data:image/png;base64,{code}", tmp_path)[0] == "image/png"
    with pytest.raises(LogoError, match="the bytes are image/png"):
        read_logo(f"data:image/jpeg;base64,{code}", tmp_path)
    with pytest.raises(LogoError, match="base64"):
        read_logo("data:image/png;base64,%%%", tmp_path)
    with pytest.raises(LogoError, match="<script>"):
        read_logo("data:image/svg+xml," + SVG.format("<script/>").replace("#", "%23"), tmp_path)
