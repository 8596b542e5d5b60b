"""A Segment workspace as plain records, from either of the two forms in which it is had.

Git sync writes one ``.tf`` file per object, with the resources of Segment's own Terraform provider:
https://segment.com/docs/config/git-sync/. The Public API answers with the same objects in JSON,
``{"data": {"sources": [...]}}``, keys in camel case: https://docs.segmentapis.com. Only what an
inventory can use is taken; settings, which hold keys and passwords, are not, but for the address of
a company's own website.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from stackaudit.importers.model import Bundle, Found, Place, SourceFile
from stackaudit.importers.segment.hcl import Block, HclProblem, blocks
from stackaudit.importers.values import text_without_secrets

RESOURCES: Final = {
    "segment_source": "sources",
    "segment_destination": "destinations",
    "segment_destination_subscription": "subscriptions",
    "segment_destination_filter": "filters",
    "segment_warehouse": "warehouses",
    "segment_profiles_warehouse": "warehouses",
    "segment_tracking_plan": "tracking plans",
    "segment_reverse_etl_model": "models",
    "segment_function": "functions",
    "segment_insert_function_instance": "insert functions",
    "segment_transformation": "transformations",
    "segment_label": "labels",
}
LISTS: Final = {
    "source": "sources",
    "sources": "sources",
    "destination": "destinations",
    "destinations": "destinations",
    "destinationSubscription": "subscriptions",
    "subscription": "subscriptions",
    "subscriptions": "subscriptions",
    "filters": "filters",
    "warehouse": "warehouses",
    "warehouses": "warehouses",
    "trackingPlans": "tracking plans",
    "reverseEtlModels": "models",
    "models": "models",
    "functions": "functions",
    "transformations": "transformations",
    "labels": "labels",
}
_RESOURCE: Final = re.compile(rb'^\s*resource\s+"(segment_\w+)"', re.MULTILINE)
_ITEMS: Final = re.compile(r"^(?:.*/)?destinations?/([^/]+)/(?:subscriptions|filters)")


@dataclass(frozen=True, slots=True)
class Record:
    """One object of a workspace: its values under snake-case keys, and where it stands."""

    values: Mapping[str, Any]
    place: Place

    def text(self, key: str) -> str:
        """Return a text; empty where it is missing, null or of another kind."""
        value = self.values.get(key)
        return " ".join(str(value).split()) if isinstance(value, str | int) else ""

    @property
    def id(self) -> str:
        """Return Segment's id of the object."""
        return self.text("id")

    @property
    def enabled(self) -> bool:
        """Tell whether it is switched on; only a stated ``false`` switches it off."""
        return self.values.get("enabled") not in (False, "false")

    @property
    def metadata(self) -> Mapping[str, Any]:
        """Return what kind of thing it is."""
        value = self.values.get("metadata")
        return value if isinstance(value, Mapping) else {}

    def labels(self) -> Iterator[tuple[str, str]]:
        """Yield its labels, ``("environment", "prod")``."""
        given = self.values.get("labels")
        for label in given if isinstance(given, list) else ():
            if isinstance(label, Mapping):
                yield str(label.get("key")), str(label.get("value"))

    def setting(self, *names: str) -> str:
        """Return a text among the settings; the caller names which, nothing else is looked at."""
        given = self.values.get("settings")
        if isinstance(given, str):
            try:
                given = json.loads(given)
            except ValueError:
                return ""
        for name in names:
            value = given.get(name) if isinstance(given, Mapping) else None
            if isinstance(value, str):
                return value
        return ""


@dataclass(slots=True)
class Workspace:
    """Everything read, by kind."""

    lists: dict[str, list[Record]] = field(default_factory=dict)
    other: Counter[str] = field(default_factory=Counter)
    """Kinds of resources that were seen and not taken → how many."""
    slug: str = ""
    seen: set[tuple[str, str]] = field(default_factory=set)

    def of(self, kind: str) -> list[Record]:
        """Return the records of a kind, in order of their files."""
        return self.lists.get(kind, [])

    def add(self, kind: str, record: Record) -> None:
        """Add a record; one that is there already under its id is passed over."""
        if record.id and (kind, record.id) in self.seen:
            return
        self.seen.add((kind, record.id))
        self.lists.setdefault(kind, []).append(record)


def is_segment(file: SourceFile) -> bool:
    """Tell whether a file holds resources of Segment, or an answer of its Public API."""
    if file.suffix in (".tf", ".hcl"):
        return _RESOURCE.search(file.data) is not None
    if file.suffix != ".json" or b'"data"' not in file.data[:4096]:
        return False
    return any(True for _ in _answer_lists(_json(file), strict=True))


def read(bundle: Bundle, found: Found) -> Workspace:
    """Return the workspace in a bundle; what cannot be read is said, the rest is kept."""
    workspace = Workspace()
    for file in bundle.files:
        if file.suffix in (".tf", ".hcl"):
            _read_hcl(file, workspace, found)
        elif file.suffix == ".json":
            _read_json(file, workspace, found)
        elif file.suffix in (".csv", ".txt", ".md"):
            workspace.other["other files"] += 1
    return workspace


def _read_hcl(file: SourceFile, workspace: Workspace, found: Found) -> None:
    kinds = {name.decode() for name in _RESOURCE.findall(file.data)}
    if kinds == {"segment_tracking_plan"}:  # may be of megabytes; only how many there are is said
        for number, _ in enumerate(_RESOURCE.findall(file.data)):
            record = Record({"id": f"{file.name} {number}"}, Place(file.name))
            workspace.add("tracking plans", record)
        return
    try:
        read_blocks = blocks(file.text())
    except (HclProblem, RecursionError) as problem:
        found.partial = True
        text = "this Terraform file is broken off or damaged"
        found.unreadable(f"{text} ({problem})", Place(file.name), "sync or copy it again")
        return
    imports = {target: str(b.values.get("id")) for b in read_blocks for target in _imports(b)}
    for block in read_blocks:
        if block.kind != "resource" or len(block.labels) < 2:
            continue
        what, name = block.labels[:2]
        if what not in RESOURCES:
            workspace.other[what] += what.startswith("segment_")
            continue
        known = imports.get(f"{what}.{name}", name.removeprefix("id-"))
        values = {"id": known, **_nested(block)}
        workspace.add(RESOURCES[what], _record(RESOURCES[what], values, file, found))


def _record(kind: str, values: Mapping[str, Any], file: SourceFile, found: Found) -> Record:
    """Return a record whose place is its name as people see it in Segment, or its id."""
    name = values.get("name") or values.get("title") or values.get("display_name")
    one = kind.rstrip("s")
    shown = text_without_secrets(name, found.dropped) if isinstance(name, str) else ""
    spot = f'{one} "{shown[:80]}"' if shown else f"{one} {values.get('id')}"
    return Record(values, Place(file.name, spot))


def _imports(block: Block) -> Iterator[str]:
    target = block.values.get("to")
    if block.kind == "import" and isinstance(target, str):
        yield target.removeprefix("${").removesuffix("}")


def _nested(block: Block) -> dict[str, Any]:
    """Return the values of a resource; ``metadata { }`` may be a block."""
    values = dict(block.values)
    for inner in block.blocks:
        if inner.kind in ("labels", "actions", "rules"):
            values.setdefault(inner.kind, [])
            if isinstance(values[inner.kind], list):
                values[inner.kind].append(inner.values)
        else:
            values.setdefault(inner.kind, inner.values)
    return values


def _read_json(file: SourceFile, workspace: Workspace, found: Found) -> None:
    document = _json(file)
    if document is None:
        found.partial = True
        found.unreadable("this file is no JSON, or broken off", Place(file.name), "fetch it again")
        return
    owner = _ITEMS.match(file.name)
    for kind, items in _answer_lists(document):
        for number, item in enumerate(items, start=1):
            place = Place(file.name, f"{kind.rstrip('s')} {number}")
            if not isinstance(item, Mapping):
                found.partial = True
                found.unreadable(f"this {kind.rstrip('s')} is no record", place)
                continue
            values = {_snake(str(k)): v for k, v in item.items()}
            if owner and kind in ("subscriptions", "filters"):
                values.setdefault("destination_id", owner.group(1))
            workspace.add(kind, _record(kind, values, file, found))
    for one in _documents(document):
        given = one.get("workspace")
        if isinstance(given, Mapping) and isinstance(given.get("slug"), str):
            workspace.slug = given["slug"]


def _documents(document: Any) -> Iterator[Mapping[str, Any]]:
    for one in document if isinstance(document, list) else [document]:
        if isinstance(one, Mapping):
            inner = one.get("data")
            yield inner if isinstance(inner, Mapping) else one


def _answer_lists(document: Any, *, strict: bool = False) -> Iterator[tuple[str, list[Any]]]:
    """Yield the lists of an answer by kind; ``strict``: only such as belong to Segment alone."""
    for one in _documents(document):
        for key, value in one.items():
            kind = LISTS.get(key)
            items = [value] if isinstance(value, Mapping) else value
            if kind is None or not isinstance(items, list):
                continue
            if not strict or _looks_like(kind, items):
                yield kind, items


def _looks_like(kind: str, items: Iterable[Any]) -> bool:
    """Tell whether items are Segment's: each has an id, and what belongs to its kind."""
    marks = {
        "sources": ("metadata",),
        "destinations": ("metadata",),
        "warehouses": ("metadata",),
        "subscriptions": ("actionId", "destinationId"),
        "filters": ("destinationId",),
    }.get(kind)
    records = [i for i in items if isinstance(i, Mapping)]
    return bool(marks and records) and all(
        "id" in r and any(m in r for m in marks or ()) for r in records
    )


def _json(file: SourceFile) -> Any:
    try:
        return json.loads(file.text())
    except (ValueError, RecursionError):
        return None


def _snake(key: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", key).lower()
