"""Which entry of the catalogue names which other, so that a name without an entry is found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from stackaudit.catalogue.build import words

Tree = Mapping[str, Any]


class Reference(NamedTuple):
    """A word that must be the id of an entry of another section."""

    section: str
    entry: str | int
    """Id of the entry that names it; a number among the flows."""
    path: tuple[str | int, ...]
    """Keys from the entry to the word."""
    word: str
    target: str
    """The section where it must stand."""


_FIELDS: Mapping[str, Mapping[str, str]] = {
    "capabilities": {"domain": "domains", "stages": "stages", "may": "objects"},
    "objects": {"record": "capabilities"},
    "methods": {"latency": "latency"},
    "flows": {
        "from": "capabilities",
        "to": "capabilities",
        "object": "objects",
        "within": "latency",
        "profiles": "profiles",
    },
    "profiles": {
        "hub": "capabilities",
        "must": "capabilities",
        "should": "capabilities",
        "could": "capabilities",
        "not_expected": "capabilities",
        "like": "profiles",
    },
    "products": {"data_objects": "objects", "objects": "objects", "suite": "suites"},
    "rules": {"channels": "channels"},
    "regions": {"law": "rules"},
    "transfers": {"free": "regions", "certified": "regions", "unsure": "regions"},
    "channels": {
        "needs": "objects",
        "implied_by": "capabilities",
        "transactional": "capabilities",
        "results": "objects",
    },
}

_GROUP = {"members": "products", "objects": "objects"}
_JOURNEY = {"stage": "stages", "carries": "objects"}
_PROCESS = {"carries": "objects", "steps": "capabilities"}


def references(tree: Tree) -> Iterator[Reference]:
    """Yield every reference of a tree (built-in, merged or a user's own)."""
    for section, fields in _FIELDS.items():
        for entry_id, entry in _entries(tree.get(section) or ()):
            for field, target in fields.items():
                for word in words(entry.get(field)):
                    if section == "flows" and field == "profiles" and word == "all":
                        continue
                    yield Reference(section, entry_id, (field,), word, target)
            yield from _inner(section, entry_id, entry)
    for name, ids in (tree.get("ambiguous") or {}).items():
        for word in words(ids):
            yield Reference("ambiguous", name, (), word, "products")


def _entries(section: Any) -> Iterable[tuple[str | int, Tree]]:
    if isinstance(section, Mapping):
        return section.items()
    return enumerate(section)


def _inner(section: str, entry_id: str | int, entry: Tree) -> Iterator[Reference]:
    if section == "capabilities":
        for name in entry.get("roles") or ():
            yield Reference(section, entry_id, ("roles", name), name, "objects")
    elif section == "products":
        given = entry.get("capabilities")
        for word in given if isinstance(given, Mapping) else words(given):
            name = word.partition(":")[0].strip()
            yield Reference(section, entry_id, ("capabilities",), name, "capabilities")
    elif section == "suites":
        for n, group in enumerate(entry.get("shares") or ()):
            yield from _named(section, entry_id, ("shares", n), group, _GROUP)
    elif section == "profiles":
        for n, stage in enumerate(entry.get("journey") or ()):
            yield from _named(section, entry_id, ("journey", n), stage, _JOURNEY)
        for name, process in (entry.get("processes") or {}).items():
            yield from _named(section, entry_id, ("processes", name), process, _PROCESS)


def _named(
    section: str,
    entry_id: str | int,
    path: tuple[str | int, ...],
    node: Tree,
    fields: Mapping[str, str],
) -> Iterator[Reference]:
    for field, target in fields.items():
        for word in words(node.get(field)):
            yield Reference(section, entry_id, (*path, field), word, target)


def unknown_references(tree: Tree, among: Tree | None = None) -> list[Reference]:
    """Return the references of a tree that lead nowhere in ``among`` (by default in itself)."""
    known = {
        section: set(entries) for section, entries in (among or tree).items() if section != "flows"
    }
    latency = (among or tree).get("latency") or {}
    known["latency"] = set(latency) | {w for e in latency.values() for w in words(e.get("aliases"))}
    return [r for r in references(tree) if r.word not in known.get(r.target, ())]
