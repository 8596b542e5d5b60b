"""Lists of others written into an inventory's ``observed``; every other byte stays.

A list that is there is brought up to date: what is new is added, what is gone is taken out, and
what a person has said of an entry (``tool:``, ``ignore:``) is kept. Read again, it changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml

from stackaudit.answering.document import Document, Edit, file_of, read_documents, same
from stackaudit.answering.sheet import flow as inline
from stackaudit.catalogue.match import folded
from stackaudit.importers.listing import Listing
from stackaudit.importers.merge import Merged, home
from stackaudit.opening import open_inventory
from stackaudit.resolve import Resolved

_READ: Final = ("evidence", "cost")
"""What the list says of an entry, and not a person."""


def observe(
    listings: Sequence[Listing],
    path: Path,
    there: Resolved,
    *,
    as_of: date | None = None,
    complete: bool | None = None,
    shows: str | None = None,
    own: Path | None = None,
) -> tuple[Merged, Resolved]:
    """Return the inventory's files with the lists in them, and the inventory they make.

    Nothing is written. ``as_of``, ``complete`` and ``shows`` are said of every list; where they are
    None, what is there stays.

    Raises :class:`~stackaudit.source.problems.InputError` for a file that cannot be edited.
    """
    documents = read_documents(there, path)
    merged = Merged()
    new: list[dict[str, Any]] = []
    for one in listings:
        stated: dict[str, Any] = {}
        if shows is not None:
            stated["shows"] = shows
        if as_of is not None:
            stated["as_of"] = as_of.isoformat()
        if complete is not None:
            stated["complete"] = "yes" if complete else "no"
        known = _find(documents.values(), one.name)
        if known is None:
            new.append({"name": one.name, "shows": one.shows, **stated, "entries": one.entries})
            merged.changes.append(f"new list {one.name}: {len(one.entries)}")
        else:
            merged.changes += _update(*known, one, stated)
    if new:
        _write(home(documents, "observed"), new)
    for document in documents.values():
        text, _ = document.result()
        if text != document.text:
            file = file_of(path, document.name)
            merged.files[file] = document.byte_mark + text
    texts = {file.name: text for file, text in merged.files.items()}
    return merged, open_inventory(path, own, instead=texts) if texts else there


def _find(documents: Iterable[Document], name: str) -> tuple[Document, yaml.MappingNode] | None:
    for document in documents:
        items = document.items("observed")
        for node in items.value if items is not None else ():
            pair = document.pair(node, "name") if isinstance(node, yaml.MappingNode) else None
            if pair is not None and folded(pair[1].value) == folded(name):
                return document, node
    return None


# ---------------------------------------------------------------- a list that is new


def _lines(keys: dict[str, Any], column: int) -> str:
    """Return a list as the item of another: its entries one a line; the dash is at ``column``."""
    lead = " " * (column + 2)
    lines = [f"{key}: {inline(value)}" for key, value in keys.items() if key != "entries"]
    each = [f"{lead}  - {_said(entry)}" for entry in keys["entries"]]
    lines.append("\n".join(["entries:", *each]) if each else "entries: none")
    return f"\n{lead}".join(lines)


def _flat(keys: dict[str, Any]) -> dict[str, Any]:
    """Return a list as it stands on one line."""
    each = [entry if len(entry) > 1 else entry["name"] for entry in keys["entries"]]
    return {**keys, "entries": each or "none"}


def _write(document: Document, lists: Sequence[dict[str, Any]]) -> None:
    node = document.section("observed")
    if isinstance(node, yaml.SequenceNode) and node.value:
        for keys in lists:
            text = inline(_flat(keys)) if node.flow_style else _lines(keys, node.start_mark.column)
            document.add_item(node, text.replace("\n", document.newline), None)
        return
    if node is None and document.root is not None and document.root.flow_style:
        document.add_section(f"observed: {inline([_flat(keys) for keys in lists])}", None)
        return
    body = "".join(f"\n  - {_lines(keys, 2)}" for keys in lists).replace("\n", document.newline)
    if node is None:
        document.add_section(f"{document.newline}observed:{body}", None)
    else:  # nothing, `[]` or `none` stands there
        document.replace(node, body, None)


def _said(entry: dict[str, Any]) -> str:
    """Return an entry on one line: a bare name where that is all."""
    return inline(entry if len(entry) > 1 else entry["name"])


# ---------------------------------------------------------------- a list that is there


def _update(
    document: Document, node: yaml.MappingNode, one: Listing, stated: dict[str, Any]
) -> list[str]:
    changes = []
    for key, value in stated.items():
        pair = document.pair(node, key)
        if pair is None:
            _add_key(document, node, key, inline(value))
        elif not same(value, pair[1]):
            document.replace(pair[1], inline(value), None)
        else:
            continue
        changes.append(f"{one.name}: {key} is {value}")
    if document.pair(node, "shows") is None and "shows" not in stated:
        _add_key(document, node, "shows", one.shows)
        changes.append(f"{one.name}: shows {one.shows}")
    pair = document.pair(node, "entries")
    items = pair[1] if pair is not None else None
    if not isinstance(items, yaml.SequenceNode) or items.flow_style or not items.value:
        return changes + _rewrite(document, node, items, one)
    return changes + _splice(document, items, one)


def _add_key(document: Document, node: yaml.MappingNode, key: str, value: str) -> None:
    """Add a key to a list, above its entries where they stand below each other."""
    pair = document.pair(node, "entries")
    if pair is None or node.flow_style or pair[0].start_mark.line == node.start_mark.line:
        document.add_key(node, key, value, None)
        return
    lead = document.newline + " " * pair[0].start_mark.column
    document.insert(int(pair[0].start_mark.index), f"{key}: {value}{lead}", None)


def _name(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode):
        return next((v.value for k, v in node.value if k.value == "name"), "")
    return str(node.value)


def _key(node: yaml.Node, key: str) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((v for k, v in node.value if k.value == key), None)
    return None


def _value(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {k.value: _value(v) for k, v in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_value(v) for v in node.value]
    return node.value


def _splice(document: Document, items: yaml.SequenceNode, one: Listing) -> list[str]:
    fresh = {folded(entry["name"]): entry for entry in one.entries}
    there: set[str] = set()
    gone: list[yaml.Node] = []
    added: list[str] = []
    changed = 0
    for item in items.value:
        key = folded(_name(item))
        if key in fresh:
            there.add(key)
            changed += _again(document, item, fresh[key])
        elif _key(item, "ignore") is None:
            gone.append(item)
    for key, entry in fresh.items():
        if key not in there:
            added.append(entry["name"])
            document.add_item(items, _said(entry), None)
    if len(gone) == len(items.value) and not added:
        document.replace(items, "none", None)
    else:
        for item in gone:
            _take_out(document, item)
    return _told(one, added, [_name(item) for item in gone], changed)


def _again(document: Document, item: yaml.Node, entry: dict[str, Any]) -> bool:
    """Bring up to date what a list says of an entry; what a person says of it stays."""
    if not isinstance(item, yaml.MappingNode):
        if len(entry) > 1:
            document.replace(item, _said({**entry, "name": item.value}), None)
        return len(entry) > 1
    changed = False
    for key in _READ:
        node, value = _key(item, key), entry.get(key)
        if value is None:
            continue  # a person may have written it
        if node is None:
            document.add_key(item, key, inline(value), None)
        elif not same(value, node):
            document.replace(node, inline(value), None)
        else:
            continue
        changed = True
    return changed


def _take_out(document: Document, item: yaml.Node) -> None:
    """Take an item of a list with its lines out, and the comment on its last one."""
    text = document.text
    start = text.rfind("\n", 0, int(item.start_mark.index))
    start -= text[start - 1 : start] == "\r"
    end = text.find("\n", document.end(item))
    end = len(text) if end < 0 else end - (text[end - 1] == "\r")
    document.edits.append(Edit(start, end, ""))


def _rewrite(
    document: Document, node: yaml.MappingNode, items: yaml.Node | None, one: Listing
) -> list[str]:
    """Write the entries of a list that stands on one line, or that has none, anew."""
    old = list(items.value) if isinstance(items, yaml.SequenceNode) else []
    fresh = {folded(entry["name"]): entry for entry in one.entries}
    kept: list[Any] = []
    gone: list[str] = []
    changed = 0
    for item in old:
        key = folded(_name(item))
        was = _value(item)
        mapping = was if isinstance(was, dict) else {"name": was}
        entry = fresh.pop(key, None)
        if entry is None and "ignore" not in mapping:
            gone.append(_name(item))
            continue
        more = {k: entry[k] for k in _READ if entry is not None and k in entry}
        changed += any(mapping.get(k) != v for k, v in more.items())
        kept.append({**mapping, **more})
    added = [entry["name"] for entry in fresh.values()]
    if added or gone or changed or items is None:
        each = [e if len(e) > 1 else e["name"] for e in (*kept, *fresh.values())]
        text = inline(each) if each else "none"
        if items is None:
            document.add_key(node, "entries", text, None)
        else:
            document.replace(items, text, None)
    return _told(one, added, gone, changed)


def _told(one: Listing, added: list[str], gone: list[str], changed: int) -> list[str]:
    parts = [f"new on it: {', '.join(added)}"] if added else []
    parts += [f"no longer on it: {', '.join(gone)}"] if gone else []
    parts += [f"entries with new evidence: {changed}"] if changed else []
    return [f"{one.name}: {part}" for part in parts]
