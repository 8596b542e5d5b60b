"""A register kept as YAML or JSON: a list of entries with keys such as name, purpose and owner.

Lists of tools, software catalogues, and lists of subprocessors (Article 28(2) and (4) GDPR: those a
processor engages to process personal data). Keys are understood by the words that head the columns
of spreadsheets.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar, Final

from stackaudit.importers.model import Bundle, Found, ImportFailure, Place, Setting
from stackaudit.importers.registers.data import Record, read_data
from stackaudit.importers.registers.listing import (
    Entries,
    RecordReader,
    flat,
    read_entries,
    say_keys,
    table_of,
)
from stackaudit.importers.registers.processors import PROCESSORS, mark, prepare
from stackaudit.importers.registers.tidy import counted, product_by_host, scrubbed, word_set
from stackaudit.importers.spreadsheet.headers import Table, meaning
from stackaudit.importers.spreadsheet.mapping import guessed

__all__ = ["Declared", "RecordReader", "lists_of"]

_SUFFIXES: Final = (".yaml", ".yml", ".json")
_LISTS: Final = word_set(
    """tools tool stack techstack systems applications apps software saas platforms services
    vendors suppliers subprocessors subprocessor processors products inventory register
    entries items data results records technologies toolstack martech"""
)
_TELLING: Final = _LISTS - {
    "entries",
    "items",
    "data",
    "results",
    "records",
    "products",
    "services",
}
_REGISTER: Final = word_set(
    """owner technical_owner vendor cost seats.paid seats.users contract contract.ends
    contract.renews privacy.dpa privacy.hosted_in personal_data used_by capabilities"""
)
"""What keys of a register mean and those of other lists seldom do."""
_OWN: Final = ("stackaudit", "stackaudit-catalogue", "stackaudit_result")
"""Keys of the files of this program: inventories, catalogues, audit results."""
_ENOUGH: Final = 2


class Declared:
    """A list of tools, software or subprocessors as YAML or JSON."""

    id: ClassVar[str] = "register"
    title: ClassVar[str] = "register of tools or subprocessors (YAML, JSON)"

    def recognises(self, bundle: Bundle) -> bool:
        """Tell whether a file holds a list of entries whose keys are those of a register."""
        if bundle.folder or not bundle.files or bundle.file().suffix not in _SUFFIXES:
            return False
        file = bundle.file()
        try:
            each = read_data(file).each
        except ImportFailure:
            return bool(set(_words(file.name)) & _TELLING)
        if any(isinstance(document, Record) and set(_OWN) & set(document) for document in each):
            return False
        lists = lists_of(each)
        return any(_speaks(entries, file.name) for entries in lists)

    def parse(self, bundle: Bundle, setting: Setting) -> Found:
        """Return the tools of every list of the file.

        Raises :class:`ImportFailure` where there is no list of entries with names.
        """
        file = bundle.file()
        label = file.name
        documents = read_data(file)
        found = Found(self.id, label, f"register {label}")
        if documents.fault:
            found.partial = True
            found.unreadable(
                f"not all of it could be read: {documents.fault}; what stands before is taken",
                Place(label),
            )
        tables: list[Table] = []
        lists = lists_of(documents.each)
        speaking = [entries for entries in lists if _speaks(entries, label)]
        passed = [e.name or "a list" for e in lists if speaking and e not in speaking]
        for entries in speaking or lists:
            table = table_of(entries, setting, ("tools",), "tools")
            if table is None:
                passed.append(entries.name or "the list")
            else:
                _read(found, entries, table, setting, label)
                tables.append(table)
        if not found.tools:
            raise ImportFailure(
                f"{label} holds no list of tools",
                "a register is a list of entries with a key such as name, tool or system and at "
                "least one more (owner, purpose, vendor); --mapping FILE says what keys mean",
            )
        for name in passed:
            found.left_out(f"{name!r} is passed over: its keys are none of a list of tools")
        found.mapping = guessed(tables)
        found.counts |= counted(len(found.tools), "tool")
        return scrubbed(found)


def _read(found: Found, entries: Entries, table: Table, setting: Setting, label: str) -> None:
    processors = bool(PROCESSORS.search(f"{label} {entries.name}"))
    prepare(table, processors)
    place = Place(label, entries.name)
    made = read_entries(found, entries, table, setting, label)
    say_keys(found, table, place)
    tools = {tool.key: tool for tool in found.tools}
    for number, keys in made.items():
        if not number or len(keys) != 1:
            continue
        tool = tools[keys[0]]
        url = tool.facts.get("url")
        host = product_by_host(setting.catalogue, url) if isinstance(url, str) else None
        if host and host not in tool.known_as:
            tool.known_as = (*tool.known_as, host)
    if processors:
        mark(found, tools, place)


# -------------------------------------------------------------------- where the lists are


def lists_of(documents: list[Any], depth: int = 3) -> list[Entries]:
    """Return the outermost lists of entries in documents, with the keys they are under."""
    many = [d for d in documents if isinstance(d, Record)]
    if len(many) > 1 and len(many) == len(documents) and not any(_inside(d, 1) for d in many):
        return [Entries("", many)]
    return [entries for document in documents for entries in _lists(document, "", depth)]


def _inside(document: Record, depth: int) -> list[Entries]:
    return [e for key, value in document.items() for e in _lists(value, key, depth)]


def _lists(value: Any, name: str, depth: int) -> list[Entries]:
    if isinstance(value, list):
        records = [v for v in value if isinstance(v, Record)]
        if records and len(records) * 2 >= len(value):
            return [Entries(name, records)]
        texts = [v for v in value if isinstance(v, str)]
        if texts and len(texts) == len(value) and set(_words(name)) & _TELLING:
            return [Entries(name, [Record({"tool": text}) for text in texts])]
        return []
    if not isinstance(value, Record) or not depth:
        return []
    found = [e for key, inner in value.items() for e in _lists(inner, key, depth - 1)]
    inner = [(k, v) for k, v in value.items() if isinstance(v, Record)]
    if not found and len(inner) >= _ENOUGH and len(inner) == len(value):
        shared = set.intersection(*(set(v) for _, v in inner))
        if shared or set(_words(name)) & _TELLING:
            return [Entries(name, [_keyed(k, v) for k, v in inner])]
    return found


def _keyed(key: str, value: Record) -> Record:
    """Return an entry of a mapping with its key as its name, where it has none of its own."""
    if any(meaning("tools", k)[0] in ("name", "~name") for k in value):
        return value
    made = Record({"tool": key, **value})
    made.line = value.line
    return made


def _speaks(entries: Entries, file: str) -> bool:
    """Tell whether a list speaks for itself: by its name, or by what its keys mean."""
    first = [flat(record) for record in entries.records[:50]]
    keys = {meaning("tools", key.replace("_", " "))[0] for r in first for key in r}
    if not keys & {"name", "~name", "vendor"}:
        return False
    if set(_words(f"{file} {entries.name}")) & _TELLING:
        return True
    telling = keys & _REGISTER
    return len(telling) >= (1 if "name" in keys else _ENOUGH)


def _words(text: str) -> list[str]:
    return [w for w in re.split(r"[\W_]+", text.casefold()) if w]
