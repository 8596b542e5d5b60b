"""A RudderStack workspace as plain records, from each of the forms in which it is had.

- The control plane's export, ``workspaceConfig.json``: sources with their destinations inside, each
  with its definition (RudderStack's documentation, "Control Plane Lite").
- The dashboard's lists in its ``metadata`` (``sourceListStore``, ``destinationListStore``,
  ``connectionsStore``), and a single ``{"metadata": …, "source": {…}}``.
- YAML of the command line tool, one resource a file: ``kind: event-stream-source``,
  ``destination``, ``event-stream-connections`` (https://www.rudderstack.com/docs/rudder-cli/).
Settings (``config``), write keys and tokens are never looked at.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from stackaudit.importers.model import Bundle, Found, Place, SourceFile
from stackaudit.importers.values import text_without_secrets

Json = Mapping[str, Any]


@dataclass(slots=True)
class Item:
    """A source or a destination."""

    id: str
    name: str
    kind: str
    """The name of its definition: ``GA``, ``Javascript``."""
    shown: str
    """How RudderStack shows its kind: ``Google Analytics``."""
    category: str
    enabled: bool
    transformed: int
    place: Place


@dataclass(slots=True)
class Workspace:
    """Everything read."""

    sources: dict[str, Item] = field(default_factory=dict)
    destinations: dict[str, Item] = field(default_factory=dict)
    connections: dict[tuple[str, str], bool] = field(default_factory=dict)
    """Ids of a source and a destination → whether the connection is on."""
    deleted: int = 0
    other: Counter[str] = field(default_factory=Counter)
    secrets: int = 0


def is_rudder(file: SourceFile) -> bool:
    """Tell whether a file is of a RudderStack workspace."""
    data = file.data
    if file.suffix in (".yaml", ".yml"):
        return b"rudder/" in data[:2000] and b"kind:" in data[:4000]
    marks = (b'"sourceDefinition', b'"destinationDefinition', b'"sourceListStore"')
    if file.suffix != ".json" or not any(m in data for m in marks):
        return False
    value = _json(file)
    return isinstance(value, Mapping) and any(k in value for k in ("sources", "source", "metadata"))


def read(bundle: Bundle, found: Found) -> Workspace:
    """Return the workspace in a bundle; what cannot be read is said, the rest is kept."""
    workspace = Workspace()
    for file in bundle.files:
        if file.suffix == ".json":
            value = _json(file)
            if not isinstance(value, Mapping):
                found.partial = True
                place = Place(file.name)
                found.unreadable("this file is no JSON, or broken off", place, "export it again")
                continue
            _read_json(value, file, workspace, found)
        elif file.suffix in (".yaml", ".yml"):
            _read_yaml(file, workspace, found)
    return workspace


def _read_json(value: Json, file: SourceFile, workspace: Workspace, found: Found) -> None:
    given = value.get("sources", value.get("source"))
    for number, source in enumerate(_items(given), start=1):
        _source(source, number, file, workspace, found)
    for number, one in enumerate(_items(value.get("destinations")), start=1):
        _destination(one, number, file, workspace, found)
    metadata = value.get("metadata")
    stores = metadata if isinstance(metadata, Mapping) else {}
    for number, source in enumerate(_stored(stores, "sourceListStore", "sources"), start=1):
        _source(source, number, file, workspace, found)
    for number, one in enumerate(_stored(stores, "destinationListStore", "destinations"), start=1):
        _destination(one, number, file, workspace, found)
    for given in (value.get("connections"), *_stores(stores, "connectionsStore", "connections")):
        for start, end, on in _pairs(given):
            workspace.connections.setdefault((start, end), on)


def _source(source: Any, number: int, file: SourceFile, workspace: Workspace, found: Found) -> None:
    item = _item(source, "source", number, file, workspace, found)
    if item is None:
        return
    workspace.sources.setdefault(item.id, item)
    for count, one in enumerate(_items(source.get("destinations")), start=1):
        end = _destination(one, count, file, workspace, found)
        if end is not None:
            workspace.connections[item.id, end.id] = True


def _destination(
    given: Any, number: int, file: SourceFile, workspace: Workspace, found: Found
) -> Item | None:
    item = _item(given, "destination", number, file, workspace, found)
    if item is not None:
        known = workspace.destinations.setdefault(item.id, item)
        if not known.kind and item.kind:
            workspace.destinations[item.id] = item
    return item


def _item(
    given: Any, what: str, number: int, file: SourceFile, workspace: Workspace, found: Found
) -> Item | None:
    if not isinstance(given, Mapping):
        found.partial = True
        found.unreadable(f"this {what} is no record", Place(file.name, f"{what} {number}"))
        return None
    if given.get("deleted") is True:
        workspace.deleted += 1
        return None
    definition = given.get(f"{what}Definition")
    known = definition if isinstance(definition, Mapping) else {}
    name = _text(given.get("name"), found)
    ident = str(given.get("id") or f"{file.name} {what} {number}")
    workspace.secrets += bool(given.get("config")) + bool(given.get("writeKey"))
    changes = given.get("transformations")
    shown = f'{what} "{name}"' if name else f"{what} {ident}"
    return Item(
        ident,
        name,
        str(known.get("name") or given.get("type") or given.get(f"{what}Type") or ""),
        _text(known.get("displayName"), found),
        str(known.get("category") or ""),
        given.get("enabled") is not False,
        len(changes) if isinstance(changes, list) else 0,
        Place(file.name, shown),
    )


def _read_yaml(file: SourceFile, workspace: Workspace, found: Found) -> None:
    try:
        documents = [d for d in yaml.safe_load_all(file.text()) if isinstance(d, Mapping)]
    except (yaml.YAMLError, RecursionError, ValueError):
        found.partial = True
        place = Place(file.name)
        found.unreadable("this file is no YAML, or broken off", place, "export it again")
        return
    for document in documents:
        kind, spec = str(document.get("kind")), document.get("spec")
        if not isinstance(spec, Mapping):
            continue
        if kind in ("event-stream-source", "destination"):
            named = {**spec, "name": spec.get("display_name") or spec.get("name")}
            named["transformations"] = [1] if spec.get("transformation") else []
            what = "destination" if kind == "destination" else "source"
            item = _item(named, what, 1, file, workspace, found)
            if item is not None:
                table = workspace.sources if what == "source" else workspace.destinations
                table.setdefault(item.id, item)
        elif kind.endswith("connections"):
            for start, end, on in _pairs(spec.get("connections")):
                workspace.connections.setdefault((start, end), on)
        else:
            workspace.other[kind] += 1


def _pairs(given: Any) -> Iterator[tuple[str, str, bool]]:
    """Yield connections: ``{source: [destinations]}``, or a list of records or of references."""
    if isinstance(given, Mapping):
        for start, ends in given.items():
            for end in ends if isinstance(ends, list) else ():
                ident = end.get("id") if isinstance(end, Mapping) else end
                yield str(start), str(ident), True
    for one in given if isinstance(given, list) else ():
        if isinstance(one, Mapping):
            start = one.get("sourceId") or one.get("source_id") or one.get("source")
            end = one.get("destinationId") or one.get("destination_id") or one.get("destination")
            if start and end:
                on = one.get("enabled") is not False
                yield _reference(start), _reference(end), on


def _reference(value: Any) -> str:
    return str(value).rpartition(":")[2] if str(value).startswith("#") else str(value)


def _items(given: Any) -> list[Any]:
    """Return a list; one record alone, or records by their ids, are made one."""
    if isinstance(given, Mapping):
        alone = any(k in given for k in ("name", "sourceDefinition", "destinationDefinition"))
        return [given] if alone else [v for v in given.values() if isinstance(v, Mapping)]
    return given if isinstance(given, list) else []


def _stores(metadata: Json, store: str, key: str) -> Iterator[Any]:
    inner = metadata.get(store)
    if isinstance(inner, Mapping):
        yield inner.get(key)


def _stored(metadata: Json, store: str, key: str) -> list[Any]:
    return [item for given in _stores(metadata, store, key) for item in _items(given)]


def _text(value: Any, found: Found) -> str:
    return text_without_secrets(value, found.dropped)[:120] if isinstance(value, str) else ""


def _json(file: SourceFile) -> Any:
    try:
        return json.loads(file.text())
    except (ValueError, RecursionError):
        return None
