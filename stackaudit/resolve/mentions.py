"""Where an inventory mentions a reference, and how it is written there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from stackaudit.inventory.schema import Record
from stackaudit.source.problems import Mark, Problem
from stackaudit.source.tree import Map, Seq
from stackaudit.source.words import make_id


def _same(ref: str) -> Callable[[Any], bool]:
    made = make_id(ref)
    return lambda written: (
        isinstance(written, str) and (make_id(written) == made or written.strip() == ref)
    )


def key_like(node: Map, ref: str) -> str:
    """Return the key of a mapping that means ``ref``."""
    made = make_id(ref)
    return next((key for key in node if make_id(key) == made), ref)


def as_written(record: Record, key: str, ref: str) -> str:
    """Return a reference as the inventory writes it, or as it was read."""
    node = record.node
    child = node.get(key) if node is not None else None
    same = _same(ref)
    if isinstance(child, str) and same(child):
        return child.strip()
    if isinstance(child, list | dict):
        return next((item.strip() for item in child if same(item)), ref)
    return ref


def at_mention(node: Map, key: str, ref: str, code: str, message: str, hint: str) -> Problem:
    """Return a problem at the item, or at the key, of ``node[key]`` that mentions ``ref``."""
    child = node.get(key)
    same = _same(ref)
    if isinstance(child, Seq):
        for n, item in enumerate(child):
            if same(item):
                return child.problem(code, n, message, hint)
            if isinstance(item, Map) and any(same(inner) for inner in item):
                inner = next(k for k in item if same(k))
                return item.source.problem(code, item.at_of_key(inner), message, hint)
        return child.problem(code, None, message, hint)
    if isinstance(child, Map):
        for inner in child:
            if same(inner):
                return child.source.problem(code, child.at_of_key(inner), message, hint)
    return node.problem(code, key, message, hint)


def place_of(place: Mark, record: Record) -> str:
    """Return a place in words, as seen from a record: the file is named where it is another."""
    own = record.where()
    same = own is not None and own.file == place.file
    return f"line {place.line}" if same else f"{place.file}, line {place.line}"
