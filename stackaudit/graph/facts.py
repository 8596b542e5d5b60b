"""Facts as evidence: every sentence with the place in the inventory that says so."""

from __future__ import annotations

from typing import Final

from stackaudit.inventory.schema import Provenance, Record
from stackaudit.result import Evidence, Place
from stackaudit.source.tree import Map

QUOTE_LENGTH: Final = 160
"""Characters of a source line that are quoted at most."""


def place_of(record: Record | None, key: str | None = None) -> Place | None:
    """Return where a record, or the value of one of its keys, is written."""
    mark = record.where(key) if record is not None else None
    return None if mark is None else Place(file=mark.file, line=mark.line, column=mark.column)


def fact(record: Record | None, key: str | None, text: str, *, assumed: bool = False) -> Evidence:
    """Return a fact of the inventory as evidence, quoting the line it is written on.

    A fact of a disputed entry counts as assumed: what rests on it is only possible.
    """
    disputed = isinstance(record, Provenance) and record.is_disputed
    place = place_of(record, key)
    quote = record.line(key).strip()[:QUOTE_LENGTH] if record is not None else ""
    if disputed:
        text = f"{text} (another source disputes this)"
    return Evidence(text=text, place=place, quote=quote, assumed=assumed or disputed)


def fact_at(record: Record | None, path: tuple[str, ...], text: str) -> Evidence:
    """Return a fact written in a mapping inside a record, found by the keys that lead to it."""
    base = fact(record, path[0], text)
    node = record.node if record is not None else None
    for key in path[:-1]:
        inner = node.get(key) if node is not None else None
        node = inner if isinstance(inner, Map) else None
    if node is None or path[-1] not in node:
        return base
    mark = node.mark_of(path[-1])
    return base.model_copy(
        update={
            "place": Place(file=mark.file, line=mark.line, column=mark.column),
            "quote": node.source.line_at(mark).strip()[:QUOTE_LENGTH],
        }
    )


def known(text: str) -> Evidence:
    """Return a fact of the catalogue or the calendar, which no company could state otherwise."""
    return Evidence(text=text)


def assumed(text: str) -> Evidence:
    """Return something taken for granted because the inventory does not say."""
    return Evidence(text=text, assumed=True)
