"""Saved web pages that list a company's subprocessors in tables (HTML)."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from stackaudit.importers.model import Bundle, Found, ImportFailure, Place, Setting
from stackaudit.importers.registers.data import Record
from stackaudit.importers.registers.listing import Entries, read_entries, say_keys, table_of
from stackaudit.importers.registers.processors import PROCESSORS, mark, names_of, prepare
from stackaudit.importers.registers.tidy import counted, scrubbed

_TITLE: Final = re.compile(rb"<(?:title|h1|h2)\b[^>]{0,500}>([^<]{0,300})", re.IGNORECASE)
_SIZE: Final = 10 * 1024 * 1024
_ROWS: Final = 5_000
_CELL: Final = 1_000


class SubprocessorPage:
    """A saved page whose title says that it lists subprocessors."""

    id: ClassVar[str] = "subprocessors"
    title: ClassVar[str] = "saved page that lists subprocessors (HTML)"

    def recognises(self, bundle: Bundle) -> bool:
        """Tell whether a file is a page with subprocessors in a heading, and has a table."""
        if bundle.folder or not bundle.files or bundle.file().suffix not in (".html", ".htm"):
            return False
        data = bundle.file().data[:_SIZE]
        if b"<table" not in data.lower():
            return False
        titles = (found[1].decode("utf-8", "replace") for found in _TITLE.finditer(data))
        return any(PROCESSORS.search(title) for title in titles)

    def parse(self, bundle: Bundle, setting: Setting) -> Found:
        """Return the subprocessors in the tables of the page.

        Raises :class:`ImportFailure` where no table lists any.
        """
        file = bundle.file()
        found = Found(self.id, file.name, f"page of subprocessors {file.name}")
        if len(file.data) > _SIZE:
            raise ImportFailure(f"{file.name} is larger than {_SIZE // 1024 // 1024} MB")
        tables = _tables(file.text(), file.name)
        for entries in tables:
            table = table_of(entries, setting, ("tools",), "tools")
            if table is None:
                found.left_out(
                    "no column of it names a tool or vendor", Place(file.name, entries.name)
                )
                continue
            prepare(table, processors=True)
            made = read_entries(found, entries, table, setting, file.name)
            place = Place(file.name, entries.name)
            say_keys(found, table, place)
            mark(found, [key for keys in made.values() for key in keys], place)
        if not found.tools:
            raise ImportFailure(
                f"no table of {file.name} lists subprocessors",
                "save the page whole, after its tables are shown, or copy the table to a sheet",
            )
        found.counts = counted(len(tables), "table") | counted(len(found.tools), "tool")
        return scrubbed(found)


def _tables(text: str, name: str) -> list[Entries]:
    try:
        from selectolax.lexbor import LexborHTMLParser
    except ImportError:
        raise ImportFailure(
            f"{name} is a web page, which needs a package that is not installed",
            'pip install "stackaudit[importers]"',
        ) from None
    parser = LexborHTMLParser(text)
    parser.strip_tags(["script", "style", "template", "noscript"])
    made = []
    for number, table in enumerate(parser.css("table")[:50], start=1):
        rows = [
            [" ".join(cell.text(separator=" ").split())[:_CELL] for cell in row.css("th, td")]
            for row in table.css("tr")[:_ROWS]
        ]
        rows = [row for row in rows if any(row)]
        if len(rows) < 2:
            continue
        heads = [head or f"column {at}" for at, head in enumerate(names_of(rows[0]), start=1)]
        records = [Record(zip(heads, row, strict=False)) for row in rows[1:]]
        places = [Place(name, f"table {number}, row {at}") for at in range(2, len(rows) + 1)]
        made.append(Entries(f"table {number}", records, places, titles=True))
    return made
