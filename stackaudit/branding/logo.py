"""A logo, from a file beside the brand file or a ``data:`` address: looked at before it is shown.

What it is is told by its first bytes, never by its name. An SVG may draw and nothing else.
"""

from __future__ import annotations

import re
import struct
from base64 import b64decode
from binascii import Error as NotBase64
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote_to_bytes
from xml.parsers import expat

LARGEST: Final = 100 * 1024
"""Bytes a logo may have: it stands in every copy of the report."""
WIDEST: Final = 4096
"""Pixels a logo may have on a side."""
LONGEST: Final = 20
"""How many times as wide as high, or as high as wide, it may be."""

_DRAWING: Final = re.compile(
    r"(?:svg|g|path|rect|circle|ellipse|line|polyline|polygon|text|tspan|textPath|defs|pattern|"
    r"linearGradient|radialGradient|stop|clipPath|mask|marker|symbol|use|title|desc|style|filter|"
    r"fe[A-Z]\w+|metadata|switch)\Z"
)
_SVG: Final = "http://www.w3.org/2000/svg"
_XHTML: Final = "http://www.w3.org/1999/xhtml"
_OUTSIDE: Final = re.compile(r"url\(\s*['\"]?\s*(?!['\"#\s])", re.IGNORECASE)
_ACTIVE: Final = re.compile(
    r"javascript:|expression\s*\(|-moz-binding|behavior\s*:|\\", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"\s*([0-9]*\.?[0-9]+)\s*(?:px|pt|mm|cm|in)?\s*\Z")


class LogoError(ValueError):
    """A logo that is not used: the message says why, ``hint`` what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def read_logo(stated: str, folder: Path) -> tuple[str, bytes, float, float]:
    """Return a logo's media type, bytes, width and height.

    Parameters
    ----------
    stated
        A path below `folder`, or a ``data:`` address.
    folder
        Where the brand file is.

    Raises :class:`LogoError` for whatever cannot or should not be shown.
    """
    if stated[:5].lower() == "data:":
        said, data = _from_address(stated)
    else:
        said, data = "", _from_file(stated, folder)
    if len(data) > LARGEST:
        raise LogoError(
            f"the logo has {len(data):,} bytes; at most {LARGEST:,} are taken",
            "save it smaller, or as SVG: it stands in every copy of the report",
        )
    media, width, height = measure(data)
    if said and said != media:
        raise LogoError(f"the address says {said}, the bytes are {media}", f"write data:{media}")
    if not (0 < width <= WIDEST and 0 < height <= WIDEST):
        raise LogoError(
            f"the logo measures {width:g} x {height:g}", f"a side has from 1 to {WIDEST:,} pixels"
        )
    if max(width, height) > LONGEST * min(width, height):
        raise LogoError(
            f"the logo measures {width:g} x {height:g}",
            f"it is drawn in one line: at most {LONGEST} times as wide as high",
        )
    return media, data, width, height


def _from_file(stated: str, folder: Path) -> bytes:
    if re.match(r"[a-z][a-z0-9+.-]+:", stated, re.IGNORECASE):
        raise LogoError(
            f"{stated[:60]} is an address; a report loads nothing",
            "save the picture beside the brand file and name it",
        )
    whole = (folder / stated).resolve()
    if Path(stated).is_absolute() or not whole.is_relative_to(folder.resolve()):
        raise LogoError(f"{stated} is not beside the brand file", "copy it there and name it")
    try:
        with whole.open("rb") as file:
            return file.read(LARGEST * 8)
    except OSError as error:
        why = (error.strerror or "it cannot be read").lower()
        raise LogoError(f"{stated}: {why}", "name a picture beside the brand file") from None


def _from_address(stated: str) -> tuple[str, bytes]:
    head, comma, body = stated[5:].partition(",")
    if not comma:
        raise LogoError("this data: address has no comma", "write data:image/png;base64,...")
    media, *options = (part.strip().lower() for part in head.split(";"))
    if "base64" not in options:
        return media, unquote_to_bytes(body)
    try:
        return media, b64decode("".join(body.split()), validate=True)
    except NotBase64:
        raise LogoError("this data: address is not whole base64", "make it anew") from None


def measure(data: bytes) -> tuple[str, float, float]:
    """Return media type, width and height of a picture, by its bytes.

    Raises :class:`LogoError` for what is no PNG, JPEG, WebP or harmless SVG.
    """
    try:
        if data.startswith(b"\x89PNG\r\n\x1a\n") and data[12:16] == b"IHDR":
            return ("image/png", *map(float, struct.unpack(">II", data[16:24])))  # type: ignore[return-value]
        if data.startswith(b"\xff\xd8\xff"):
            return ("image/jpeg", *_jpeg(data))
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return ("image/webp", *_webp(data))
    except (struct.error, IndexError):
        raise LogoError("the picture is cut off", "save it again") from None
    text = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<"):
        return ("image/svg+xml", *_Svg(data).size())
    raise _no_picture()


def _no_picture() -> LogoError:
    return LogoError("this is no PNG, JPEG, SVG or WebP", "save the logo as one of these")


def _jpeg(data: bytes) -> tuple[float, float]:
    at = 2
    while at + 9 <= len(data):
        if data[at] != 0xFF:
            break
        kind = data[at + 1]
        if kind == 0xFF:
            at += 1
        elif kind in (0x01, *range(0xD0, 0xD9)):
            at += 2
        elif 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            high, wide = struct.unpack(">HH", data[at + 5 : at + 9])
            return float(wide), float(high)
        else:
            at += 2 + int(struct.unpack(">H", data[at + 2 : at + 4])[0])
    raise LogoError("the JPEG does not say how large it is", "save it again")


def _webp(data: bytes) -> tuple[float, float]:
    kind = data[12:16]
    if kind == b"VP8X":
        return (
            1.0 + int.from_bytes(data[24:27], "little"),
            1.0 + int.from_bytes(data[27:30], "little"),
        )
    if kind == b"VP8L" and data[20] == 0x2F:
        bits = int.from_bytes(data[21:25], "little")
        return 1.0 + (bits & 0x3FFF), 1.0 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        wide, high = struct.unpack("<HH", data[26:30])
        return float(wide & 0x3FFF), float(high & 0x3FFF)
    raise LogoError("the WebP does not say how large it is", "save it again")


class _Svg:
    """An SVG looked through element by element; whatever does more than draw is refused."""

    def __init__(self, data: bytes) -> None:
        self.depth = 0
        self.sheet = ""
        self.in_style = False
        self.root: dict[str, str] = {}
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.ProcessingInstructionHandler = self._instruction
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError as error:
            raise LogoError(f"the SVG is not whole: {error}", "export it again") from None
        self._style(self.sheet)

    def size(self) -> tuple[float, float]:
        """Return width and height: as stated, else those of its view box."""
        stated = [_NUMBER.match(self.root.get(key, "")) for key in ("width", "height")]
        if stated[0] and stated[1]:
            return float(stated[0][1]), float(stated[1][1])
        box = self.root.get("viewBox", "").replace(",", " ").split()
        try:
            return float(box[2]), float(box[3])
        except (IndexError, ValueError):
            raise LogoError(
                "the SVG says neither width and height nor a viewBox", "export it with its size"
            ) from None

    def _refuse(self, what: str) -> None:
        line = self.parser.CurrentLineNumber
        raise LogoError(
            f"the SVG holds {what} (its line {line}), which a logo must not",
            "export it as plain SVG without scripts and links, or as PNG",
        )

    def _doctype(self, *_: Any) -> None:
        self._refuse("a document type")

    def _instruction(self, target: str, _data: str) -> None:
        self._refuse(f"an instruction (<?{target[:40]} ... ?>)")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if not self.depth:
            if local != "svg" or space not in ("", _SVG):
                raise _no_picture()
            if space != _SVG:
                self._refuse("no namespace (xmlns) of SVG")
            self.root = attributes
        self.depth += 1
        # What drawing programs note in words of their own (layers, guides) draws nothing.
        if space == _XHTML or (space in ("", _SVG) and not _DRAWING.match(local)):
            self._refuse(f"<{local[:40]}>")
        self.in_style = local == "style"
        for key, value in attributes.items():
            short = key.rpartition(" ")[2].lower()
            if short.startswith("on"):
                self._refuse(f"the event handler {short[:40]}")
            if short in ("href", "src", "base") and not value.strip().startswith("#"):
                self._refuse(f"a reference to something else ({short})")
            # A key with a namespace of its own is a note of the program that drew it.
            if _OUTSIDE.search(value) or (" " not in key and _ACTIVE.search(value)):
                self._refuse(f"a reference to something else ({short[:40]})")

    def _end(self, _name: str) -> None:
        self.depth -= 1
        self.in_style = False

    def _text(self, text: str) -> None:
        if self.in_style:
            self.sheet += text

    def _style(self, text: str) -> None:
        bare = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
        if "@import" in bare.lower() or _OUTSIDE.search(bare) or _ACTIVE.search(bare):
            self._refuse("a style that refers to something else")
