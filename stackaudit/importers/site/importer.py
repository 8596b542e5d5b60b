"""Saved pages and recordings of traffic, as importers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import ClassVar, Final

from stackaudit.importers.model import Bundle, Found, Setting, SourceFile
from stackaudit.importers.site.har import read_har
from stackaudit.importers.site.page import PAGE_LIMIT, Page, read_page
from stackaudit.importers.site.recognise import recognise
from stackaudit.importers.site.report import report
from stackaudit.importers.site.table import own_table

_HTML: Final = (".html", ".htm", ".xhtml")
_START: Final = re.compile(r"<(?:!doctype\s+html|html|head)\b", re.IGNORECASE)
_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{2,30})", re.IGNORECASE)
_RECORDING: Final = re.compile(r'\s*\{\s*"log"\s*:\s*\{')
_ODD: Final = re.compile(r"[^\w.-]+")


class Pages:
    """Web pages saved as HTML."""

    id: ClassVar[str] = "page"
    title: ClassVar[str] = "Saved web page (HTML)"

    def recognises(self, bundle: Bundle) -> bool:
        """Tell whether the source is HTML; a folder is, where all its pages are of one site."""
        if not bundle.folder:
            return _is_page(bundle.file())
        if not all(_is_page(file) for file in bundle.files):
            return False
        return len({_read(file).host for file in bundle.files}) == 1

    def parse(self, bundle: Bundle, setting: Setting) -> Found:
        """Return the tools that the pages show."""
        pages = [_read(file) for file in bundle.files if _is_page(file)]
        pages = pages or [_read(file) for file in bundle.files]
        host = next((p.host for p in pages if p.host), "") or name_of(bundle.name)
        for page, file in zip(pages, bundle.files, strict=False):
            if not page.host:
                page.path = file.name
        return made(self.id, pages, host, setting)


class Recordings:
    """Recordings of a browser's traffic."""

    id: ClassVar[str] = "har"
    title: ClassVar[str] = "HAR recording of a browser"

    def recognises(self, bundle: Bundle) -> bool:
        """Tell whether the source is a HAR file."""
        if bundle.folder:
            return False
        file = bundle.file()
        return file.suffix == ".har" or _RECORDING.match(_head(file)) is not None

    def parse(self, bundle: Bundle, setting: Setting) -> Found:
        """Return the tools that the recorded calls show."""
        page, unread = read_har(bundle.file().text())
        host = page.host or name_of(bundle.name)
        found = made(self.id, [page], host, setting)
        found.counts["requests"] = sum(s.kind == "request" for s in page.seen)
        if unread:
            found.partial = True
            found.unreadable(f"{unread} entries of the recording have no address")
        return found


def made(importer: str, pages: Sequence[Page], host: str, setting: Setting) -> Found:
    """Return what the pages of one site come to."""
    found = Found(importer, host, f"Website {host}")
    seen = recognise(pages, own_table(), host)
    if setting.fingerprints is not None:
        from stackaudit.importers.site.wappalyzer import add_brought

        add_brought(seen, setting.fingerprints, setting.catalogue, found)
    report(found, seen, setting.catalogue)
    return found


def name_of(name: str) -> str:
    """Return what a page of no known site is called: its file, in plain letters."""
    return _ODD.sub("-", PurePosixPath(name).stem)[:60].strip("-.") or "page"


def _head(file: SourceFile) -> str:
    return SourceFile(file.name, file.data[:4000]).text()


def _is_page(file: SourceFile) -> bool:
    if file.data.startswith(b"PK"):
        return False
    return file.suffix in _HTML or (
        file.suffix not in (".md", ".markdown", ".xls", ".csv") and _begins_as_page(_head(file))
    )


def _begins_as_page(text: str) -> bool:
    """Tell whether the first thing that is no comment begins an HTML document."""
    text = text.lstrip("\ufeff \t\r\n")
    while text.startswith("<!--"):
        text = text.partition("-->")[2].lstrip()
    return _START.match(text) is not None


def _read(file: SourceFile) -> Page:
    return read_page(decoded(file.data))


def decoded(data: bytes, charset: str = "") -> str:
    """Return the text of a page: by its mark, what was stated with it, its own word, or UTF-8."""
    data = data[: PAGE_LIMIT * 4]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    inside = _CHARSET.search(data[:4096])
    names = [charset, inside[1].decode("ascii") if inside else ""]
    for name in names:
        try:
            if name:
                return data.decode(name, "replace")
        except (LookupError, ValueError, AttributeError):
            continue
    return SourceFile("", data).text()
